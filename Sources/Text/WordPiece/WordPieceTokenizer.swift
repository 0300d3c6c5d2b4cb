/// BERT's tokenizer as the reference uses it: `[CLS]` and the pieces of a text. **No `[SEP]` is
/// appended**; where an end is wanted, it is written into the text.
///
/// Each word becomes the longest token that it starts with, then the longest `##` token that goes on,
/// and so on; a word of more than 100 code points, or with a part that no token spells, is one
/// `[UNK]`.
///
/// Source: the slow tokenizer of transformers 4.14.1 with Unicode 14.0.
public struct WordPieceTokenizer: Sendable {
  /// The tokens.
  public let vocabulary: WordPieceVocabulary

  /// A tokenizer over a vocabulary.
  public init(_ vocabulary: WordPieceVocabulary) { self.vocabulary = vocabulary }

  /// `[CLS]` and the ids of a text's pieces.
  ///
  /// - Parameter limit: the most ids, `[CLS]` included; nil for no limit.
  /// - Returns: the ids, and whether the limit cut some off.
  public func ids(of text: String, limit: Int? = nil) -> (ids: [Int32], isCut: Bool) {
    var ids = [WordPieceToken.start.rawValue]
    // One id beyond the limit tells that the text is longer; the rest of it need not be looked at.
    forEachPiece(of: text) { id in
      ids.append(id)
      return limit.map { ids.count <= $0 } ?? true
    }
    guard let limit, ids.count > limit else { return (ids, false) }
    return (Array(ids.prefix(max(0, limit))), true)
  }

  /// The pieces of a text, without `[CLS]`.
  public func tokens(of text: String) -> [String] {
    var tokens: [String] = []
    forEachPiece(of: text) { id in
      tokens.append(vocabulary.token(id))
      return true
    }
    return tokens
  }

  /// The words of a text before they are cut into pieces, special tokens as they are; of a word of
  /// more than 100 code points the first 100.
  package func words(of text: String) -> [String] {
    var words: [String] = []
    var text = text
    text.withUTF8 { bytes in
      var cutting = WordPieceWords()
      cutting.forEach(in: bytes) { word in
        switch word {
        case .special(let token): words.append(token.text)
        case .word(let bytes, _): words.append(String(decoding: bytes, as: UTF8.self))
        }
        return true
      }
    }
    return words
  }

  /// Calls `body` for each piece's id until it returns false.
  private func forEachPiece(of text: String, _ body: (Int32) -> Bool) {
    var text = text
    text.withUTF8 { bytes in
      var cutting = WordPieceWords()
      var (pieces, hashes): ([Int32], [UInt64]) = ([], [])
      cutting.forEach(in: bytes) { word in
        switch word {
        case .special(let token): return body(token.rawValue)
        case .word(let bytes, let scalars):
          guard scalars <= WordPieceWords.longestWord, cut(bytes, &pieces, &hashes) else {
            return body(WordPieceToken.unknown.rawValue)
          }
          return pieces.allSatisfy(body)
        }
      }
    }
  }

  /// Cuts a word into pieces.
  ///
  /// - Returns: whether the vocabulary spells it.
  private func cut(
    _ word: UnsafeBufferPointer<UInt8>, _ pieces: inout [Int32], _ hashes: inout [UInt64]
  ) -> Bool {
    pieces.removeAll(keepingCapacity: true)
    var rest = word[...]
    while !rest.isEmpty {
      let index = pieces.isEmpty ? vocabulary.beginnings : vocabulary.continuations
      guard let (id, length) = index.longestPrefix(of: rest, &hashes) else { return false }
      pieces.append(id)
      rest = rest.dropFirst(length)
    }
    return true
  }
}
