import Records

/// Reads files that are a list of records: a JSON list, or JSON Lines.
enum RecordList {
  /// Calls the body with the reader before each record.
  ///
  /// - Throws: `JSONError`, `DatasetError.wrongKind` for another top level, and what the body
  ///   throws.
  static func forEach(
    _ reader: inout JSONReader, of what: String, example: String,
    _ body: (_ reader: inout JSONReader, _ index: Int) throws -> Void
  ) throws {
    if reader.atEnd() { throw DatasetError.empty(path: reader.file.path, what: what) }
    var index = 0
    switch try reader.peek() {
    case .array:
      try reader.readArray { reader in
        guard try reader.peek() == .object else {
          throw reader.badRecord(
            index, "expected an object, found \(reader.foundText())",
            remedy: "the file has the form \(example)")
        }
        try body(&reader, index)
        index += 1
      }
      try reader.finish()
    case .object:
      repeat {
        try body(&reader, index)
        index += 1
      } while !reader.atEnd()
    default:
      throw DatasetError.wrongKind(
        path: reader.file.path, expected: "a list of \(what)s", found: reader.foundText(),
        remedy: "the file has the form \(example)")
    }
  }

  /// Refuses an id that occurs twice.
  ///
  /// - Parameter offsets: Where each record begins.
  /// - Throws: `DatasetError.duplicateID` with both records.
  static func refuseRepeated(
    _ ids: [Int], name: String, offsets: [Int], in reader: JSONReader
  ) throws {
    var first = [Int: Int](minimumCapacity: ids.count)
    for (index, id) in ids.enumerated() {
      if let earlier = first.updateValue(index, forKey: id) {
        throw DatasetError.duplicateID(
          path: reader.file.path, line: reader.place(at: offsets[index]).line,
          id: "\(name) \(id)", firstRecord: earlier, secondRecord: index)
      }
    }
  }
}

extension JSONReader {
  /// An error about a record, at the next value or at a place that is given.
  func badRecord(
    _ index: Int, _ reason: String, remedy: String, at offset: Int? = nil
  ) -> DatasetError {
    let place = place(at: offset ?? self.offset)
    return .badRecord(
      path: file.path, line: place.line, column: place.column,
      reason: "record \(index): \(reason)", remedy: remedy)
  }
}
