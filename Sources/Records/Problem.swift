/// Something that is not an error and that a reader of a number must know: how often, and where.
public struct Problem: Sendable, Hashable {
  /// A short name that scripts can rely on, such as `empty_prediction`.
  public let code: String
  /// One sentence.
  public let message: String
  /// How many samples it concerns.
  public let count: Int
  /// The first few of them.
  public let examples: [String]

  /// Puts a problem together.
  public init(code: String, message: String, count: Int, examples: [String] = []) {
    self.code = code
    self.message = message
    self.count = count
    self.examples = examples
  }
}
