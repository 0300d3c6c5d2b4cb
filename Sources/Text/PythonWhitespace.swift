/// White space as Python's `str.split()` and `str.strip()` see it, on UTF-8 bytes: U+0009–000D,
/// U+001C–0020, U+0085, U+00A0, U+1680, U+2000–200A, U+2028, U+2029, U+202F, U+205F, U+3000.
///
/// The metrics are defined by Python programs; `Character.isWhitespace` is another set, and a
/// space followed by a combining mark is one `Character` that is none.
package enum PythonWhitespace {
  /// How many bytes the white-space character takes that starts at an index; 0 if none does.
  @inlinable
  package static func length(at index: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    let byte = text[index]
    if byte < 0x80 {
      return (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x20) ? 1 : 0
    }
    if byte == 0xC2 {
      guard index + 1 < text.count else { return 0 }
      return text[index + 1] == 0x85 || text[index + 1] == 0xA0 ? 2 : 0
    }
    guard byte >= 0xE1, byte <= 0xE3, index + 2 < text.count else { return 0 }
    switch (byte, text[index + 1], text[index + 2]) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return 3
    default:
      return 0
    }
  }

  /// The ranges of the words that `split()` yields: never an empty one.
  package static func split(_ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = -1
    var index = 0
    while index < text.count {
      let space = length(at: index, in: text)
      if space == 0 {
        if start < 0 { start = index }
        index += 1
      } else {
        if start >= 0 { words.append(start..<index) }
        start = -1
        index += space
      }
    }
    if start >= 0 { words.append(start..<text.count) }
    return words
  }

  /// The ranges of the pieces that `split(" ")` yields: one for an empty text, empty ones between
  /// neighbouring spaces.
  package static func splitAtSpaces(_ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    for index in 0..<text.count where text[index] == 0x20 {
      pieces.append(start..<index)
      start = index + 1
    }
    pieces.append(start..<text.count)
    return pieces
  }

  /// The range that `strip()` leaves.
  package static func strip(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var start = 0
    while start < text.count {
      let space = length(at: start, in: text)
      if space == 0 { break }
      start += space
    }
    var end = text.count
    while end > start {
      // A white-space character has at most three bytes, and none of its tails is a character.
      let width = [1, 2, 3].first { width in
        end - width >= start && length(at: end - width, in: text) == width
      }
      guard let width else { break }
      end -= width
    }
    return start..<end
  }
}
