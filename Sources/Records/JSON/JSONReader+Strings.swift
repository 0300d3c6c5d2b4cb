/// The text between a string's quotes; it is valid.
@usableFromInline
struct JSONSpan {
  @usableFromInline let start: UnsafePointer<UInt8>
  @usableFromInline let count: Int
  @usableFromInline let hasEscapes: Bool

  @usableFromInline
  init(start: UnsafePointer<UInt8>, count: Int, hasEscapes: Bool) {
    self.start = start
    self.count = count
    self.hasEscapes = hasEscapes
  }
}

extension JSONReader {
  /// Reads a string.
  ///
  /// - Throws: `JSONError`.
  package mutating func readString() throws -> String {
    try readStringBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// Reads a string and lends its bytes: UTF-8, without escapes, not ended by a NUL.
  ///
  /// - Throws: `JSONError`, and what the closure throws.
  @inlinable
  package mutating func readStringBytes<R>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> R
  ) throws -> R {
    let span = try readSpan()
    if !span.hasEscapes {
      return try body(UnsafeBufferPointer(start: span.start, count: span.count))
    }
    return try withUnescaped(span, body)
  }

  @usableFromInline
  mutating func readSpan() throws -> JSONSpan {
    skipWhitespace()
    guard byte == UInt8(ascii: "\"") else { throw unexpected("a string") }
    return try scanString()
  }

  @usableFromInline
  mutating func withUnescaped<R>(
    _ span: JSONSpan, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
  ) throws -> R {
    if unescaped.count < span.count {
      unescaped = Array(repeating: 0, count: max(span.count, 2 * unescaped.count, 64))
    }
    return try unescaped.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return try body(UnsafeBufferPointer(buffer)) }
      let count = Self.unescape(span, into: start)
      return try body(UnsafeBufferPointer(start: start, count: count))
    }
  }

  /// Validates the string that begins under the cursor and passes it.
  mutating func scanString() throws -> JSONSpan {
    let start = cursor + 1
    var place = start
    var hasEscapes = false
    while true {
      while end - place >= 8 {
        let special = Self.specialBytes(UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
        if special != 0 {
          place += special.trailingZeroBitCount >> 3
          break
        }
        place += 8
      }
      guard place < end else { throw endsInside("a string", begun: start - 1) }
      switch place.pointee {
      case UInt8(ascii: "\""):
        cursor = place + 1
        return JSONSpan(start: start, count: place - start, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        place += try escapeLength(place, start)
      case 0x80...:
        place += try sequenceLength(place, start)
      case 0..<0x20:
        throw controlCharacter(place)
      default:
        place += 1
      }
    }
  }

  /// The high bit of each byte, counted in the order of memory, that is a quote, a backslash, a
  /// control character or not ASCII. Bits above the lowest one may be wrong: a borrow sets them.
  @inline(__always)
  private static func specialBytes(_ memory: UInt64) -> UInt64 {
    let word = UInt64(littleEndian: memory)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = (word ^ (ones &* 0x22)) &- ones
    let backslash = (word ^ (ones &* 0x5C)) &- ones
    let control = word &- (ones &* 0x20)
    return (quote | backslash | control | word) & (ones &* 0x80)
  }

  /// How many bytes the escape at a place takes.
  private func escapeLength(
    _ place: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>
  ) throws -> Int {
    guard end - place >= 2 else { throw endsInside("a string", begun: start - 1) }
    switch place[1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      break
    default:
      throw error("\\\(character(at: place + 1)) is no escape of JSON", at: place - base)
    }
    let unit = try escapedUnit(place, start)
    if unit & 0xFC00 == 0xDC00 {
      throw error("the escape is the second half of a surrogate pair alone", at: place - base)
    }
    guard unit & 0xFC00 == 0xD800 else { return 6 }
    let second = place + 6
    if second == end || (end - second == 1 && second[0] == UInt8(ascii: "\\")) {
      throw endsInside("a string", begun: start - 1)
    }
    guard second[0] == UInt8(ascii: "\\"), second[1] == UInt8(ascii: "u"),
      try escapedUnit(second, start) & 0xFC00 == 0xDC00
    else {
      throw error("the escape is the first half of a surrogate pair alone", at: place - base)
    }
    return 12
  }

  /// The UTF-16 unit that `\u` and four digits at a place stand for.
  private func escapedUnit(
    _ place: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>
  ) throws -> UInt16 {
    for offset in 2..<6 {
      guard end - place > offset else { throw endsInside("a string", begun: start - 1) }
      guard Self.hexValue(place[offset]) != nil else {
        throw error(
          "\\u needs four hexadecimal digits, found \(character(at: place + offset))",
          at: place - base)
      }
    }
    return Self.unit(place + 2)
  }

  /// How many bytes the UTF-8 sequence at a place takes (RFC 3629: none overlong, no surrogate).
  private func sequenceLength(
    _ place: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>
  ) throws -> Int {
    let lead = place[0]
    let count: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: count = 2
    case 0xE0:
      count = 3
      second = 0xA0...0xBF
    case 0xED:
      count = 3
      second = 0x80...0x9F
    case 0xE1...0xEF: count = 3
    case 0xF0:
      count = 4
      second = 0x90...0xBF
    case 0xF1...0xF3: count = 4
    case 0xF4:
      count = 4
      second = 0x80...0x8F
    default: throw notUTF8(place)
    }
    for offset in 1..<count {
      guard end - place > offset else { throw endsInside("a string", begun: start - 1) }
      let legal = offset == 1 ? second.contains(place[1]) : place[offset] & 0xC0 == 0x80
      guard legal else { throw notUTF8(place) }
    }
    return count
  }
}
