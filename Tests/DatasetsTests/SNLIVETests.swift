import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// The files of SNLI-VE in all their forms.
@Suite struct SNLIVETests {
  private static func pair(
    _ id: String, _ label: String, image: String = "100", key: String = "Flickr30K_ID"
  ) -> String {
    #"{"\#(key)": "\#(image)", "annotator_labels": ["neutral", "entailment"], "captionID": "x","#
      + #" "gold_label": "\#(label)", "pairID": "\#(id)", "sentence1": "A premise.","#
      + #" "sentence1_parse": "(ROOT (S))", "sentence2": "A sentence."}"#
  }

  private func references(_ text: String) throws -> ReferenceSet {
    let scratch = try TemporaryFolder()
    return try SNLIVE.references(in: [try scratch.write("f.jsonl", text)], label: "custom")
  }

  private func labels(_ set: ReferenceSet) throws -> LabelReferences {
    guard case .labels(let labels) = set.content else { throw CocoaError(.fileReadCorruptFile) }
    return labels
  }

  private static func split(_ name: String) throws -> (BenchmarkCard, BenchmarkSplit) {
    let card = try BenchmarkRegistry.card(named: "snli-ve")
    return (card, try #require(card.split(named: name)))
  }

  @Test func officialFormsAsLinesAndAsAList() throws {
    let records = [
      Self.pair("2.jpg#0r1e", "entailment", image: "2"),
      Self.pair("1.jpg#0r1n", "neutral", image: "1.jpg", key: "Flikr30kID"),
      Self.pair("2.jpg#0r1c", "contradiction", image: "2.jpg"),
    ]
    for text in [
      records.joined(separator: "\n"), "[" + records.joined(separator: ",\n") + "]\n",
      "\u{FEFF}" + records.joined(separator: "\r\n") + "\r\n\r\n",
    ] {
      let set = try references(text)
      let labels = try labels(set)
      #expect(labels.ids == ["2.jpg#0r1e", "1.jpg#0r1n", "2.jpg#0r1c"])
      // Pairs of one photo are resampled together, whether or not its name ends in .jpg.
      #expect(labels.clusters == ["2", "1", "2"])
      #expect(labels.labels == ["entailment", "neutral", "contradiction"])
      #expect(labels.classes == ["contradiction", "neutral", "entailment"])
      #expect(labels.groups == nil)
      #expect(set.problems.isEmpty)
    }
  }

  /// `String` compares by canonical equivalence and would refuse the second as a repetition.
  @Test func idsThatDifferInCodePointsAloneAreTwo() throws {
    let labels = try labels(
      references(
        [Self.pair("caf\u{E9}", "neutral"), Self.pair("cafe\u{301}", "entailment")]
          .joined(separator: "\n")))
    #expect(labels.ids.count == 2)
    #expect(labels.ids[0] != labels.ids[1])
    #expect(labels.labels == ["neutral", "entailment"])
  }

  @Test func imagesWrittenAsNumbers() throws {
    let text = #"{"pairID": "a", "gold_label": "neutral", "Flikr30kID": 5840087663}"#
    #expect(try labels(references(text)).clusters == ["5840087663"])
  }

  @Test func pairsWithoutAMajorityAreCountedAndNotScored() throws {
    let set = try references(
      [Self.pair("a", "neutral"), Self.pair("b", "-"), Self.pair("c", "entailment")]
        .joined(separator: "\n"))
    let labels = try labels(set)
    #expect(labels.ids == ["a", "c"])
    #expect(labels.unlabelled == ["b"])
    #expect(set.count == 2)
    #expect(set.problems.map(\.code) == ["no_gold_label"])
    #expect(set.problems[0].count == 1 && set.problems[0].examples == ["b"])
    let error = #expect(throws: DatasetError.self) { try references(Self.pair("b", "-")) }
    #expect(error?.description.contains("holds no pair with a class") == true)
  }

  /// The numbers are those of the records, whether or not a pair is scored.
  @Test func listsHaveMadeIDs() throws {
    let set = try references(
      #"[{"sentence": "a", "label": "neutral", "image": "7"},"#
        + #" {"sentence": "b", "label": "-", "image": "8"},"#
        + #" {"sentence": "c", "label": "entailment", "image": "8"}]"#)
    let labels = try labels(set)
    #expect(labels.ids == [0, 2])
    #expect(labels.unlabelled == [1])
    #expect(labels.clusters == ["7", "8"])
    #expect(set.problems.map(\.code) == ["made_ids", "no_gold_label"])
  }

  private static let wrong: [(text: String, says: String)] = [
    ("", "holds no pair"), ("[]", "holds no pair"),
    (pair("a", "neutral") + "\n" + pair("a", "neutral"), ":2: pairID a occurs twice, in records 0"),
    (pair("a", "entailmant"), "did you mean entailment? the classes are contradiction, neutral"),
    (pair("a", "yes"), "\"gold_label\" must be a class, found a string \"yes\"; the classes are"),
    (pair("a", "Neutral"), "did you mean neutral?"),
    (
      #"{"pairID": "a", "gold_label": 1, "Flickr30K_ID": "1"}"#,
      "must be a string, found the number"
    ),
    (#"{"pairID": "a", "gold_label": null, "Flickr30K_ID": "1"}"#, "must be a string, found null"),
    (#"{"pairID": "a", "Flickr30K_ID": "1", "x": 1}"#, "\"gold_label\" is missing (it has x)"),
    (#"{"pairID": "a", "gold_label": "neutral"}"#, "\"Flickr30K_ID\" is missing"),
    (#"{"pairID": 7, "gold_label": "neutral", "Flickr30K_ID": "1"}"#, "expected a string"),
    (#"{"gold_label": "neutral", "Flickr30K_ID": "1"}"#, "\"pairID\" is missing"),
    (#"{"gold_label": "neutral", "gold_label": "neutral"}"#, "stands twice in one record"),
    (
      #"{"pairID": "a", "gold_label": "neutral", "Flickr30K_ID": "1", "Flikr30kID": "1"}"#,
      "\"Flikr30kID\" stands twice"
    ),
    (#"[{"id": "a", "label": "neutral"}]"#, "\"image\" is missing (it has id)"),
    (
      #"[{"label": "neutral", "image": "1"}, {"label": "neutral", "image": "1", "pairID": "a"}]"#,
      "record 1: \"pairID\" stands in a list without ids"
    ),
    (
      pair("a", "neutral") + "\n" + #"{"gold_label": "neutral", "image": "1"}"#,
      "record 1: \"pairID\""
    ),
    (pair("a", "neutral").dropLast(20) + "", "truncated"),
    ("[" + pair("a", "neutral") + ",", "truncated"),
    ("pairID,gold_label\na,neutral\n", "expected"), ("<html></html>", "web page"),
    (#"[["a", "neutral"]]"#, "expected an object, found an array"),
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
    let first = try scratch.write("1.jsonl", Self.pair("a", "neutral"))
    let second = try scratch.write("2.jsonl", Self.pair("b", "entailment"))
    let list = try scratch.write("3.json", #"[{"label": "neutral", "image": "1"}]"#)
    let set = try SNLIVE.references(in: [first, second], label: "custom")
    #expect(set.ids == ["a", "b"])
    #expect(set.files.map(\.path) == [first, second])
    for (paths, says) in [
      ([first, first], "pair a in several"), ([first, list], "give one list alone"),
      ([list, list], "give one list alone"),
    ] {
      let error = #expect(throws: DatasetError.self) {
        try SNLIVE.references(in: paths, label: "custom")
      }
      #expect(error?.description.contains(says) == true)
    }
  }

  @Test func filesOfASplitUnderAFolder() throws {
    let scratch = try TemporaryFolder()
    let (card, split) = try Self.split("val")
    let folder = DataFolder(path: scratch.path, folders: card.folders)
    let error = #expect(throws: DatasetError.self) {
      try SNLIVE.references(under: folder, split: split)
    }
    #expect(error?.description.contains("looked for snli_ve_dev.jsonl or ve_dev.json in") == true)
    try scratch.write("reference_lists/ve_dev.json", #"[{"label": "neutral", "image": "5"}]"#)
    let list = try SNLIVE.references(under: folder, split: split)
    #expect(list.ids == [0])
    #expect(list.label == "snli-ve-dev")
    // The official file is preferred.
    try scratch.write("SNLI-VE/data/snli_ve_dev.jsonl", Self.pair("a", "neutral", image: "5.jpg"))
    #expect(try SNLIVE.references(under: folder, split: split).ids == ["a"])
    let media = try SNLIVE.media(under: folder, split: split)
    #expect(media == [MediaReference(id: "5", path: "5.jpg", kind: .image)])
    #expect(card.mediaFolders?.contains("flickr30k-images") == true)
    #expect(card.mediaFolders?.contains("flickr30k_images") == true)
  }

  @Test func theImagesAreThoseOfTheEntitiesList() throws {
    let scratch = try TemporaryFolder()
    let (card, split) = try Self.split("test")
    let folder = DataFolder(path: scratch.path, folders: card.folders)
    try scratch.write(
      "snli_ve/snli_ve_test.jsonl",
      [Self.pair("a", "neutral", image: "1"), Self.pair("b", "neutral", image: "2.jpg")]
        .joined(separator: "\n"))
    let list = "flickr30k/entities_split/test.txt"
    func problems(_ text: String) throws -> [Problem] {
      try scratch.write(list, text)
      return try SNLIVE.references(under: folder, split: split).problems
    }
    #expect(try SNLIVE.references(under: folder, split: split).problems.isEmpty)
    #expect(try problems("2\n1\n").isEmpty)
    #expect(try problems("1.jpg\r\n2\r\n\r\n").isEmpty)
    let foreign = try problems("1\n3\n4\n")
    #expect(foreign.map(\.code) == ["entities_split"])
    #expect(foreign[0].count == 3)
    #expect(foreign[0].examples == ["2", "3", "4"])
    #expect(foreign[0].message.hasPrefix("1 of 2 images are not in the Entities list "))
    #expect(foreign[0].message.contains("and 2 of its 3 have no pair"))
    // It is a check: numbers on the same pairs keep their signature.
    let with = try SNLIVE.references(under: folder, split: split)
    #expect(with.files.count == 1)
    for (text, says) in [
      ("1\nval2014/a.jpg 2\n", ":2:1: expected one photo id"), ("x\n", ":1:1:"),
      ("1.png\n", ":1:1:"), ("\n \n", "holds no photo"),
    ] {
      let error = #expect(throws: DatasetError.self) { try problems(text) }
      #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
    }
  }

  /// Re-releases with corrected labels show in explanations, in the counts of classes, or in the
  /// count of pairs, which every benchmark checks.
  @Test func reReleasesAreNoticed() throws {
    let explained = try references(
      #"{"pairID": "a", "gold_label": "neutral", "Flikr30kID": "1", "Explanation_1": "Because."}"#)
    #expect(explained.problems.map(\.code) == ["re_release"])
    let scratch = try TemporaryFolder()
    let (card, split) = try Self.split("val")
    let folder = DataFolder(path: scratch.path, folders: card.folders)
    func problems(_ counts: [String: Int]) throws -> [Problem] {
      var lines: [String] = []
      for (label, count) in counts {
        for _ in 0..<count {
          lines.append(
            #"{"pairID":"\#(lines.count)","gold_label":"\#(label)","Flickr30K_ID":"1"}"#)
        }
      }
      try scratch.write("snli_ve_dev.jsonl", lines.joined(separator: "\n"))
      return try SNLIVE.references(under: folder, split: split).problems
    }
    var counts = try #require(split.classes)
    #expect(try problems(counts).isEmpty)
    counts["neutral", default: 0] -= 40
    counts["entailment", default: 0] += 40
    let other = try problems(counts)
    #expect(other.map(\.code) == ["class_counts"])
    #expect(
      other[0].message.hasPrefix(
        "the classes have 5939 contradiction, 5920 neutral, 5999 entailment where the official "
          + "file has 5939 contradiction, 5960 neutral, 5959 entailment"), "\(other[0].message)")
  }
}
