import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// The files of NLVR2 in all their forms.
@Suite struct NLVR2Tests {
  private static func example(_ id: String, _ label: String = "True") -> String {
    #"{"validation": {"61": "False"}, "sentence": "A dog.", "left_url": "http://x", "label": "#
      + #""\#(label)", "right_url": "http://y", "synset": "s", "query": "q", "identifier": "\#(id)","#
      + #" "extra_validations": {"154": "False"}}"#
  }

  private func references(_ text: String) throws -> ReferenceSet {
    let scratch = try TemporaryFolder()
    return try NLVR2.references(in: [try scratch.write("f.json", text)], label: "custom")
  }

  private func labels(_ set: ReferenceSet) throws -> LabelReferences {
    guard case .labels(let labels) = set.content else { throw CocoaError(.fileReadCorruptFile) }
    return labels
  }

  @Test func officialFormsAsLinesAndAsAList() throws {
    let records = [
      Self.example("dev-850-0-0"), Self.example("dev-850-3-1", "False"),
      Self.example("dev-850-2-0", "false"), Self.example("dev-9-0-0"),
    ]
    for text in [
      records.joined(separator: "\n"), "[" + records.joined(separator: ",\n") + "]\n",
      "\u{FEFF}" + records.joined(separator: "\r\n") + "\r\n\r\n",
    ] {
      let set = try references(text)
      let labels = try labels(set)
      #expect(labels.ids == ["dev-850-0-0", "dev-850-3-1", "dev-850-2-0", "dev-9-0-0"])
      #expect(labels.labels == ["True", "False", "False", "True"])
      #expect(labels.classes == ["True", "False"])
      #expect(labels.groups == ["dev-850--0", "dev-850--1", "dev-850--0", "dev-9--0"])
      #expect(labels.clusters == ["dev-850", "dev-850", "dev-850", "dev-9"])
      #expect(set.problems.isEmpty)
    }
  }

  @Test func imagesOfAnIdentifier() throws {
    let dev = try #require(NLVR2Identifier("dev-850-3-1"))
    #expect(dev.images(directory: nil) == ["dev/dev-850-3-img0.png", "dev/dev-850-3-img1.png"])
    #expect(dev.imageSet == "dev-850" && dev.group == "dev-850--1")
    // Training images lie in numbered folders.
    let train = try #require(NLVR2Identifier("train-10171-0-0"))
    #expect(train.images(directory: 71)[1] == "train/71/train-10171-0-img1.png")
    for text in [
      "", "dev", "dev-850-0", "dev-850-0-0-0", "dev--0-0", "dev-850-0-", "-850-0-0", "dev-8,5-0-0",
      "dev-850-x-0", "dev-850-0-0.png", " dev-850-0-0", "d v-850-0-0", "dév-850-0-0", "dev-850-0-٣",
    ] {
      #expect(NLVR2Identifier(text) == nil, "\(text)")
    }
    #expect(NLVR2Identifier.imageSet(ofImage: "dev/dev-850-3-img1.png") == "dev-850")
    #expect(NLVR2Identifier.imageSet(ofImage: "train-1-0-img0.jpg") == "train-1")
    for path in ["", "/", "a.png", "dev-850-3.png", "dev-850-3-img2.png", "dev-850-3-img0"] {
      #expect(NLVR2Identifier.imageSet(ofImage: path) == nil, "\(path)")
    }
  }

  private static func listed(_ pair: String, _ sentence: String, _ label: String = "True") -> String
  {
    #"{"images": ["dev/\#(pair)-img0.png", "dev/\#(pair)-img1.png"], "sentence": "\#(sentence)","#
      + #" "label": "\#(label)"}"#
  }

