/// Brings VQA answers into the form in which the official evaluation compares them.
///
/// Source: `GT-Vision-Lab/VQA`, `vqaEval.py`, `processPunctuation` and `processDigitArticle`, as
/// they run under Python 3 (a digit is a decimal digit of any script).
///
/// Quirks kept: whether a mark is deleted or becomes a space is decided on the original text for the
/// whole answer; a comma between digits has all marks deleted; at most 32 periods go, and none that
/// stands before a digit; number words are mapped before articles are dropped, contractions last.
public struct VQAAnswerNormalizer: Sendable {
  /// What becomes of a word.
  private enum Change: Sendable {
    case drop
    case replace([UInt8])
  }

  /// The words that change; `changes` has the same order.
  private var words = InternedStrings(minimumCapacity: 160)
  private var changes: [Change] = []
  /// The place of each ASCII mark in the set of marks; 0xFF for what is none.
  private var markPlaces = [UInt8](repeating: 0xFF, count: 256)

  private static let space: UInt8 = 0x20
  private static let period: UInt8 = 0x2E
  private static let comma: UInt8 = 0x2C
  private static let periodLimit = 32

  /// The official tables.
  public init() {
    for (place, mark) in VQAAnswerTables.marks.enumerated() {
      markPlaces[Int(mark)] = UInt8(place)
    }
    // A number is no contraction and no article is a key of another table, so one look-up does.
    for (word, number) in VQAAnswerTables.numberWords { add(word, .replace(Array(number.utf8))) }
    for word in VQAAnswerTables.articles { add(word, .drop) }
    for (word, other) in VQAAnswerTables.contractions { add(word, .replace(Array(other.utf8))) }
  }

  private mutating func add(_ word: String, _ change: Change) {
    precondition(Int(words.intern(word)) == changes.count, "a word stands in one table")
    changes.append(change)
  }

  /// Line feeds and tabs become spaces, then white space goes at both ends.
  public func strip(_ text: String) -> String { transform(text, Self.strip) }

  /// The punctuation step. The text is taken as it is, not stripped.
  public func punctuation(_ text: String) -> String { transform(text, punctuation) }

  /// The word step: lower case, number words, articles, contractions, single spaces.
  public func words(_ text: String) -> String { transform(text, words) }

  /// Punctuation, then words. The official evaluation strips first.
  public func normalize(_ text: String) -> String { transform(text, normalize) }

  private func transform(
    _ text: String, _ step: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void
  ) -> String {
    var text = text
    var output: [UInt8] = []
    text.withUTF8 { step($0, &output) }
    return String(decoding: output, as: UTF8.self)
  }

  /// `strip` on bytes; replaces what the output holds.
  package static func strip(_ text: UnsafeBufferPointer<UInt8>, _ output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    // Tab and line feed are white space at the ends, whether replaced or not.
    for byte in text[PythonWhitespace.strip(text)] {
      output.append(byte == 0x0A || byte == 0x09 ? space : byte)
    }
  }

  /// `normalize` on bytes; replaces what the output holds.
  package func normalize(_ text: UnsafeBufferPointer<UInt8>, _ output: inout [UInt8]) {
    var between: [UInt8] = []
    punctuation(text, &between)
    between.withUnsafeBufferPointer { words($0, &output) }
  }

  /// `punctuation` on bytes; replaces what the output holds.
  package func punctuation(_ text: UnsafeBufferPointer<UInt8>, _ output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    // The marks are different single characters and none becomes another, so that replacing them
    // one after the other is the same as all at once.
    var deleted: UInt32 = 0
    for index in 0..<text.count {
      let place = markPlaces[Int(text[index])]
      guard place != 0xFF else { continue }
      let bySpace =
        (index > 0 && text[index - 1] == Self.space)
        || (index + 1 < text.count && text[index + 1] == Self.space)
      if bySpace { deleted |= 1 << UInt32(place) }
      if text[index] == Self.comma, PythonDecimalDigit.ends(before: index, in: text),
        PythonDecimalDigit.starts(at: index + 1, in: text)
      {
        deleted = ~0
      }
    }
    var periods = 0
    for byte in text {
      let place = markPlaces[Int(byte)]
      if place == 0xFF {
        if byte == Self.period { periods += 1 }
        output.append(byte)
      } else if deleted & (1 << UInt32(place)) == 0 {
        output.append(Self.space)
      }
    }
    if periods > 0 { dropPeriods(&output) }
  }

  /// Deletes periods that stand before no digit, the first 32 of them.
  private func dropPeriods(_ text: inout [UInt8]) {
    var kept = 0
    var dropped = 0
    for index in 0..<text.count {
      let byte = text[index]
      if byte == Self.period, dropped < Self.periodLimit {
        let digit = text.withUnsafeBufferPointer {
          PythonDecimalDigit.starts(at: index + 1, in: $0)
        }
        if !digit {
          dropped += 1
          continue
        }
      }
      text[kept] = byte
      kept += 1
    }
    text.removeLast(text.count - kept)
  }

  /// `words` on bytes; replaces what the output holds.
  package func words(_ text: UnsafeBufferPointer<UInt8>, _ output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    var lower: [UInt8] = []
    lower.reserveCapacity(text.count)
    PythonLowercase.append(text, to: &lower)
    lower.withUnsafeBufferPointer { lower in
      for range in PythonWhitespace.split(lower) {
        let word = UnsafeBufferPointer(rebasing: lower[range])
        let change = words.number(of: word).map { changes[Int($0)] }
        if case .drop = change { continue }
        if !output.isEmpty { output.append(Self.space) }
        if case .replace(let other) = change {
          output.append(contentsOf: other)
        } else {
          output.append(contentsOf: word)
        }
      }
    }
  }
}
