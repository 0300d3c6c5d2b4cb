import Foundation

/// Which build of this tool made a record.
public struct ToolVersion: Sendable, Hashable {
  /// The version that ends every signature. It changes with anything that can change a number.
  public static let current = "0.1.0"

  /// The commit of the checkout in which the program lies, and whether it had changes; nil for a
  /// program that was copied elsewhere.
  public let revision: Revision?

  /// A commit and the state of the files around it.
  public struct Revision: Sendable, Hashable {
    /// The commit's name, 40 hexadecimal digits.
    public let commit: String
    /// Whether files differed from the commit.
    public let isDirty: Bool
  }

  /// The compiler that built the program.
  public static var compiler: String {
    #if compiler(>=6.3)
      "Swift 6.3 or later"
    #else
      "Swift 6.2"
    #endif
  }

  /// Asks git about the checkout around a program; never fails.
  public init(program: URL) {
    revision = Self.revision(around: program)
  }

  private static func revision(around program: URL) -> Revision? {
    // Only a program that was built here belongs to the checkout around it.
    var folder = program.resolvingSymlinksInPath().deletingLastPathComponent()
    guard folder.pathComponents.contains(".build") else { return nil }
    while folder.lastPathComponent != ".build" { folder.deleteLastPathComponent() }
    folder.deleteLastPathComponent()
    guard let commit = git(["rev-parse", "HEAD"], in: folder), commit.count == 40 else {
      return nil
    }
    let changes = git(["status", "--porcelain", "--untracked-files=no"], in: folder)
    return Revision(commit: commit, isDirty: changes.map { !$0.isEmpty } ?? true)
  }

  private static func git(_ arguments: [String], in folder: URL) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder.path] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