  /// Sentences are told apart by their bytes: the two spellings of an accent are two sentences.
  @Test func listsAreNumberedAndGroupedBySetAndSentence() throws {
    let set = try references(
      "["
        + [
          Self.listed("dev-76-1", "Some dogs."), Self.listed("dev-76-2", "Caf\u{E9}.", "False"),
          Self.listed("dev-76-0", "Some dogs."), Self.listed("dev-76-1", "Cafe\u{301}."),
          Self.listed("dev-8-0", "Some dogs."),
        ].joined(separator: ", ") + "]")
    let labels = try labels(set)
    #expect(labels.ids == [0, 1, 2, 3, 4])
    #expect(labels.clusters == ["dev-76", "dev-76", "dev-76", "dev-76", "dev-8"])
    let groups = try #require(labels.groups)
    #expect(groups[0] == groups[2])
    #expect(Set(groups).count == 4)
    #expect(set.problems.map(\.code) == ["made_ids"])
    #expect(set.problems[0].message.hasSuffix("groups are image set and sentence"))
  }

  @Test func listsWithOtherImageNamesHaveNoGroups() throws {
    let set = try references(
      #"[{"images": ["a/1.png", "a/2.png"], "sentence": "s", "label": "True"},"#
        + Self.listed("dev-76-1", "s") + "]")
    let labels = try labels(set)
    #expect(labels.groups == nil)
    #expect(labels.clusters == ["a/1.png", "dev-76"])
    #expect(set.problems[0].message.hasSuffix("groups are not known"))
    // Two images of different sets are no pair.
    let mixed = try references(
      #"[{"images": ["dev-1-0-img0.png", "dev-2-0-img1.png"], "sentence": "s", "label": "True"}]"#)
    #expect(try self.labels(mixed).groups == nil)
  }

  private static let wrong: [(text: String, says: String)] = [
    ("", "holds no example"), ("[]", "holds no example"),
    (example("dev-1-0-0") + "\n" + example("dev-1-0-0"), ":2: identifier dev-1-0-0 occurs twice"),
    (example("dev-1-0-0", "maybe"), "\"label\" must be \"True\" or \"False\", found a string"),
    (#"{"identifier": "dev-1-0-0", "label": true}"#, "must be \"True\" or \"False\", found true"),
    (#"{"identifier": "dev-1-0-0", "label": null}"#, "found null"),
    (
      #"{"identifier": "dev-1-0-0", "prediction": "True"}"#,
      "\"label\" is missing (it has prediction)"
    ),
    (#"{"identifier": "dev-1-0", "label": "True"}"#, "must be split-set-pair-sentence"),
    (#"{"identifier": 7, "label": "True"}"#, "expected a string"),
    (#"{"label": "True", "sentence": "s"}"#, "\"identifier\" is missing"),
    (#"{"label": "True", "label": "True"}"#, "stands twice in one record"),
    (#"[{"images": ["a"], "sentence": "s", "label": "True"}]"#, "must name two images"),
    (#"[{"images": ["a", "b", "c"], "sentence": "s", "label": "True"}]"#, "must name two images"),
    (#"[{"images": ["a", ""], "sentence": "s", "label": "True"}]"#, "must name two images"),
    (#"[{"images": "a", "sentence": "s", "label": "True"}]"#, "expected an array"),
    (#"[{"images": ["a", "b"], "label": "True"}]"#, "\"sentence\" is missing"),
    (
      "[" + listed("dev-1-0", "s") + "," + example("dev-1-0-0") + "]",
      "record 1: \"identifier\" stands in a list without"
    ),
    (example("dev-1-0-0") + "\n" + listed("dev-1-0", "s"), "record 1: \"identifier\" is missing"),
    (example("dev-1-0-0").dropLast(20) + "", "truncated"),
    ("[" + example("dev-1-0-0") + ",", "truncated"), ("dev-1-0-0,True\n", "expected"),
    ("<html></html>", "web page"), (#"[["a", "True"]]"#, "expected an object, found an array"),
  ]

  @Test(arguments: wrong.indices)
  func wrongFiles(_ index: Int) throws {
    let (text, says) = Self.wrong[index]
    let error = #expect(throws: (any Error).self) { try references(text) }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains(says), "\(message)")
    #expect(!message.contains("\n"))
  }

  @Test func severalFilesAreOneSet() throws {
    let scratch = try TemporaryFolder()
    let first = try scratch.write("1.json", Self.example("dev-1-0-0"))
    let second = try scratch.write("2.json", Self.example("test1-1-0-0"))
    let list = try scratch.write("3.json", "[" + Self.listed("dev-1-0", "s") + "]")
    let set = try NLVR2.references(in: [first, second], label: "custom")
    #expect(try labels(set).groups == ["dev-1--0", "test1-1--0"])
    for (paths, says) in [
      ([first, first], "dev-1-0-0 in several"), ([first, list], "give one list alone"),
    ] {
      let error = #expect(throws: DatasetError.self) {
        try NLVR2.references(in: paths, label: "custom")
      }
      #expect(error?.description.contains(says) == true)
    }
  }

  @Test func splitsUnderAFolder() throws {
    let scratch = try TemporaryFolder()
    let card = try BenchmarkRegistry.card(named: "nlvr2")
    let folder = DataFolder(path: scratch.path, folders: card.folders)
    func ids(_ split: String) throws -> [SampleID] {
      try NLVR2.references(under: folder, split: try #require(card.split(named: split))).ids
    }
    let error = #expect(throws: DatasetError.self) { try ids("test-P") }
    #expect(error?.description.contains("looked for test1.json or nlvr_test.json in") == true)
    try scratch.write("reference_lists/nlvr_test.json", "[" + Self.listed("test1-1-0", "s") + "]")
    #expect(try ids("test-P") == [0])
    for (path, id) in [
      ("nlvr2/data/dev.json", "dev-1-0-0"), ("nlvr2/data/test1.json", "test1-1-0-0"),
      ("nlvr2/data/test2.json", "test2-1-0-0"),
      ("nlvr2/data/balanced/balanced_dev.json", "dev-2-0-0"),
      ("nlvr2/data/unbalanced/unbalanced_dev.json", "dev-3-0-0"),
      ("nlvr2/data/balanced/balanced_test1.json", "test1-2-0-0"),
      ("nlvr2/data/unbalanced/unbalanced_test1.json", "test1-3-0-0"),
    ] {
      try scratch.write(path, Self.example(id))
    }
    #expect(
      try card.splitNames.map { try ids($0)[0] } == [
        "dev-1-0-0", "test1-1-0-0", "test2-1-0-0", "dev-2-0-0", "dev-3-0-0", "test1-2-0-0",
        "test1-3-0-0",
      ])
    #expect(Set(card.splits.map(\.label)).count == card.splits.count)
  }

  @Test func mediaAreTwoImagesAPair() throws {
    let scratch = try TemporaryFolder()
    let card = try BenchmarkRegistry.card(named: "nlvr2")
    let folder = DataFolder(path: scratch.path, folders: card.folders)
    let split = try #require(card.split(named: "dev"))
    let paths = [
      "dev/dev-1-0-img0.png", "dev/dev-1-0-img1.png", "dev/dev-1-2-img0.png",
      "dev/dev-1-2-img1.png",
    ]
    try scratch.write("nlvr_dev.json", "[\(Self.listed("dev-1-0", "s"))]")
    #expect(try NLVR2.media(under: folder, split: split).map(\.path) == Array(paths.prefix(2)))
    try scratch.write(
      "data/dev.json",
      ["dev-1-0-0", "dev-1-2-0", "dev-1-0-1"].map { Self.example($0) }.joined(separator: "\n"))
    let media = try NLVR2.media(under: folder, split: split)
    #expect(media.map(\.path) == paths)
    #expect(media[1].id == "dev-1-0-img1" && media[1].kind == .image)
    try scratch.write(
      "data/dev.json",
      #"{"identifier": "train-10171-0-0", "label": "True", "directory": 71}"#)
    #expect(
      try NLVR2.media(under: folder, split: split).map(\.path)
        == ["train/71/train-10171-0-img0.png", "train/71/train-10171-0-img1.png"])
  }
}
