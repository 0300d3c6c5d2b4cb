import Foundation
import TestSupport
import Testing

/// Ctrl-C and `kill` end the command with their codes, and nothing half-written stays.
@Suite struct InterruptionTests {
  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143)), (SIGHUP, Int32(129))])
  func leavesNothing(_ number: Int32, _ status: Int32) throws {
    let scratch = try TemporaryFolder()
    // A pipe that nobody closes: the command waits for its predictions until the signal comes.
    let pipe = scratch("predictions")
    #expect(mkfifo(pipe, 0o600) == 0)
    let holder = open(pipe, O_RDWR)
    defer { close(holder) }
    let command = Process()
    // Whoever runs the tests may have told them to ignore signals, and that is inherited.
    command.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    command.arguments = [
      "--default-signal=INT,TERM,HUP", BuiltBinary.path, "score", "mini-vqav2/val", "--data",
      Golden.root.path + "/benchmarks/mini", "--predictions", pipe, "--output", scratch("out"),
    ]
    command.standardOutput = FileHandle.nullDevice
    command.standardError = FileHandle.nullDevice
    try command.run()
    // The handler is there before the pipe is opened; the reader shows when that is.
    while !openFiles(of: command.processIdentifier).contains(pipe) {
      try #require(command.isRunning)
      usleep(2000)
    }
    kill(command.processIdentifier, number)
    // A command that does not hear would wait for its predictions for ever.
    for _ in 0..<15_000 where command.isRunning { usleep(2000) }
    if command.isRunning { kill(command.processIdentifier, SIGKILL) }
    command.waitUntilExit()
    #expect(command.terminationReason == .exit)
    #expect(command.terminationStatus == status)
    #expect(!FileManager.default.fileExists(atPath: scratch("out")))
  }

  /// The files that a process has open.
  private func openFiles(of process: Int32) -> [String] {
    let folder = "/proc/\(process)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
    }
  }
}
