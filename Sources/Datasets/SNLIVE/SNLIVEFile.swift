import Metrics
import Records

/// Pairs of an image and a sentence with the class of each, in the order of a file.
struct SNLIVEPairs {
  /// The pairs that have a class: their `pairID`, or their number in a list without ids.
  private(set) var ids: [SampleID] = []
  /// The photo of each, without `.jpg`.
  private(set) var images: [String] = []
  /// The class of each.
  private(set) var labels: [String] = []
  /// The sentence of each; empty unless sentences were asked for.
  private(set) var sentences: [String] = []
  /// The pairs on which people did not agree.
  private(set) var unlabelled: [SampleID] = []
  /// Whether the file is a list of the reference project, which has no ids.
  private(set) var isList = false
  /// How many records explain their label, as only re-releases do.
  private(set) var explainedCount = 0
  private var takesSentences = false

  /// The label of a pair without a majority.
  private static let undecided = "-"

  /// Reads official files and derived ones (`gold_label`, `pairID`, `Flickr30K_ID` or the first
  /// release's `Flikr30kID`), and lists of the reference project (`label`, `image`), each as a JSON
  /// list or as JSON Lines. The premise is not read: the picture stands for it.
  ///
  /// - Parameter takingSentences: Whether to read the sentence of each pair: `sentence2` of official
  ///   files, `sentence` of lists.
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(
    _ path: String, takingSentences: Bool = false
  ) throws -> (SNLIVEPairs, SourceFile) {
    try SourceFile.read(path, role: "annotations") { file in
      var pairs = SNLIVEPairs()
      pairs.takesSentences = takingSentences
      var records: [SampleID] = []
      let offsets = try RecordList.forEach(
        in: file, of: "pair",
        example: #"{"pairID": "1.jpg#2r1c", "Flickr30K_ID": "1", "gold_label": "neutral"}"#
      ) { reader, index in records.append(try pairs.readRecord(&reader, index)) }
      try RecordList.refuseRepeated(records, name: "pairID", offsets: offsets, in: file)
      if pairs.ids.isEmpty { throw DatasetError.empty(path: path, what: "pair with a class") }
      return pairs
    }
  }

  private mutating func readRecord(_ reader: inout JSONReader, _ index: Int) throws -> SampleID {
    let start = reader.offset
    var members = Members(takesSentences: takesSentences)
    try reader.readObject { key, reader in try members.read(key, &reader, index) }
    if index == 0 { isList = members.pairID == nil && members.labelName == "label" }
    guard let label = members.label else {
      let name = isList ? "label" : "gold_label"
      throw reader.badRecord(
        index, "\"\(name)\" is missing\(RecordList.has(members.others))",
        remedy: "give snli_ve_dev.jsonl or snli_ve_test.jsonl", at: start)
    }
    guard let image = members.image else {
      let name = isList ? "image" : "Flickr30K_ID"
      throw reader.badRecord(
        index, "\"\(name)\" is missing\(RecordList.has(members.others))",
        remedy: "give an annotation file, snli_ve_test.jsonl or ve_test.json", at: start)
    }
    guard isList == (members.pairID == nil) else {
      throw reader.badRecord(
        index, isList ? "\"pairID\" stands in a list without ids" : "\"pairID\" is missing",
        remedy: "all records of a file have a pairID, or none", at: start)
    }
    let id = members.pairID.map { SampleID.string($0) } ?? .int(index)
    if members.isExplained { explainedCount += 1 }
    if label == Self.undecided {
      unlabelled.append(id)
    } else {
      ids.append(id)
      images.append(image)
      labels.append(label)
      if takesSentences {
        guard let sentence = isList ? members.sentence : members.sentence2 else {
          throw reader.badRecord(
            index, "\"\(isList ? "sentence" : "sentence2")\" is missing",
            remedy: "a model is asked about it: give the file as published", at: start)
        }
        sentences.append(sentence)
      }
    }
    return id
  }

  /// What is read of one record.
  private struct Members {
    let takesSentences: Bool
    var sentence: String?
    var sentence2: String?
    var pairID: String?
    var image: String?
    var label: String?
    var labelName = ""
    var isExplained = false
    /// What else the first record has, for messages.
    private(set) var others: [String] = []

    init(takesSentences: Bool) { self.takesSentences = takesSentences }

    mutating func read(_ key: JSONKey, _ reader: inout JSONReader, _ index: Int) throws {
      switch key {
      case "pairID":
        if pairID != nil { throw reader.repeatedMember(key.string, in: index) }
        pairID = try reader.readString()
      case "Flickr30K_ID", "Flikr30kID", "image":
        if image != nil { throw reader.repeatedMember(key.string, in: index) }
        // Some derived files write the number.
        image = Self.photo(try reader.readID().description)
      case "gold_label", "label":
        if label != nil { throw reader.repeatedMember(key.string, in: index) }
        labelName = key.string
        label = try reader.readClass(
          labelName, of: EntailmentLabel.names + [SNLIVEPairs.undecided], index: index)
      case "sentence" where takesSentences:
        try reader.refuseSecond(sentence, key, in: index)
        sentence = try reader.readString()
      case "sentence2" where takesSentences:
        try reader.refuseSecond(sentence2, key, in: index)
        sentence2 = try reader.readString()
      default:
        let name = key.string
        if name.lowercased().hasPrefix("explanation") { isExplained = true }
        if index == 0 { others.append(name) }
        try reader.skip()
      }
    }

    private static func photo(_ name: String) -> String {
      name.hasSuffix(".jpg") ? String(name.dropLast(".jpg".count)) : name
    }
  }
}

extension SNLIVEPairs {
  /// How many pairs each class has.
  var classCounts: [String: Int] {
    labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// What a reader of the numbers must know of the file.
  var problems: [Problem] {
    var problems: [Problem] = []
    if isList {
      problems.append(
        Problem(
          code: "made_ids",
          message: "the list states no pairID: its records are numbered from 0 in its order, and "
            + "predictions must name these numbers",
          count: ids.count))
    }
    if !unlabelled.isEmpty {
      problems.append(
        Problem(
          code: "no_gold_label",
          message: "\(unlabelled.count) pairs have the label \"-\" (people did not agree) and are "
            + "not scored",
          count: unlabelled.count, examples: unlabelled.prefix(3).map(\.description)))
    }
    if explainedCount > 0 {
      problems.append(
        Problem(
          code: "re_release",
          message: "\(explainedCount) records explain their label: this is e-SNLI-VE, another data "
            + "set with corrected labels, and no number on it is one of SNLI-VE",
          count: explainedCount))
    }
    return problems
  }

  /// Labels that are not those of the release that published numbers stand on. Corrected re-releases
  /// (SNLI-VE-2.0, e-SNLI-VE) changed labels of the same pairs, or dropped pairs; the count of pairs
  /// tells the second, this the first.
  func otherLabels(than split: BenchmarkSplit) -> Problem? {
    guard let official = split.classes, ids.count == split.samples, classCounts != official else {
      return nil
    }
    func text(_ counts: [String: Int]) -> String {
      EntailmentLabel.names.map { "\(counts[$0] ?? 0) \($0)" }.joined(separator: ", ")
    }
    return Problem(
      code: "class_counts",
      message: "the classes have \(text(classCounts)) where the official file has "
        + "\(text(official)): a corrected re-release (SNLI-VE-2.0, e-SNLI-VE) is another data set",
      count: ids.count)
  }
}
