import Records

/// Scores of single samples that another program computed.
///
/// Three forms are read: an object `{"391895": 0.21, …}`; a list or JSON Lines of records
/// `{"image_id": 391895, "SPICE": 0.21}`; and the list that the SPICE program writes,
/// `{"image_id": 391895, "scores": {"All": {"f": 0.21}}}`. The id may be `image_id`, `videoID` or
/// `id`.
public struct ExternalScoreFile: Sendable {
  /// The samples, each once, in the order of the file.
  public let ids: [SampleID]
  /// The value of each.
  public let values: [Double]
  /// The file.
  public let file: SourceFile

  /// Reads the values of a metric.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  public init(at path: String, metric: String) throws {
    let (content, file) = try SourceFile.read(path, role: "external-\(metric)") { mapped in
      var probe = try JSONReader(mapped)
      guard !probe.atEnd() else { throw DatasetError.empty(path: path, what: "score") }
      if try probe.peek() == .object, try !Self.isRecord(probe, metric: metric) {
        return try Self.readObject(mapped)
      }
      return try Self.readRecords(mapped, metric: metric)
    }
    ids = content.ids
    values = content.values
    self.file = file
  }

  private typealias Content = (ids: [SampleID], values: [Double])

  private static func isID(_ key: JSONKey) -> Bool {
    "image_id" ~= key || "videoID" ~= key || "id" ~= key
  }

  private static func example(_ metric: String) -> String {
    "[{\"image_id\": 1, \"\(metric)\": 0.21}, …]"
  }

  /// Whether an object at the top is the first record of JSON Lines.
  private static func isRecord(_ reader: JSONReader, metric: String) throws -> Bool {
    var reader = reader
    var isRecord = false
    try reader.readObject { key, reader in
      if isID(key) || key.string == metric || "scores" ~= key { isRecord = true }
      try reader.skip()
    }
    return isRecord
  }

  /// `{"391895": 0.21, …}`: ids are the names of members, numbers where they look like one.
  private static func readObject(_ file: MappedFile) throws -> Content {
    var reader = try JSONReader(file)
    var content: Content = ([], [])
    var offsets: [Int] = []
    try reader.readObject { key, reader in
      let name = key.string
      offsets.append(reader.offset)
      content.ids.append(Int(name).map { .int($0) } ?? .string(name))
      content.values.append(try readValue(&reader, index: offsets.count - 1))
    }
    try reader.finish()
    if offsets.isEmpty { throw DatasetError.empty(path: file.path, what: "score") }
    try RecordList.refuseRepeated(content.ids, name: "id", offsets: offsets, in: file)
    return content
  }

  private static func readRecords(_ file: MappedFile, metric: String) throws -> Content {
    var content: Content = ([], [])
    let offsets = try RecordList.forEach(in: file, of: "score", example: example(metric)) {
      reader, index in
      let start = reader.offset
      var id: SampleID?
      var value: Double?
      try reader.readObject { key, reader in
        if isID(key) {
          if id != nil { throw reader.repeatedMember(key.string, in: index) }
          id = try reader.readID()
        } else if key.string == metric {
          if value != nil { throw reader.repeatedMember(key.string, in: index) }
          value = try readValue(&reader, index: index)
        } else if "scores" ~= key {
          if value != nil { throw reader.repeatedMember(key.string, in: index) }
          value = try readScores(&reader, index: index)
        } else {
          try reader.skip()
        }
      }
      guard let id, let value else {
        throw reader.badRecord(
          index, "\"\(id == nil ? "image_id" : metric)\" is missing",
          remedy: "each record has the form \(example(metric))", at: start)
      }
      content.ids.append(id)
      content.values.append(value)
    }
    try RecordList.refuseRepeated(content.ids, name: "id", offsets: offsets, in: file)
    return content
  }

  /// `{"All": {"f": 0.21, …}, …}`.
  private static func readScores(_ reader: inout JSONReader, index: Int) throws -> Double? {
    var value: Double?
    try reader.readObject { key, reader in
      guard case "All" = key else { return try reader.skip() }
      try reader.readObject { key, reader in
        guard case "f" = key else { return try reader.skip() }
        value = try readValue(&reader, index: index)
      }
    }
    return value
  }

  private static func readValue(_ reader: inout JSONReader, index: Int) throws -> Double {
    guard try reader.peek() == .number else {
      throw reader.badRecord(
        index, "a score must be a number, found \(reader.foundText())",
        remedy: "write the sample's value; a sample without one cannot enter a mean")
    }
    return try reader.readDouble()
  }
}
