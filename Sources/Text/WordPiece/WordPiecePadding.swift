/// Texts as rows of equal length: zeros on the right, and a mask that is true for real tokens.
///
/// Source: `padding="longest"` and `"max_length"` of the reference.
public struct WordPiecePadding: Sendable, Equatable {
  /// `[texts, length]`
  public let ids: [[Int32]]
  /// `[texts, length]`
  public let mask: [[Bool]]

  /// Pads texts to a length, or to the longest of them.
  ///
  /// - Parameter length: at least as long as the longest text, which is not cut here: the tokenizer's
  ///   limit does that.
  public init(_ texts: [[Int32]], to length: Int? = nil) {
    let longest = max(length ?? 0, texts.map(\.count).max() ?? 0)
    ids = texts.map {
      $0 + repeatElement(WordPieceToken.padding.rawValue, count: longest - $0.count)
    }
    mask = texts.map { text in (0..<longest).map { $0 < text.count } }
  }
}
