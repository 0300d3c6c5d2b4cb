import Glibc

extension JSONReader {
  /// Reads `true` or `false`.
  ///
  /// - Throws: `JSONError`.
  package mutating func readBool() throws -> Bool {
    skipWhitespace()
    if byte == UInt8(ascii: "t"), try pass("true") { return true }
    if byte == UInt8(ascii: "f"), try pass("false") { return false }
    throw unexpected("true or false")
  }

  /// Reads `null`.
  ///
  /// - Throws: `JSONError`.
  package mutating func readNull() throws {
    skipWhitespace()
    if byte == UInt8(ascii: "n"), try pass("null") { return }
    throw unexpected("null")
  }

  /// Reads any value and forgets it; it is validated like the others.
  ///
  /// - Throws: `JSONError`.
  package mutating func skip() throws {
    skipWhitespace()
    switch byte {
    case UInt8(ascii: "\""): _ = try scanString()
    case UInt8(ascii: "{"): try readObject { _, reader in try reader.skip() }
    case UInt8(ascii: "["): try readArray { reader in try reader.skip() }
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try readBool()
    case UInt8(ascii: "n"): try readNull()
    default: if try scanNumber() == nil { throw unexpected("a value") }
    }
  }

  /// Passes a word if it is the one under the cursor.
  private mutating func pass(_ word: StaticString) throws -> Bool {
    let count = word.utf8CodeUnitCount
    guard memcmp(cursor, word.utf8Start, min(count, end - cursor)) == 0 else { return false }
    guard end - cursor >= count else { throw endsInside("the word '\(word)'") }
    guard end - cursor == count || !Self.isWordByte(cursor[count]) else { return false }
    cursor += count
    return true
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == 0x5F
  }
}
