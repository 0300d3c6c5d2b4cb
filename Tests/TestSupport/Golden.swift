import Foundation

/// Where tests find their data.
package enum Golden {
  /// The repository's root.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The fixtures that a clone holds.
  package static let fixtures = root.appendingPathComponent("Tests/Fixtures")

  /// The larger golden folder: `MPLUG_EVAL_GOLDEN`, else `../shared/golden`; nil where neither is.
  package static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["MPLUG_EVAL_GOLDEN"]
    let place =
      named.map { URL(fileURLWithPath: $0) }
      ?? root.deletingLastPathComponent().appendingPathComponent("shared/golden")
    return FileManager.default.fileExists(atPath: place.path) ? place : nil
  }()

  /// The bytes of a file; a name that ends in `.gz` is unpacked by gzip.
  package static func bytes(_ file: URL) throws -> Data {
    guard file.pathExtension == "gz" else { return try Data(contentsOf: file) }
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", file.path]
    let pipe = Pipe()
    gzip.standardOutput = pipe
    try gzip.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    gzip.waitUntilExit()
    guard gzip.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
    return data
  }
}
