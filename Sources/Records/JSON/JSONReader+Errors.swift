extension JSONReader {
  /// The offset of the next value's first byte, after white space; the file's size at the end.
  package var offset: Int {
    var place = cursor
    while place < end, Self.isWhitespace(place[0]) { place += 1 }
    return place - base
  }

  /// Line and column of a byte, both from 1, the column in code points (a byte order mark does not
  /// count). It counts from the first byte on: for errors only.
  package func place(at offset: Int) -> (line: Int, column: Int) {
    var place = file.bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    var (line, column) = (1, 1)
    while place < min(offset, file.count) {
      let byte = base[place]
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      place += 1
    }
    return (line, column)
  }

  /// An error for a typed reader to throw.
  ///
  /// - Parameters:
  ///   - message: what was expected and what was found, such as `expected an integer
  ///     "question_id", found a string`.
  ///   - offset: where; the next value without it.
  package func error(_ message: String, at offset: Int? = nil) -> JSONError {
    let offset = offset ?? self.offset
    let (line, column) = place(at: offset)
    return JSONError(
      file: file.path, line: line, column: column, message: message, excerpt: excerpt(at: offset))
  }

  /// The next value in words, for messages: `a string "yes"`, `the number 1.5`, `the end of the
  /// file`.
  package func foundText() -> String {
    var place = cursor
    while place < end, Self.isWhitespace(place[0]) { place += 1 }
    guard place < end else { return "the end of the file" }
    switch place[0] {
    case UInt8(ascii: "{"): return "an object"
    case UInt8(ascii: "["): return "an array"
    case UInt8(ascii: "\""): return "a string \(quoted(place))"
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      return "the number \(prefix(place) { Self.isWordByte($0) || $0 == 0x2D || $0 == 0x2E })"
    case let letter where Self.isWordByte(letter): return prefix(place, while: Self.isWordByte)
    default: return character(at: place)
    }
  }

  @usableFromInline
  func unread() -> JSONError {
    error("a bug in the caller: this value was neither read nor skipped")
  }

  /// The next value is not what the caller asked for, or none at all.
  @usableFromInline
  func unexpected(_ wanted: String) -> JSONError {
    let place = base + offset
    guard place < end else {
      return depth > 0
        ? error("the file ends where \(wanted) should stand: it is truncated")
        : error(
          file.count == 0
            ? "the file is empty: expected \(wanted)" : "expected \(wanted), found nothing more")
    }
    switch place[0] {
    case UInt8(ascii: "'"):
      return error("expected \(wanted), found a single quote: JSON has double quotes only")
    case UInt8(ascii: "/"), UInt8(ascii: "#"):
      return error("expected \(wanted), found \(character(at: place)): JSON has no comments")
    default: break
    }
    let sign = place[0] == UInt8(ascii: "-") || place[0] == UInt8(ascii: "+") ? 1 : 0
    let word = prefix(place + sign, while: Self.isWordByte)
    switch word.lowercased() {
    case "nan", "infinity", "inf":
      return error("\(text(from: place, to: place + sign))\(word) is not JSON: write null")
    case "true" where word != "true", "false" where word != "false":
      return error("\(word) is not JSON: write \(word.lowercased())")
    case "none", "undefined": return error("\(word) is not JSON: write null")
    default: return error("expected \(wanted), found \(foundText())")
    }
  }

  @usableFromInline
  func trailingComma(at comma: UnsafePointer<UInt8>, _ kind: StaticString) -> JSONError {
    error("nothing follows the comma in \(kind): JSON has no trailing comma", at: comma - base)
  }

  @usableFromInline
  func unseparated(_ closing: UInt8, _ kind: StaticString) -> JSONError {
    if cursor == end { return endsInside("\(kind)") }
    return error("expected ',' or \(character(closing)) in \(kind), found \(foundText())")
  }

  /// The file ends too early; `begun` is where the unfinished string stands.
  func endsInside(_ what: String, begun: UnsafePointer<UInt8>? = nil) -> JSONError {
    let start = begun.map { place(at: $0 - base) }
    let opening = start.map { " that begins at \($0.line):\($0.column)" } ?? ""
    return error("the file ends inside \(what)\(opening): it is truncated", at: file.count)
  }

  func controlCharacter(_ place: UnsafePointer<UInt8>) -> JSONError {
    let advice =
      place[0] == 0x0A ? "close the string on its line or write \\n" : "write it as an escape"
    return error("a string holds \(character(at: place)): \(advice)", at: place - base)
  }

  func notUTF8(_ place: UnsafePointer<UInt8>) -> JSONError {
    error("\(character(at: place)) does not begin valid UTF-8", at: place - base)
  }
}
