import Metrics
import Records

extension PredictionFile {
  /// Reads records of a layout with classes: a JSON list, or JSON Lines.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  package init(at path: String, _ layout: LabelLayout) throws {
    let (content, file) = try SourceFile.read(path, role: "predictions") {
      try LabelRecords(in: $0, layout)
    }
    self.init(
      ids: content.ids, texts: content.labels, file: file, problems: content.problems)
  }
}

/// The records of a prediction file with classes.
struct LabelRecords {
  /// The ids, each once, in the order of the file.
  private(set) var ids: [SampleID] = []
  /// The class of each.
  private(set) var labels: [String] = []
  /// The samples whose greatest logit stands more than once.
  private var tied: [SampleID] = []

  /// Reads all records.
  ///
  /// - Throws: `JSONError`, or `DatasetError` with the record that is wrong.
  init(in file: MappedFile, _ layout: LabelLayout) throws {
    let offsets = try RecordList.forEach(in: file, of: "label", example: layout.example) {
      reader, index in try readRecord(&reader, layout, index)
    }
    try RecordList.refuseRepeated(ids, name: "\(layout.ids[0])", offsets: offsets, in: file)
  }

  /// What a reader of the numbers must know.
  var problems: [Problem] {
    guard !tied.isEmpty else { return [] }
    return [
      Problem(
        code: "tied_logits",
        message: "\(tied.count) predictions have equal greatest logits; the first class counts",
        count: tied.count, examples: tied.prefix(3).map(\.description))
    ]
  }

  private mutating func readRecord(
    _ reader: inout JSONReader, _ layout: LabelLayout, _ index: Int
  ) throws {
    let start = reader.offset
    var id: SampleID?
    var label: String?
    var logits: [Double]?
    var others: [String] = []
    try reader.readObject { key, reader in
      if layout.ids.contains(where: { $0 ~= key }) {
        if id != nil { throw reader.secondMember(key.string, of: layout.ids, in: index) }
        id = try reader.readID("\"\(key.string)\"", .either, index: index)
      } else if layout.labels.contains(where: { $0 ~= key }) {
        if label != nil { throw reader.secondMember(key.string, of: layout.labels, in: index) }
        label = try Self.readLabel(&reader, layout, name: key.string, index)
      } else if layout.takesLogits, "logits" ~= key {
        if logits != nil { throw reader.repeatedMember(key.string, in: index) }
        logits = try Self.readLogits(&reader, index)
      } else {
        if index == 0 {
          try Self.refuseAnnotations(key, reader, layout)
          others.append(key.string)
        }
        try reader.skip()
      }
    }
    if let logits {
      label = try Self.label(of: logits, beside: label, reader, index, at: start)
    }
    guard let id, let label else {
      let name = id == nil ? layout.ids[0] : layout.labels[0]
      throw reader.badRecord(
        index, "\"\(name)\" is missing\(RecordList.has(others))",
        remedy: "each record has the form \(layout.example)", at: start)
    }
    if let logits, let greatest = logits.max(), logits.count(where: { $0 == greatest }) > 1 {
      tied.append(id)
    }
    ids.append(id)
    labels.append(label)
  }

  private static func readLabel(
    _ reader: inout JSONReader, _ layout: LabelLayout, name: String, _ index: Int
  ) throws -> String {
    if let classes = layout.classes {
      return try reader.readClass(name, of: classes, index: index)
    }
    guard try reader.peek() == .string else {
      throw reader.badRecord(
        index, "\"\(name)\" must be a string, found \(reader.foundText())",
        remedy: "write the class as text: \(layout.example)")
    }
    return try reader.readString()
  }

  private static func readLogits(_ reader: inout JSONReader, _ index: Int) throws -> [Double] {
    guard try reader.peek() == .array else {
      throw reader.badRecord(
        index, "\"logits\" must be a list of numbers, found \(reader.foundText())",
        remedy: "write one number each for \(EntailmentLabel.names.joined(separator: ", "))")
    }
    var logits: [Double] = []
    let count = EntailmentLabel.allCases.count
    try reader.readArray { reader in
      // One more than the classes shows that there are too many; memory stays bounded.
      if logits.count > count { try reader.skip() } else { logits.append(try reader.readDouble()) }
    }
    return logits
  }

  /// The class that logits mean; a label beside them must say the same.
  private static func label(
    of logits: [Double], beside stated: String?, _ reader: JSONReader, _ index: Int, at start: Int
  ) throws -> String {
    guard logits.count == EntailmentLabel.allCases.count else {
      let names = EntailmentLabel.names.joined(separator: ", ")
      throw reader.badRecord(
        index,
        "\"logits\" must be \(EntailmentLabel.allCases.count) numbers, found "
          + (logits.count > EntailmentLabel.allCases.count ? "more" : "\(logits.count)"),
        remedy: "write one number each for \(names)", at: start)
    }
    let label = try EntailmentLabel(logits: logits).rawValue
    guard stated == nil || stated == label else {
      throw reader.badRecord(
        index, "\"label\" and \"logits\" say different things (the greatest logit is \(label)'s)",
        remedy: "leave one of them out; logits stand in the order "
          + EntailmentLabel.names.joined(separator: ", "), at: start)
    }
    return label
  }

  /// The members that only files with references have: such a file must not be scored against
  /// itself.
  private static func refuseAnnotations(
    _ key: JSONKey, _ reader: JSONReader, _ layout: LabelLayout
  ) throws {
    switch key {
    case "gold_label", "annotator_labels", "left_url", "right_url", "validation", "images":
      throw reader.noPredictions("an annotation file", key.string, example: layout.example)
    default: break
    }
  }
}

extension JSONReader {
  /// An error about a member that stands beside another of the same meaning, or a second time.
  fileprivate func secondMember(
    _ name: String, of names: [StaticString], in record: Int
  ) -> DatasetError {
    if names.count == 1 { return repeatedMember(name, in: record) }
    return badRecord(
      record,
      "\"\(name)\" stands in a record that has one of "
        + names.map { "\"\($0)\"" }.joined(separator: ", ") + " already",
      remedy: "keep one of them")
  }
}
