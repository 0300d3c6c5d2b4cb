/// One line of a CSV file, or several where a field in quotes holds line ends.
package struct CSVRecord: Equatable, Sendable {
  /// The line on which it begins, counted from 1.
  package let line: Int
  /// Its fields without the quotes around them; white space is kept.
  package let fields: [String]

  /// Puts a record together.
  package init(line: Int, fields: [String]) {
    self.line = line
    self.fields = fields
  }
}

/// Reads comma-separated values (RFC 4180) record by record, without holding the file in memory.
///
/// Lines end with LF, CRLF or CR; a byte order mark and blank lines are passed over. A field in
/// quotes may hold commas, line ends, and quotes written twice. What the fields mean, and how many
/// there must be, is the caller's to check. After an error the reader is of no further use.
package struct CSVReader {
  /// The file that is read.
  package let file: MappedFile

  private let end: UnsafePointer<UInt8>
  private var cursor: UnsafePointer<UInt8>
  private var line = 1

  /// No data set has a field near this size: a longer one lacks its closing quote.
  private static let fieldLimit = 1 << 20

  /// - Throws: `CSVError` where the file is evidently something else: a Git LFS pointer, a web
  ///   page, an archive, UTF-16.
  package init(_ file: MappedFile) throws {
    if let foreign = ForeignContent(file) {
      throw CSVError(file: file.path, line: 1, message: foreign.explanation)
    }
    self.file = file
    end = file.start + file.count
    cursor = file.start + file.bytes.withoutByteOrderMark.startIndex
  }

  /// The next record; nil at the end of the file.
  ///
  /// - Throws: `CSVError` for a quote where none may stand, a missing closing quote, and bytes that
  ///   are no UTF-8.
  package mutating func next() throws -> CSVRecord? {
    while cursor < end, isLineEnd(cursor.pointee) { passLineEnd() }
    guard cursor < end else { return nil }
    let start = line
    var fields: [String] = []
    while true {
      fields.append(try readField())
      guard cursor < end else { break }
      if isLineEnd(cursor.pointee) {
        passLineEnd()
        break
      }
      cursor += 1
    }
    return CSVRecord(line: start, fields: fields)
  }

  /// Leaves the cursor on the comma or the line end behind the field, or at the end of the file.
  private mutating func readField() throws -> String {
    guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else {
      let start = cursor
      while cursor < end, cursor.pointee != UInt8(ascii: ","), !isLineEnd(cursor.pointee) {
        if cursor.pointee == UInt8(ascii: "\"") {
          throw error("a quote inside a field: enclose the field in quotes and write it twice")
        }
        cursor += 1
      }
      return try text(UnsafeBufferPointer(start: start, count: cursor - start))
    }
    return try readQuoted()
  }

  private mutating func readQuoted() throws -> String {
    let begun = line
    var bytes: [UInt8] = []
    cursor += 1
    while cursor < end, bytes.count <= Self.fieldLimit {
      let byte = cursor.pointee
      if byte == UInt8(ascii: "\"") {
        cursor += 1
        guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else {
          guard cursor == end || cursor.pointee == UInt8(ascii: ",") || isLineEnd(cursor.pointee)
          else { throw error("text behind a closing quote: write a quote inside a field twice") }
          return try bytes.withUnsafeBufferPointer { try text($0) }
        }
      } else if byte == 0x0A || (byte == 0x0D && (cursor + 1 == end || cursor[1] != 0x0A)) {
        line += 1
      }
      bytes.append(byte)
      cursor += 1
    }
    throw CSVError(
      file: file.path, line: begun,
      message: "a field that begins here has no closing quote: the file is damaged or truncated")
  }

  private func text(_ bytes: UnsafeBufferPointer<UInt8>) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw error("a field is not valid UTF-8: convert the file with 'iconv -t UTF-8'")
    }
    return text
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func passLineEnd() {
    let isPair = cursor.pointee == 0x0D && cursor + 1 < end && cursor[1] == 0x0A
    cursor += isPair ? 2 : 1
    line += 1
  }

  private func error(_ message: String) -> CSVError {
    CSVError(file: file.path, line: line, message: message)
  }
}

/// What is wrong in a CSV file, and where.
package struct CSVError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The name of the file.
  package let file: String
  /// Counted from 1.
  package let line: Int
  /// What was found and how to mend it.
  package let message: String

  /// One line: `file:line: message`.
  package var description: String { "\(file):\(line): \(message)" }
}
