import Records

/// JSON in a script element of a page: bytes that no parser of HTML can take for anything else.
package enum EmbeddedJSON {
  /// The same value with every character escaped that could end the element or begin a comment
  /// (`<`, `>`, `&`), or a line where a script counts lines (U+2028, U+2029).
  ///
  /// They stand only within strings, where JSON has escapes for them.
  package static func escaped(_ json: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(json.count)
    var place = 0
    while place < json.count {
      let byte = json[place]
      switch byte {
      case UInt8(ascii: "<"): bytes += #"\u003c"#.utf8
      case UInt8(ascii: ">"): bytes += #"\u003e"#.utf8
      case UInt8(ascii: "&"): bytes += #"\u0026"#.utf8
      case 0xE2 where isLineSeparator(json, place):
        bytes += (json[place + 2] == 0xA8 ? #"\u2028"# : #"\u2029"#).utf8
        place += 2
      default: bytes.append(byte)
      }
      place += 1
    }
    return bytes
  }

  private static func isLineSeparator(_ json: [UInt8], _ place: Int) -> Bool {
    place + 2 < json.count && json[place + 1] == 0x80
      && (json[place + 2] == 0xA8 || json[place + 2] == 0xA9)
  }
}
