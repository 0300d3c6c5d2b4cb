import Records

/// Reads files that are a list of records, each an object: a JSON list, or JSON Lines.
enum RecordList {
  /// Calls the body with the reader before each record.
  ///
  /// - Returns: Where each record begins.
  /// - Throws: `JSONError`, `DatasetError.empty` for a file without records, `.wrongKind` for another
  ///   top level, and what the body throws.
  @discardableResult
  static func forEach(
    in file: MappedFile, of what: String, example: String,
    _ body: (_ reader: inout JSONReader, _ index: Int) throws -> Void
  ) throws -> [Int] {
    var offsets: [Int] = []
    try forEachRecord(in: file) { reader, index in
      guard try reader.peek() == .object else {
        throw reader.badRecord(
          index, "expected an object, found \(reader.foundText())",
          remedy: "the file has the form \(example)")
      }
      offsets.append(reader.offset)
      try body(&reader, index)
    }
    if offsets.isEmpty { throw DatasetError.empty(path: file.path, what: what) }
    return offsets
  }

  /// Refuses an id that occurs twice.
  ///
  /// - Parameters:
  ///   - offsets: Where each record begins.
  ///   - records: The number of each record in the file where some were passed over.
  /// - Throws: `DatasetError.duplicateID` with both records.
  static func refuseRepeated<ID: Hashable>(
    _ ids: [ID], name: String, offsets: [Int], records: [Int]? = nil, in file: MappedFile
  ) throws {
    var first = [ID: Int](minimumCapacity: ids.count)
    for (index, id) in ids.enumerated() {
      guard let earlier = first.updateValue(index, forKey: id) else { continue }
      throw DatasetError.duplicateID(
        path: file.path, line: try JSONReader(file).place(at: offsets[index]).line,
        id: "\(name) \(id)", firstRecord: records?[earlier] ?? earlier,
        secondRecord: records?[index] ?? index)
    }
  }

  /// What a record has in place of a member that it lacks, for the end of a message; nothing where
  /// it has no other.
  static func has(_ names: [String]) -> String {
    names.isEmpty ? "" : " (it has \(names.prefix(5).joined(separator: ", ")))"
  }
}

extension JSONReader {
  /// An error about a member that stands a second time in a record.
  func repeatedMember(_ name: String, in record: Int) -> DatasetError {
    badRecord(record, "\"\(name)\" stands twice in one record", remedy: "keep one of them")
  }

  /// An error about a file with references in place of one with predictions, known by a member.
  func noPredictions(_ what: String, _ member: String, example: String) -> DatasetError {
    .wrongKind(
      path: file.path, expected: "predictions", found: "\(what) (it has \"\(member)\")",
      remedy: "give the file that your model wrote: \(example)")
  }

  /// Refuses a member of which the record has had a value.
  ///
  /// - Throws: `DatasetError.badRecord`.
  @inline(__always)
  func refuseSecond<Value>(_ value: Value?, _ key: JSONKey, in record: Int) throws {
    if value != nil { throw repeatedMember(key.string, in: record) }
  }

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
