/// What came of running a folder of golden tensors through a model.
package struct VerificationReport: Sendable {
  /// The folder.
  package let folder: String
  /// The file that the weights are of.
  package let weights: String
  /// The instructions.
  package let instructionSet: String
  /// How many threads.
  package let threads: Int
  /// How many samples at a time.
  package let batchSize: Int
  /// All comparisons, in the order of the tasks.
  package let checks: [VerificationCheck]

  /// The tasks, in order.
  package var tasks: [String] {
    checks.reduce(into: []) { if $0.last != $1.task { $0.append($1.task) } }
  }

  /// What is not met.
  package var failures: [VerificationCheck] { checks.filter { !$0.passed } }

  /// One line: how many checks pass, and what fails.
  package var summary: String {
    guard let first = failures.first else {
      return "all \(checks.count) checks of \(tasks.count) tasks pass"
    }
    return "\(failures.count) of \(checks.count) checks fail, first \(first.task) \(first.name): "
      + (first.complaint ?? "")
  }
}
