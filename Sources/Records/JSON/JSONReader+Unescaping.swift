extension JSONReader {
  /// Writes a valid string without its escapes, never more bytes than the string has.
  ///
  /// - Returns: how many bytes were written.
  static func unescape(_ span: JSONSpan, into memory: UnsafeMutablePointer<UInt8>) -> Int {
    var place = span.start
    let end = place + span.count
    var output = memory
    while place < end {
      let byte = place[0]
      guard byte == UInt8(ascii: "\\") else {
        output[0] = byte
        output += 1
        place += 1
        continue
      }
      if place[1] != UInt8(ascii: "u") {
        output[0] = plain(place[1])
        output += 1
        place += 2
        continue
      }
      var scalar = UInt32(unit(place + 2))
      place += 6
      if scalar & 0xFC00 == 0xD800 {
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + UInt32(unit(place + 2)) & 0x3FF
        place += 6
      }
      output += encode(scalar, output)
    }
    return output - memory
  }

  /// The UTF-16 unit of four hexadecimal digits.
  static func unit(_ digits: UnsafePointer<UInt8>) -> UInt16 {
    (0..<4).reduce(0) { $0 << 4 | UInt16(hexValue(digits[$1]) ?? 0) }
  }

  static func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }

  /// Writes a scalar as UTF-8 and returns how many bytes that took.
  private static func encode(_ scalar: UInt32, _ output: UnsafeMutablePointer<UInt8>) -> Int {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
    switch scalar {
    case 0..<0x80:
      output[0] = UInt8(scalar)
      return 1
    case 0x80..<0x800:
      output[0] = UInt8(0xC0 | scalar >> 6)
      output[1] = tail(0)
      return 2
    case 0x800..<0x10000:
      output[0] = UInt8(0xE0 | scalar >> 12)
      output[1] = tail(6)
      output[2] = tail(0)
      return 3
    default:
      output[0] = UInt8(0xF0 | scalar >> 18)
      output[1] = tail(12)
      output[2] = tail(6)
      output[3] = tail(0)
      return 4
    }
  }
}
