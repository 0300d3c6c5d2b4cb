/// A text cut into the words that WordPiece cuts into pieces: everything but the vocabulary.
///
/// Characters are lower-cased one by one outside the special tokens; controls, format characters and
/// unassigned code points go; each CJK ideograph and each punctuation mark is a word; words are
/// decomposed (NFD) and lose category Mn.
///
/// Source: `PreTrainedTokenizer.tokenize` and `BasicTokenizer` of transformers 4.14.1.
struct WordPieceWords {
  /// What the cutting ends in.
  enum Word {
    case special(WordPieceToken)
    /// UTF-8 of a word and its code points. Of a word over the limit only the beginning is kept.
    case word(UnsafeBufferPointer<UInt8>, scalars: Int)
  }

  /// Words with more code points are unknown.
  static let longestWord = 100

  private let table = Unicode14.table
  private var bytes: [UInt8] = []
  private var scalars = 0
  /// Marks with a combining class at the word's end, which NFD sorts: where they start, which class.
  private var marks: [(start: Int, combiningClass: UInt8)] = []

  /// Calls `body` for each word in order until it returns false.
  mutating func forEach(
    in text: UnsafeBufferPointer<UInt8>, _ body: (Word) throws -> Bool
  ) rethrows {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "["), let (token, length) = WordPieceToken.at(index, in: text) {
        guard try flush(body), try body(.special(token)) else { return }
        index += length
        continue
      }
      let (scalar, length) = Self.scalar(at: index, in: text)
      index += length
      let entry = table[scalar]
      switch entry.kind {
      case .letter: append(entry.folded(scalar))
      case .nothing: break
      case .barrier: marks.removeAll(keepingCapacity: true)
      case .space: guard try flush(body) else { return }
      case .punctuation, .ideograph:
        guard try flush(body) else { return }
        append(entry.folded(scalar))
        guard try flush(body) else { return }
      case .composite:
        for part in table.parts(of: scalar) { append(part.scalar, part.combiningClass) }
      }
    }
    _ = try flush(body)
  }

  /// - Returns: whether to go on.
  private mutating func flush(_ body: (Word) throws -> Bool) rethrows -> Bool {
    guard scalars > 0 else { return true }
    defer {
      bytes.removeAll(keepingCapacity: true)
      scalars = 0
      marks.removeAll(keepingCapacity: true)
    }
    return try bytes.withUnsafeBufferPointer { try body(.word($0, scalars: scalars)) }
  }

  @inline(__always)
  private mutating func append(_ scalar: UInt32) {
    scalars += 1
    guard scalars <= Self.longestWord else { return }
    if !marks.isEmpty { marks.removeAll(keepingCapacity: true) }
    if scalar < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: scalar))
    } else if let scalar = Unicode.Scalar(scalar), let encoded = UTF8.encode(scalar) {
      bytes.append(contentsOf: encoded)
    }
  }

  /// Appends a mark before the marks of higher class that end the word; class 0 as a letter.
  private mutating func append(_ scalar: UInt32, _ combiningClass: UInt8) {
    guard combiningClass > 0 else { return append(scalar) }
    scalars += 1
    guard scalars <= Self.longestWord, let scalar = Unicode.Scalar(scalar) else { return }
    let encoded = Array(String(scalar).utf8)
    let place = marks.firstIndex { $0.combiningClass > combiningClass } ?? marks.count
    let start = place < marks.count ? marks[place].start : bytes.count
    bytes.insert(contentsOf: encoded, at: start)
    marks.insert((start, combiningClass), at: place)
    for later in marks.indices where later > place { marks[later].start += encoded.count }
  }

  /// The code point at an index of well-formed UTF-8, and its bytes.
  @inline(__always)
  private static func scalar(
    at index: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> (UInt32, length: Int) {
    let first = UInt32(text[index])
    if first < 0x80 { return (first, 1) }
    let tails = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
    var scalar = first & (0x3F >> UInt32(tails))
    for offset in 1...tails where index + offset < text.count {
      scalar = scalar << 6 | UInt32(text[index + offset]) & 0x3F
    }
    return (min(scalar, 0x10FFFF), 1 + tails)
  }
}
