import Records

/// A prediction file in the official form: a JSON list of objects, or the same objects as JSON
/// Lines; each has an id and a text.
public struct PredictionFile: Sendable {
  /// Question, image or clip ids, each once, in the order of the file.
  public let ids: [SampleID]
  /// What the model said of each.
  public let texts: [String]
  /// The file.
  public let file: SourceFile
  /// What a reader of the numbers must know of it, such as lines that replaced others.
  public let problems: [Problem]

  /// Puts a file together that was read; both lists have one entry a record.
  package init(
    ids: [SampleID], texts: [String], file: SourceFile, problems: [Problem] = []
  ) {
    self.ids = ids
    self.texts = texts
    self.file = file
    self.problems = problems
  }

  /// Reads records of a layout.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  package init(at path: String, _ layout: PredictionLayout) throws {
    let (content, file) = try SourceFile.read(path, role: "predictions") {
      try Self.read($0, layout)
    }
    self.init(ids: content.ids, texts: content.texts, file: file)
  }

  /// Reads records of a layout from a file that is open.
  ///
  /// - Throws: `JSONError`, or `DatasetError` with the record that is wrong.
  static func read(
    _ mapped: MappedFile, _ layout: PredictionLayout
  ) throws -> (ids: [SampleID], texts: [String]) {
    var ids: [SampleID] = []
    var texts: [String] = []
    let offsets = try RecordList.forEach(
      in: mapped, of: layout.what, example: layout.example
    ) { reader, index in
      let record = try readRecord(&reader, layout, index: index)
      ids.append(record.id)
      texts.append(record.text)
    }
    try RecordList.refuseRepeated(ids, name: "\(layout.id)", offsets: offsets, in: mapped)
    return (ids, texts)
  }

  private static func readRecord(
    _ reader: inout JSONReader, _ layout: PredictionLayout, index: Int
  ) throws -> (id: SampleID, text: String) {
    var id: SampleID?
    var text: String?
    let start = reader.offset
    var others: [String] = []
    try reader.readObject { key, reader in
      if layout.id ~= key {
        if id != nil { throw reader.repeatedMember(key.string, in: index) }
        id = try reader.readID("\"\(layout.id)\"", layout.idForm, index: index)
      } else if layout.text ~= key {
        if text != nil { throw reader.repeatedMember(key.string, in: index) }
        switch try reader.peek() {
        case .string: text = try reader.readString()
        case .array:
          throw DatasetError.wrongKind(
            path: reader.file.path, expected: "predictions",
            found: "a list of human \(layout.what)s (record \(index))",
            remedy: "give the file that your model wrote: \(layout.example)")
        default:
          throw reader.badRecord(
            index, "\"\(layout.text)\" must be a string, found \(reader.foundText())",
            remedy: "write the \(layout.what) as text, an empty one as \"\"")
        }
      } else {
        if index == 0 {
          try refuseAnnotations(key, reader, layout)
          others.append(key.string)
        }
        try reader.skip()
      }
    }
    guard let id, let text else {
      let name = id == nil ? layout.id : layout.text
      // A file for another task is known by what it has instead.
      throw reader.badRecord(
        index, "\"\(name)\" is missing\(RecordList.has(others))",
        remedy: "each record has the form \(layout.example)", at: start)
    }
    return (id, text)
  }

  /// The members that only files with references have.
  private static func refuseAnnotations(
    _ key: JSONKey, _ reader: JSONReader, _ layout: PredictionLayout
  ) throws {
    switch key {
    case "annotations", "questions", "images", "answers", "sentences", "label", "gold_label":
      throw reader.noPredictions(
        "an annotation or question file", key.string, example: layout.example)
    default: break
    }
  }
}
