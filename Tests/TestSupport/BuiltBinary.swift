import Foundation

/// Runs the built command as a user would.
package enum BuiltBinary {
  /// What a run gave.
  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String

    package init(status: Int32, output: String, errors: String) {
      self.status = status
      self.output = output
      self.errors = errors
    }
  }

  /// Runs it to its end in a folder, with text on its standard input.
  ///
  /// - Parameter output: Where its standard output goes in place of the result: a device.
  package static func run(
    _ arguments: [String], input: Data = Data(), in folder: String? = nil,
    environment: [String: String] = [:], output: String? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = location
    process.arguments = arguments
    process.currentDirectoryURL = folder.map { URL(fileURLWithPath: $0) } ?? Golden.root
    // Files, not pipes: nobody needs to drain them while the command runs.
    let scratch = try TemporaryFolder()
    // Whatever the user of this machine has installed does not count.
    process.environment = ProcessInfo.processInfo.environment
      .merging(["MPLUG_EVAL_CACHE": scratch("cache"), "MPLUG_EVAL_VOCAB": ""]) { $1 }
      .merging(environment) { $1 }
    let stdin = try scratch.write("in", input)
    let stdout = try scratch.write("out", Data())
    let stderr = try scratch.write("err", Data())
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: stdin))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output ?? stdout))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: stderr))
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus,
      output: String(decoding: try Data(contentsOf: URL(fileURLWithPath: stdout)), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: URL(fileURLWithPath: stderr)), as: UTF8.self))
  }

  /// Where it lies.
  package static var path: String { location.path }

  /// Beside the test bundle, where the package manager puts it.
  private static let location: URL = {
    var folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? Golden.root
    for _ in 0..<4 {
      let candidate = folder.appendingPathComponent("mplug-eval")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return Golden.root.appendingPathComponent(".build/release/mplug-eval")
  }()
}
