import Records
import Text

extension WordPieceVocabulary {
  /// Reads a vocabulary file, one token a line.
  ///
  /// - Parameters:
  ///   - size: how many tokens the model has embeddings for; nil for any number.
  ///   - hasBoxes: whether the tokens of boxes are needed, for grounding.
  /// - Throws: `RecordError` for a file that cannot be read, `VocabularyError` for its content.
  public init(path: String, size: Int? = nil, hasBoxes: Bool = false) throws {
    let file = try MappedFile(path)
    self = try file.withBytes {
      try WordPieceVocabulary(file: $0, name: path, size: size, hasBoxes: hasBoxes)
    }
  }
}
