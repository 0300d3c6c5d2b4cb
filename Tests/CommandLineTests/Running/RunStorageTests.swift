import Foundation
import Records
import TestSupport
import Testing

/// A disk that is full, a folder that takes no files: one line that names the file, exit 74, and what
/// was answered is kept.
@Suite struct RunStorageTests {
  /// Whether this process may mount a file system, as root outside of most containers may.
  static let canMount: Bool = {
    guard geteuid() == 0, let scratch = try? TemporaryFolder() else { return false }
    guard shell("mount -t tmpfs -o size=64k tmpfs '\(scratch.path)'").status == 0 else {
      return false
    }
    return shell("umount '\(scratch.path)'").status == 0
  }()

  @Test(.enabled(if: canMount)) func fullDisk() throws {
    let scratch = try TemporaryFolder()
    let expected = try WholeRuns.outcome("mini-vqav2/val")
    let size = try #require(expected["predictions.jsonl"]).count
    let disk = scratch("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    // Room for folders and plan and about half of the journal.
    let room = 20_480 + size / 2
    try #require(shell("mount -t tmpfs -o size=\(room) tmpfs '\(disk)'").status == 0)
    defer { shell("umount -l '\(disk)'") }
    let run = WorldRun("mini-vqav2/val", under: disk + "/results")
    try expectStopped(run.run(["--batch-size", "4"], expecting: 74), "No space left", disk)
    let left = journalSize(under: run.output)
    #expect(left > 0 && left < size)
    // No room for the run folder either, though it is all answered.
    try #require(
      shell("mount -o remount,size=\(room + size) '\(disk)'").status == 0)
    try expectStopped(run.run(expecting: 74), "No space left", disk)
    try #require(shell("mount -o remount,size=\(16 << 20) '\(disk)'").status == 0)
    let result = try run.run()
    #expect(!result.errors.contains("158 samples in"), "\(result.errors)")
    expectSame(try run.outcome(), as: expected, "after a full disk")
  }

  /// The limit of a file's size stops it too, without any rights: an ignored signal, and an error
  /// where the journal is written.
  @Test func fileSizeLimit() throws {
    let scratch = try TemporaryFolder()
    let expected = try WholeRuns.outcome("mini-vqav2/val")
    let size = try #require(expected["predictions.jsonl"]).count
    let run = WorldRun("mini-vqav2/val", under: scratch("limited"))
    let command = ([BuiltBinary.path] + run.arguments(["--batch-size", "4"])).map { "'\($0)'" }
    // In units of 1024 bytes.
    let result = shell(
      "trap '' XFSZ; ulimit -f \(max(1, size / 3 / 1024)); exec \(command.joined(separator: " "))")
    #expect(result.status == 74)
    try expectStopped(result, "File too large", run.output)
    let left = journalSize(under: run.output)
    #expect(left > 0 && left < size)
    try run.run()
    expectSame(try run.outcome(), as: expected, "after a limit")
  }

  /// Places where nothing can be written, for root neither.
  @Test func unwritableFolders() throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.write("file", "kept")
    for output in [file, "\(file)/results", "/proc/results", "/dev/null/results"] {
      let run = WorldRun("mini-vqav2/val", under: output)
      try expectStopped(run.run(expecting: 74), "cannot be written", output)
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "kept")
    // A folder where the journal should be.
    let run = WorldRun("mini-vqav2/val", under: scratch("results"))
    try run.run()
    let journal = try Journaled(run)
    try journal.begin(with: [])
    try FileManager.default.removeItem(atPath: journal.path)
    try FileManager.default.createDirectory(
      atPath: journal.path, withIntermediateDirectories: false)
    try expectStopped(run.run(expecting: 74), "cannot be written", journal.path)
  }

  /// A folder for features that takes none is found out before anything is computed.
  @Test func unwritableCache() throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.write("file", "")
    let run = WorldRun("mini-vqav2/val", under: scratch("results"))
    try expectStopped(
      run.run(["--feature-cache", "\(file)/cache"], expecting: 74), "cannot be written",
      "\(file)/cache")
    #expect(journalSize(under: run.output) == 0)
  }

  private func expectStopped(
    _ result: BuiltBinary.Result, _ reason: String, _ path: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let lines = result.errors.split(separator: "\n").filter { !$0.contains("untrained weights") }
    #expect(result.output == "", sourceLocation: sourceLocation)
    let line = try #require(
      lines.count == 1 ? lines.first : nil, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(line.hasPrefix("mplug-eval: "), "\(line)", sourceLocation: sourceLocation)
    #expect(line.contains(path) && line.contains(reason), "\(line)", sourceLocation: sourceLocation)
  }
}

/// Runs a command line of the shell.
@discardableResult
func shell(_ command: String) -> BuiltBinary.Result {
  let process = Process()
  let (output, errors) = (Pipe(), Pipe())
  process.executableURL = URL(fileURLWithPath: "/bin/bash")
  process.arguments = ["-c", command]
  process.currentDirectoryURL = Golden.root
  (process.standardOutput, process.standardError) = (output, errors)
  do { try process.run() } catch {
    return BuiltBinary.Result(status: 127, output: "", errors: "\(error)")
  }
  // A few lines: the pipes hold them.
  process.waitUntilExit()
  func text(_ pipe: Pipe) -> String {
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
  return BuiltBinary.Result(
    status: process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus,
    output: text(output), errors: text(errors))
}
