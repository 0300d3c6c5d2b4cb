import Records

/// A prediction file in the official form: a JSON list of objects, or the same objects as JSON
/// Lines; each has an id and a text.
public struct PredictionFile: Sendable {
  /// Question or image ids, each once, in the order of the file.
  public let ids: [Int]
  /// What the model said of each.
  public let texts: [String]
  /// The file.
  public let file: SourceFile

  /// Answers: `[{"question_id": 262148000, "answer": "down"}, …]`.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  public static func answers(at path: String) throws -> PredictionFile {
    try read(path, Layout(id: "question_id", text: "answer", what: "answer"))
  }

  /// Captions: `[{"image_id": 391895, "caption": "a man riding a motorcycle"}, …]`.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  public static func captions(at path: String) throws -> PredictionFile {
    try read(path, Layout(id: "image_id", text: "caption", what: "caption"))
  }

  /// The names of a record's two members.
  private struct Layout {
    let id: StaticString
    let text: StaticString
    let what: String

    var example: String { "[{\"\(id)\": 1, \"\(text)\": \"…\"}, …]" }
  }

  private static func read(_ path: String, _ layout: Layout) throws -> PredictionFile {
    let (content, file) = try SourceFile.read(path, role: "predictions") { mapped in
      var ids: [Int] = []
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
    return PredictionFile(ids: content.0, texts: content.1, file: file)
  }

  private static func readRecord(
    _ reader: inout JSONReader, _ layout: Layout, index: Int
  ) throws -> (id: Int, text: String) {
    var id: Int?
    var text: String?
    let start = reader.offset
    var others: [String] = []
    try reader.readObject { key, reader in
      if layout.id ~= key {
        if id != nil { throw reader.repeatedMember(key.string, in: index) }
        id = try readID(&reader, layout, index: index)
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
      let found = others.isEmpty ? "" : " (it has \(others.prefix(5).joined(separator: ", ")))"
      throw reader.badRecord(
        index, "\"\(name)\" is missing\(found)",
        remedy: "each record has the form \(layout.example)",
        at: start)
    }
    return (id, text)
  }

  private static func readID(
    _ reader: inout JSONReader, _ layout: Layout, index: Int
  ) throws -> Int {
    let before = reader
    if try reader.peek() == .number, let id = try? reader.readInt() { return id }
    throw before.badRecord(
      index, "\"\(layout.id)\" must be an integer, found \(before.foundText())",
      remedy: "write the id as the annotation file has it")
  }

  /// The members that only files with references have.
  private static func refuseAnnotations(
    _ key: JSONKey, _ reader: JSONReader, _ layout: Layout
  ) throws {
    switch key {
    case "annotations", "questions", "images", "answers", "sentences", "label":
      throw DatasetError.wrongKind(
        path: reader.file.path, expected: "predictions",
        found: "an annotation or question file (it has \"\(key.string)\")",
        remedy: "give the file that your model wrote: \(layout.example)")
    default: break
    }
  }
}
