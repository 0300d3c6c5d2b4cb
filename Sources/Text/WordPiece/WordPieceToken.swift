/// The tokens that the original treats specially: they are found anywhere in a text, in exactly this
/// spelling, and are never lower-cased or split.
public enum WordPieceToken: Int32, Sendable, CaseIterable {
  /// `[PAD]`
  case padding = 0
  /// `[UNK]`: a word that the vocabulary cannot spell.
  case unknown = 100
  /// `[CLS]`: the first id of every text.
  case start = 101
  /// `[SEP]`
  case separator = 102
  /// `[MASK]`
  case mask = 103

  /// The spelling.
  public var text: String { String(describing: spelling) }

  var spelling: StaticString {
    switch self {
    case .padding: "[PAD]"
    case .unknown: "[UNK]"
    case .start: "[CLS]"
    case .separator: "[SEP]"
    case .mask: "[MASK]"
    }
  }

  /// The special token that starts at an index of a text.
  static func at(_ index: Int, in text: UnsafeBufferPointer<UInt8>) -> (Self, length: Int)? {
    for token in allCases {
      let found = token.spelling.withUTF8Buffer { spelling in
        index + spelling.count <= text.count
          && spelling.indices.allSatisfy { spelling[$0] == text[index + $0] } ? spelling.count : 0
      }
      if found > 0 { return (token, found) }
    }
    return nil
  }
}
