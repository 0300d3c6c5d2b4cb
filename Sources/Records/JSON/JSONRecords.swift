/// How records stand in a file, as its first bytes show.
package enum RecordLayout: Sendable {
  /// One JSON array of records.
  case list
  /// JSON Lines: several objects, each on a line of its own.
  case lines
  /// One JSON object and nothing else: a map from names to records, or JSON Lines of one record.
  case object
  /// Nothing but white space, which is JSON Lines without a record.
  case empty

  /// Looks at the first value, and passes it where it is an object to see what follows.
  ///
  /// - Throws: `JSONError` where the file begins otherwise.
  package init(of file: MappedFile) throws {
    var reader = try JSONReader(file)
    if reader.atEnd() {
      self = .empty
      return
    }
    switch try reader.peek() {
    case .array: self = .list
    case .object:
      try reader.skip()
      self = reader.atEnd() ? .object : .lines
    default: throw reader.unexpected("a list of records, or an object on each line")
    }
  }
}

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
