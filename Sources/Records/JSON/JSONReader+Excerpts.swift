extension JSONReader {
  /// The text around a byte, on one line.
  func excerpt(at offset: Int) -> String {
    guard file.count > 0 else { return "" }
    var first = max(0, offset - 24)
    while first > 0, base[first] & 0xC0 == 0x80 { first -= 1 }
    var last = min(file.count, offset + 24)
    while last < file.count, base[last] & 0xC0 == 0x80 { last += 1 }
    return text(from: base + first, to: base + last)
  }

  /// Bytes as text, whatever they are; control characters become spaces.
  func text(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> String {
    let bytes = UnsafeBufferPointer(start: start, count: end - start)
    return String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
  }

  /// The byte at a place in words: `'x'`, `a control character (0x0A)`, `the end of the file`.
  func character(at place: UnsafePointer<UInt8>) -> String {
    place < end ? character(place[0]) : "the end of the file"
  }

  func character(_ byte: UInt8) -> String {
    let code = String(byte, radix: 16, uppercase: true)
    return switch byte {
    case 0x20..<0x7F: "'\(Character(Unicode.Scalar(byte)))'"
    case 0x80...: "the byte 0x\(code)"
    default: "a control character (0x\(byte < 0x10 ? "0" : "")\(code))"
    }
  }

  /// The bytes from a place on that pass, about 40 at most.
  func prefix(_ place: UnsafePointer<UInt8>, while passes: (UInt8) -> Bool) -> String {
    var last = place
    while last < end, last - place < 40, passes(last[0]) { last += 1 }
    // Not in the middle of a code point.
    while last > place, last < end, last[0] & 0xC0 == 0x80 { last -= 1 }
    return text(from: place, to: last)
  }

  /// The string that begins at a place, cut where it is long.
  func quoted(_ place: UnsafePointer<UInt8>) -> String {
    let content = prefix(place + 1) { $0 != UInt8(ascii: "\"") }
    let isCut = content.utf8.count > 36
    return "\"\(content)\(isCut ? "…" : "\"")"
  }
}
