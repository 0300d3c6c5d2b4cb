/// What keeps a file from being a vocabulary.
public enum VocabularyError: Error, Sendable, Equatable {
  /// A line is not UTF-8; lines count from 1.
  case notUTF8(file: String, line: Int)
  /// More bytes than any vocabulary has.
  case tooLarge(file: String, bytes: Int, limit: Int)
  /// Two lines are alike.
  case duplicate(file: String, token: String, lines: [Int])
  /// Another number of lines than the model has embeddings.
  case wrongSize(file: String, expected: Int, found: Int)
  /// A token that must have a certain id has another one, or none (nil).
  case misplaced(file: String, token: String, expected: Int, found: Int?)
}

extension VocabularyError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  public var description: String {
    switch self {
    case .notUTF8(let file, let line):
      "\(file):\(line): the line is not UTF-8; \(Self.remedy)"
    case .tooLarge(let file, let bytes, let limit):
      "\(file): \(bytes) bytes are no vocabulary, expected at most \(limit); \(Self.remedy)"
    case .duplicate(let file, let token, let lines):
      "\(file):\(lines.map(String.init).joined(separator: ",")): '\(token)' stands there twice; "
        + Self.remedy
    case .wrongSize(let file, let expected, let found):
      "\(file): \(found) tokens, expected \(expected), the embeddings that the model has; "
        + "take the vocabulary that the model was trained with"
    case .misplaced(let file, let token, let expected, let found):
      "\(file): \(token) "
        + (found.map { "has the id \($0) (line \($0 + 1))" } ?? "is missing")
        + ", expected at id \(expected) (line \(expected + 1)); \(Self.remedy)"
    }
  }

  private static let remedy = "take the unchanged vocab.txt of bert-base-uncased"
}
