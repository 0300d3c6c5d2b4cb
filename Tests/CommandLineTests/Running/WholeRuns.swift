import Foundation
import Synchronization
import TestSupport
import Testing

/// Runs that nothing disturbed, one for each benchmark, made once for all tests: what every other way
/// of running must come to.
enum WholeRuns {
  private struct Made {
    let folder: TemporaryFolder
    let outcome: [String: Data]
  }

  private static let made = Mutex<[String: Made]>([:])

  /// The files of the run, by name.
  static func outcome(_ benchmark: String) throws -> [String: Data] {
    try run(benchmark).outcome
  }

  /// A copy of the run in a results folder, complete, for a test that takes it back or damages it.
  static func copy(_ benchmark: String, to output: String) throws -> WorldRun {
    try FileManager.default.copyItem(
      atPath: try run(benchmark).folder("results"), toPath: output)
    return WorldRun(benchmark, under: output)
  }

  private static func run(_ benchmark: String) throws -> Made {
    try made.withLock { made in
      if let known = made[benchmark] { return known }
      let folder = try TemporaryFolder()
      let run = WorldRun(benchmark, under: folder("results"))
      try run.run()
      let new = Made(folder: folder, outcome: try run.outcome())
      made[benchmark] = new
      return new
    }
  }
}
