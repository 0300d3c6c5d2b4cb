/// How far a run is.
package struct RunProgress: Sendable, Equatable {
  /// What is done, such as `mini-vqav2/val`.
  package let step: String
  /// What is counted, in the plural.
  package let what: String
  /// How many were there when this process began.
  package let before: Int
  /// How many are done, those included.
  package let done: Int
  /// How many there are.
  package let total: Int
  /// How many samples failed.
  package let failures: Int

  package init(
    step: String, what: String, before: Int = 0, done: Int, total: Int, failures: Int = 0
  ) {
    self.step = step
    self.what = what
    self.before = before
    self.done = done
    self.total = total
    self.failures = failures
  }
}
