/// The tokens of a WordPiece vocabulary; a token's id is the number of its line, from 0.
///
/// Lines end as in Python's text files: with a line feed, a carriage return or both. The last may lack
/// its end. `[PAD]` 0, `[UNK]` 100, `[CLS]` 101, `[SEP]` 102 and `[MASK]` 103 have the ids of
/// bert-base-uncased, which mPLUG's code has written into it.
///
/// Source: `load_vocab` of transformers 4.14.1, which takes any file: what it would take silently and
/// wrongly is an error here.
public struct WordPieceVocabulary: Sendable {
  /// Ids of `[unused339]` … `[unused676]`: the prefix of a box and its 337 bins.
  public static let boxTokens: ClosedRange<Int32> = 344...681

  /// The file's name, for messages.
  public let name: String
  /// How many tokens there are.
  public var count: Int { starts.count - 1 }

  /// All tokens, one after the other.
  private let bytes: [UInt8]
  /// Where each token starts in `bytes`, and where the last ends.
  private let starts: [Int32]
  /// Tokens as they stand: what may begin a word.
  let beginnings: WordPieceIndex
  /// Tokens that start with `##`, without it: what may continue a word.
  let continuations: WordPieceIndex

  /// The longest file that is looked at.
  static let largestFile = 1 << 26

  /// Makes a vocabulary of lines without their ends.
  ///
  /// - Parameters:
  ///   - name: the file's name, for messages.
  ///   - size: how many tokens the model has embeddings for; nil for any number.
  ///   - hasBoxes: whether `[unused339]` … `[unused676]` are needed, for grounding.
  /// - Throws: `VocabularyError`.
  public init(
    lines: [String], name: String, size: Int? = nil, hasBoxes: Bool = false
  ) throws {
    try self.init(
      tokens: lines.map { Array($0.utf8) }, name: name, size: size, hasBoxes: hasBoxes)
  }

  /// Makes a vocabulary of the bytes of a file.
  ///
  /// - Throws: `VocabularyError`.
  package init(
    file bytes: UnsafeBufferPointer<UInt8>, name: String, size: Int? = nil, hasBoxes: Bool = false
  ) throws {
    guard bytes.count <= Self.largestFile else {
      throw VocabularyError.tooLarge(file: name, bytes: bytes.count, limit: Self.largestFile)
    }
    try self.init(tokens: Self.lines(of: bytes), name: name, size: size, hasBoxes: hasBoxes)
  }

  private init<Token: Collection<UInt8>>(
    tokens: [Token], name: String, size: Int?, hasBoxes: Bool
  ) throws {
    self.name = name
    var (bytes, starts): ([UInt8], [Int32]) = ([], [0])
    for (index, token) in tokens.enumerated() {
      guard String(validating: token, as: UTF8.self) != nil else {
        throw VocabularyError.notUTF8(file: name, line: index + 1)
      }
      bytes += token
      starts.append(Int32(bytes.count))
    }
    (self.bytes, self.starts) = (bytes, starts)
    if let size, size != tokens.count {
      throw VocabularyError.wrongSize(file: name, expected: size, found: tokens.count)
    }
    beginnings = WordPieceIndex(bytes: bytes, starts: starts, prefix: [])
    continuations = WordPieceIndex(bytes: bytes, starts: starts, prefix: Array("##".utf8))
    if let (first, second) = beginnings.duplicate {
      throw VocabularyError.duplicate(
        file: name, token: token(second), lines: [Int(first) + 1, Int(second) + 1])
    }
    for token in WordPieceToken.allCases { try expect(token.text, at: token.rawValue) }
    if hasBoxes {
      for id in Self.boxTokens { try expect("[unused\(id - 5)]", at: id) }
    }
  }

  /// The token of an id; `[UNK]` for an id that has none, as in the original.
  public func token(_ id: Int32) -> String {
    withBytes(of: id) { String(decoding: $0, as: UTF8.self) }
  }

  /// The id of a token.
  public func id(of token: String) -> Int32? {
    var token = token
    return token.withUTF8 { beginnings.find($0) }
  }

  /// The UTF-8 of a token.
  func withBytes<Result>(
    of id: Int32, _ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Result
  ) -> Result {
    let known = id >= 0 && Int(id) < count ? Int(id) : Int(WordPieceToken.unknown.rawValue)
    return bytes.withUnsafeBufferPointer { body($0[Int(starts[known])..<Int(starts[known + 1])]) }
  }

  private func expect(_ token: String, at id: Int32) throws {
    let found = self.id(of: token)
    guard found == id else {
      throw VocabularyError.misplaced(
        file: name, token: token, expected: Int(id), found: found.map { Int($0) })
    }
  }

  /// Lines as Python's universal newlines make them.
  private static func lines(
    of bytes: UnsafeBufferPointer<UInt8>
  ) -> [Slice<UnsafeBufferPointer<UInt8>>] {
    var lines: [Slice<UnsafeBufferPointer<UInt8>>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x0D {
      if bytes[index] == 0x0A, index > 0, bytes[index - 1] == 0x0D {
        start = index + 1
        continue
      }
      lines.append(bytes[start..<index])
      start = index + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }
}
