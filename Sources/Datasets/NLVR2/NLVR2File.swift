import Metrics
import Records

/// Statements about two images with their truth, in the order of a file.
struct NLVR2Examples {
  /// The classes as the official files write them.
  static let classes = ["True", "False"]

  /// Their identifiers, or their numbers in a list without.
  private(set) var ids: [SampleID] = []
  /// The image set of each.
  private(set) var imageSets: [String] = []
  /// The group of consistency of each; nil where a list names its images in another way.
  private(set) var groups: [String]? = []
  /// `True` or `False`.
  private(set) var labels: [String] = []
  /// The paths of the two images of each, left first.
  private(set) var images: [[String]] = []
  /// The statement of each; nil where a record of an official file has none.
  private(set) var statements: [String?] = []
  /// Whether the file is a list of the reference project, which has no identifiers.
  private(set) var isList = false

  /// The sentences of a list's image sets, by their bytes, numbered in the order of the list.
  private var sentences: [String: [[UInt8]: Int]] = [:]

  /// Reads official files (`identifier`, `label`) and lists of the reference project (`images`,
  /// `sentence`, `label`), each as a JSON list or as JSON Lines.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String) throws -> (NLVR2Examples, SourceFile) {
    try SourceFile.read(path, role: "annotations") { file in
      var examples = NLVR2Examples()
      let offsets = try RecordList.forEach(
        in: file, of: "example", example: #"{"identifier": "dev-850-0-0", "label": "True"}"#
      ) { reader, index in try examples.readRecord(&reader, index) }
      try RecordList.refuseRepeated(
        examples.ids, name: "identifier", offsets: offsets, in: file)
      return examples
    }
  }

  private mutating func readRecord(_ reader: inout JSONReader, _ index: Int) throws {
    let start = reader.offset
    var members = NLVR2Members()
    try reader.readObject { key, reader in try members.read(key, &reader, index) }
    if index == 0 { isList = members.identifier == nil && members.images != nil }
    func missing(_ name: String) -> DatasetError {
      reader.badRecord(
        index, "\"\(name)\" is missing\(RecordList.has(members.others))",
        remedy: "give dev.json, test1.json or test2.json of the data set, or a list of the "
          + "reference project", at: start)
    }
    guard let label = members.label else { throw missing("label") }
    if isList {
      guard members.identifier == nil else {
        throw reader.badRecord(
          index, "\"identifier\" stands in a list without",
          remedy: "all records of a file have an identifier, or none", at: start)
      }
      guard let images = members.images else { throw missing("images") }
      guard let sentence = members.sentence else { throw missing("sentence") }
      appendListed(images, sentence, index)
    } else {
      guard let text = members.identifier else { throw missing("identifier") }
      guard let identifier = NLVR2Identifier(text) else {
        throw reader.badRecord(
          index, "\"identifier\" must be split-set-pair-sentence",
          remedy: "the official files write it as dev-850-0-0", at: start)
      }
      ids.append(.string(text))
      imageSets.append(identifier.imageSet)
      groups?.append(identifier.group)
      images.append(members.images ?? identifier.images(directory: members.directory))
    }
    labels.append(label)
    statements.append(members.sentence)
  }

  /// A list's examples are numbered; set and sentence make their groups.
  private mutating func appendListed(_ names: [String], _ sentence: String, _ index: Int) {
    ids.append(.int(index))
    images.append(names)
    let own = Set(names.map(NLVR2Identifier.imageSet(ofImage:)))
    guard own.count == 1, let imageSet = own.first.flatMap({ $0 }) else {
      imageSets.append(names[0])
      groups = nil
      return
    }
    imageSets.append(imageSet)
    let bytes = Array(sentence.utf8)
    let known = sentences[imageSet, default: [:]]
    let number = known[bytes] ?? known.count
    sentences[imageSet, default: [:]][bytes] = number
    groups?.append("\(imageSet)--\(number)")
  }
}

/// What is read of one record.
private struct NLVR2Members {
  var identifier: String?
  var label: String?
  var images: [String]?
  var sentence: String?
  var directory: Int?
  /// What else the first record has, for messages.
  private(set) var others: [String] = []

  mutating func read(_ key: JSONKey, _ reader: inout JSONReader, _ index: Int) throws {
    switch key {
    case "identifier":
      if identifier != nil { throw reader.repeatedMember(key.string, in: index) }
      identifier = try reader.readString()
    case "label":
      if label != nil { throw reader.repeatedMember(key.string, in: index) }
      label = try Self.readLabel(&reader, index)
    case "images":
      if images != nil { throw reader.repeatedMember(key.string, in: index) }
      images = try Self.readImages(&reader, index)
    case "sentence":
      if sentence != nil { throw reader.repeatedMember(key.string, in: index) }
      sentence = try reader.readString()
    case "directory": directory = try reader.readInt()
    default:
      if index == 0 { others.append(key.string) }
      try reader.skip()
    }
  }

  /// The official script ignores the case of labels too.
  private static func readLabel(_ reader: inout JSONReader, _ index: Int) throws -> String {
    let before = reader
    if try reader.peek() == .string {
      let text = try reader.readString()
      if let known = NLVR2Examples.classes.first(where: { NLVR2Accuracy.isSameWord($0, text) }) {
        return known
      }
    }
    throw before.badRecord(
      index, "\"label\" must be \"True\" or \"False\", found \(before.foundText())",
      remedy: "the file is not as published")
  }

  private static func readImages(_ reader: inout JSONReader, _ index: Int) throws -> [String] {
    let start = reader.offset
    var images: [String] = []
    try reader.readArray { reader in
      if images.count > 2 { try reader.skip() } else { images.append(try reader.readString()) }
    }
    guard images.count == 2, !images.contains("") else {
      throw reader.badRecord(
        index, "\"images\" must name two images, left and right",
        remedy: "the list is not one of NLVR2", at: start)
    }
    return images
  }
}
