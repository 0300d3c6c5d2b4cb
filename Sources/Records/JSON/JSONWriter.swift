import Glibc

/// Writes JSON into a buffer of bytes, value after value, without building a tree.
///
/// Commas, colons and indentation are its work; that what is opened is closed, and that each key has
/// one value, is the caller's (checked in debug builds). Text is UTF-8; of ASCII, quotes,
/// backslashes and control characters are escaped, all else stands as it is.
package struct JSONWriter {
  /// How a document looks.
  package enum Style: Sendable {
    /// On one line, no space anywhere: `{"a":1,"b":[1,2]}`.
    case compact
    /// A member or an element per line, indented by two spaces.
    case pretty
  }

  /// What was written and not yet taken away.
  package private(set) var bytes: [UInt8] = []

  private let style: Style
  /// Whether each array or object that is open has content already.
  private var open: [Bool] = []
  private var isAfterKey = false
  /// Where the last key stands in `bytes`, for errors.
  private var lastKey = 0..<0

  package init(style: Style = .compact) { self.style = style }

  /// Opens an object.
  package mutating func beginObject() { begin(UInt8(ascii: "{")) }

  /// Closes the object.
  package mutating func endObject() { finish(UInt8(ascii: "}")) }

  /// Opens an array.
  package mutating func beginArray() { begin(UInt8(ascii: "[")) }

  /// Closes the array.
  package mutating func endArray() { finish(UInt8(ascii: "]")) }

  /// Writes the name of a member; its value comes next.
  package mutating func key(_ name: StaticString) {
    key(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  /// Writes the name of a member; its value comes next.
  package mutating func key(_ name: String) {
    var name = name
    name.withUTF8 { key($0) }
  }

  /// Writes the name of a member, which is UTF-8; its value comes next.
  package mutating func key(_ name: UnsafeBufferPointer<UInt8>) {
    assert(!isAfterKey && !open.isEmpty)
    separate()
    let start = bytes.count
    appendQuoted(name)
    lastKey = start..<bytes.count
    bytes.append(UInt8(ascii: ":"))
    if style == .pretty { bytes.append(UInt8(ascii: " ")) }
    isAfterKey = true
  }

  /// Writes a string.
  package mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { string($0) }
  }

  /// Writes a string whose bytes are UTF-8.
  package mutating func string(_ value: UnsafeBufferPointer<UInt8>) {
    beginValue()
    appendQuoted(value)
  }

  /// Writes an integer.
  package mutating func int(_ value: Int) {
    beginValue()
    appendInteger(value)
  }

  /// Writes a number with the fewest digits that read back as the same double; whole ones keep
  /// their `.0`.
  ///
  /// - Throws: `RecordError.unwritableNumber` for infinity and for what is not a number.
  package mutating func double(_ value: Double) throws {
    guard value.isFinite else {
      let key = String(decoding: bytes[lastKey], as: UTF8.self)
      throw RecordError.unwritableNumber(
        place: key.isEmpty ? "a JSON value" : "the member \(key)", found: "\(value)")
    }
    beginValue()
    var text = value.description
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  /// Writes `true` or `false`.
  package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  /// Writes `null`.
  package mutating func null() { literal("null") }

  /// Ends a line: after a record of JSON Lines, or at the end of a file.
  package mutating func newline() { bytes.append(0x0A) }

  /// Lends what was written so far and then forgets it, keeping the memory; for writing a large
  /// file piece by piece.
  package mutating func drain(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    try bytes.withUnsafeBytes(body)
    bytes.removeAll(keepingCapacity: true)
    lastKey = 0..<0
  }

  private mutating func begin(_ opening: UInt8) {
    beginValue()
    bytes.append(opening)
    open.append(false)
  }

  private mutating func finish(_ closing: UInt8) {
    assert(!isAfterKey)
    let hasContent = open.popLast() ?? false
    if hasContent { breakLine() }
    bytes.append(closing)
  }

  private mutating func beginValue() {
    if isAfterKey { isAfterKey = false } else { separate() }
  }

  private mutating func separate() {
    guard let last = open.indices.last else { return }
    if open[last] { bytes.append(UInt8(ascii: ",")) }
    open[last] = true
    breakLine()
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * open.count))
  }

  private mutating func literal(_ word: StaticString) {
    beginValue()
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  private mutating func appendInteger(_ value: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var place = digits.count
      var rest = value.magnitude
      repeat {
        place -= 1
        digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if value < 0 {
        place -= 1
        digits[place] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[place...]))
    }
  }

  /// Appends runs without anything to escape as a whole.
  private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    for (index, byte) in text.enumerated()
    where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      appendEscape(byte)
      start = index + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0..<0x20:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(UInt8(ascii: "0") + byte >> 4)
      bytes.append(contentsOf: String(byte & 15, radix: 16).utf8)
    default: bytes.append(byte)
    }
  }
}
