import Records

/// A JSON file that is written record by record, a record a line.
final class JSONDocument {
  private let file: AtomicFile
  private var isFirst = true

  private init(_ path: String) throws { file = try AtomicFile(path) }

  /// Writes an object, whose members the function adds.
  ///
  /// - Throws: `RecordError.writeFailed`, and what the function throws; nothing then remains.
  static func object(_ path: String, _ body: (JSONDocument) throws -> Void) throws {
    let document = try JSONDocument(path)
    try document.file.append("{")
    try body(document)
    try document.file.append("\n}\n")
    try document.file.commit()
  }

  /// Writes a list, whose records the function adds.
  ///
  /// - Throws: as `object`.
  static func list(_ path: String, _ body: (JSONDocument) throws -> Void) throws {
    let document = try JSONDocument(path)
    try document.file.append("[")
    try body(document)
    try document.file.append("\n]\n")
    try document.file.commit()
  }

  /// Writes a member of an object.
  ///
  /// - Throws: `RecordError.writeFailed`
  func member(_ name: String, _ write: (inout JSONWriter) throws -> Void) throws {
    try startMember(name)
    var writer = JSONWriter()
    try write(&writer)
    try file.append(draining: &writer)
  }

  /// Writes a member that is a list, whose records the function adds.
  ///
  /// - Throws: `RecordError.writeFailed`, and what the function throws.
  func members(_ name: String, _ body: () throws -> Void) throws {
    try startMember(name)
    try file.append("[")
    isFirst = true
    try body()
    isFirst = false
    try file.append("\n]")
  }

  /// Adds an object to the list that is being written.
  ///
  /// - Throws: `RecordError.writeFailed`, and what the function throws.
  func record(_ write: (inout JSONWriter) throws -> Void) throws {
    try file.append(isFirst ? "\n" : ",\n")
    isFirst = false
    var writer = JSONWriter()
    writer.beginObject()
    try write(&writer)
    writer.endObject()
    try file.append(draining: &writer)
  }

  private func startMember(_ name: String) throws {
    var writer = JSONWriter()
    writer.string(name)
    try file.append(isFirst ? "\n" : ",\n")
    isFirst = false
    try file.append(draining: &writer)
    try file.append(":")
  }
}

/// A file of JSON Lines.
enum JSONLinesFile {
  /// Writes the members of a record.
  typealias RecordWriting = (inout JSONWriter) throws -> Void

  /// Writes a file; the function gets another one that adds a record.
  ///
  /// - Throws: `RecordError.writeFailed`, and what the function throws; nothing then remains.
  static func write(
    _ path: String, _ body: (_ record: (RecordWriting) throws -> Void) throws -> Void
  ) throws {
    let file = try AtomicFile(path)
    try body { write in
      var writer = JSONWriter()
      writer.beginObject()
      try write(&writer)
      writer.endObject()
      writer.newline()
      try file.append(draining: &writer)
    }
    try file.commit()
  }
}

extension JSONWriter {
  /// Writes a member that is a string.
  mutating func member(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  /// Writes a member that is an integer.
  mutating func member(_ name: StaticString, _ value: Int) {
    key(name)
    int(value)
  }

  /// Writes a member that is a list of strings.
  mutating func member(_ name: StaticString, _ values: [String]) {
    key(name)
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  /// Writes a member that is a list of integers.
  mutating func member(_ name: StaticString, _ values: [Int]) {
    key(name)
    beginArray()
    for value in values { int(value) }
    endArray()
  }
}
