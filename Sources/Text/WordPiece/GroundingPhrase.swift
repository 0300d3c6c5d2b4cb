/// A phrase as grounding hands it to the text encoder: `[CLS] pieces [SEP]`, the pieces cut to two
/// fewer than the length, zeros behind. Unlike all other texts it ends in `[SEP]`.
///
/// Source: `read_examples` and `convert_examples_to_features` of the reference.
public struct GroundingPhrase: Sendable, Equatable {
  /// `[length]`
  public let ids: [Int32]
  /// `[length]`: true for real tokens.
  public let mask: [Bool]
  /// Whether pieces were cut off.
  public let isCut: Bool

  /// The ids without padding.
  public var realIDs: [Int32] { zip(ids, mask).filter(\.1).map(\.0) }

  /// Makes the ids of a phrase, which is lower-cased and stripped first.
  ///
  /// - Parameter length: ids with padding, at least 2.
  /// - Throws: `GroundingPhraseError.pair` for a phrase with ` ||| ` in it.
  public init(_ phrase: String, tokenizer: WordPieceTokenizer, length: Int = 20) throws {
    var phrase = PythonLowercase.lowercased(phrase)
    phrase = phrase.withUTF8 { String(decoding: $0[PythonWhitespace.strip($0)], as: UTF8.self) }
    // The reference's pattern does not look across line ends.
    let bytes = Array(phrase.utf8)
    if !bytes.contains(0x0A), bytes.firstRange(of: Array(" ||| ".utf8)) != nil {
      throw GroundingPhraseError.pair(phrase: phrase)
    }
    let (start, isCut) = tokenizer.ids(of: phrase, limit: max(2, length) - 1)
    let padding = WordPiecePadding([start + [WordPieceToken.separator.rawValue]], to: length)
    (ids, mask) = (padding.ids[0], padding.mask[0])
    self.isCut = isCut
  }
}

/// What keeps a phrase from being grounded.
public enum GroundingPhraseError: Error, Sendable, Equatable {
  /// Two phrases with ` ||| ` between them: the format knows such pairs, the reference fails on them.
  case pair(phrase: String)
}

extension GroundingPhraseError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  public var description: String {
    switch self {
    case .pair(let phrase):
      "the phrase '\(phrase)' is a pair, which the reference cannot ground; ask for each part on its own"
    }
  }
}
