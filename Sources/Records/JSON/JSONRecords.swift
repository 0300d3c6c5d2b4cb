/// Reads the records of a JSON list or of JSON Lines: the first byte, `[` or not, tells which.
///
/// - Parameters:
///   - file: a JSON list, or one value per line; blank lines are legal.
///   - body: reads, or skips, one record; `index` counts from 0.
/// - Returns: how many records there were.
/// - Throws: `JSONError`, and what the body throws.
@discardableResult
package func forEachRecord(
  in file: MappedFile, _ body: (_ reader: inout JSONReader, _ index: Int) throws -> Void
) throws -> Int {
  var reader = try JSONReader(file)
  var index = 0
  if reader.atEnd() { return 0 }
  if try reader.peek() == .array {
    try reader.readArray {
      try body(&$0, index)
      index += 1
    }
    try reader.finish()
    return index
  }
  repeat {
    try reader.readLine { try body(&$0, index) }
    index += 1
  } while !reader.atEnd()
  return index
}

extension JSONReader {
  /// Reads one value of JSON Lines and checks that its line ends behind it.
  ///
  /// - Throws: `JSONError`, and what the body throws.
  package mutating func readLine(_ body: (_ reader: inout JSONReader) throws -> Void) throws {
    skipWhitespace()
    let start = cursor
    try body(&self)
    if cursor == start { throw unread() }
    try endLine()
  }

  private mutating func endLine() throws {
    if cursor >= releasePoint { releasePages() }
    while cursor < end, cursor[0] != 0x0A, Self.isWhitespace(cursor[0]) { cursor += 1 }
    guard cursor < end, cursor[0] != 0x0A else { return }
    throw error("expected a new line after a record, found \(foundText())")
  }
}
