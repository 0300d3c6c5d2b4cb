import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// Annotation files of VATEX.
@Suite struct VATEXTests {
  private func request(_ split: String, under folder: String) throws -> ReferenceRequest {
    let card = try BenchmarkRegistry.card(named: "vatex-caption")
    return ReferenceRequest(
      card: card, split: card.split(named: split),
      source: .data(DataFolder(path: folder, folders: card.folders)))
  }

  private func set(_ split: String, under folder: String) throws -> ReferenceSet {
    try VATEX.references(for: try request(split, under: folder))
  }

  private func captions(_ set: ReferenceSet) throws -> CaptionReferences {
    guard case .captions(let captions) = set.content else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return captions
  }

  private static let validation =
    #"[{"videoID": "_a-B_000001_000011", "enCap": ["One  two", "three ."], "chCap": ["一"]},"#
    + #" {"videoID": "--c_000002_000012", "enCap": ["é"]}]"#

  @Test func captionsAreUnchanged() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("vatex/vatex_validation_v1.0.json", Self.validation)
    let set = try set("val", under: scratch.path)
    let read = try captions(set)
    #expect(read.ids == ["_a-B_000001_000011", "--c_000002_000012"])
    #expect(read.captions == [["One  two", "three ."], ["é"]])
    #expect(read.letterCase == "raw")
    #expect(set.label == "vatex-validation")
    #expect(set.problems.isEmpty)
    let (card, split) = try BenchmarkName("vatex-caption/val").resolve()
    let media = try VATEX.media(
      under: DataFolder(path: scratch.path, folders: card.folders), split: try #require(split))
    #expect(media.map(\.path) == ["_a-B_000001_000011.mp4", "--c_000002_000012.mp4"])
    #expect(media.allSatisfy { $0.kind == .video })
  }

  @Test func privateTest() throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write(
      "vatex_private_test_without_annotations.json",
      #"[{"videoID": "a_000000_000010"}, {"videoID": "b_000000_000010"}]"#)
    guard case .hidden(let ids) = try set("private-test", under: scratch.path).content else {
      Issue.record("not hidden")
      return
    }
    #expect(ids == ["a_000000_000010", "b_000000_000010"])
    let error = #expect(throws: DatasetError.self) {
      try VATEX.references(in: [path], label: "x")
    }
    #expect(error?.description.contains("found clips alone") == true)
    #expect(error?.description.contains("vatex-caption/private-test") == true)
  }

  @Test func listsOfTheReferenceProject() throws {
    let scratch = try TemporaryFolder()
    for key in ["gold_captoin", "gold_caption"] {
      let path = try scratch.write(
        "result.json",
        "[{\"vid\": \"a_000000_000010\", \"pred_caption\": \"x .\", \"\(key)\": [\"y\", \"z\"]}]")
      let read = try captions(VATEX.references(in: [path], label: "x"))
      #expect(read.ids == ["a_000000_000010"])
      #expect(read.captions == [["y", "z"]])
      let predictions = try VATEX.predictions(at: path)
      #expect(predictions.ids == read.ids)
      #expect(predictions.texts == ["x ."])
    }
  }

  @Test func severalFiles() throws {
    let scratch = try TemporaryFolder()
    let first = try scratch.write("a.json", Self.validation)
    let second = try scratch.write("b.json", #"[{"videoID": "z", "enCap": ["q"]}]"#)
    let both = try VATEX.references(in: [first, second], label: "x")
    #expect(both.ids == ["_a-B_000001_000011", "--c_000002_000012", "z"])
    #expect(both.problems.isEmpty)
  }

  /// As in the reference: each record is a sample, with the clip's one caption.
  @Test func aClipInSeveralRecords() throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write(
      "a.json",
      #"[{"videoID": "a", "enCap": ["x"]}, {"videoID": "b", "enCap": ["y"]},"#
        + #" {"videoID": "a", "enCap": ["z"]}]"#)
    let set = try VATEX.references(in: [path], label: "x")
    #expect(set.ids == ["a", "b", "a"])
    #expect(try captions(set).captions == [["x"], ["y"], ["z"]])
    let problem = try #require(set.problems.first)
    #expect(problem.code == "repeated_clips" && problem.count == 1 && problem.examples == ["a"])
    #expect(try VATEX.references(in: [path, path], label: "x").problems.first?.count == 4)
    let submission = try #require(VATEX.submission)
    let written = scratch("submission.json")
    try submission.write(
      ids: set.ids, predictions: [.text("1"), .text("2"), .text("1")], to: written)
    #expect(try VATEX.predictions(at: written).ids == ["a", "b"])

    let hidden = try scratch.write(
      "vatex_private_test_without_annotations.json", #"[{"videoID": "a"}, {"videoID": "a"}]"#)
    let error = #expect(throws: DatasetError.self) {
      try self.set("private-test", under: scratch.path)
    }
    #expect(
      error?.description.hasPrefix("\(hidden):1: videoID a occurs twice, in records 0 and 1")
        == true)
  }

  @Test(arguments: [
    ("", ": holds no clip"), ("[]", ": holds no clip"),
    ("[7]", ":1:2: record 0: expected an object"),
    (#"[{"videoID": "a", "enCap": ["x"]}"#, ":1:34: "),
    (#"[{"videoID": "a", "enCap": ["x"]"#, ":1:33: "),
    (#"[{"videoID": "a", "enCap": []}]"#, ":1:28: record 0: \"enCap\" is empty"),
    (#"[{"videoID": "a", "enCap": "x"}]"#, ":1:28: expected an array"),
    (#"[{"videoID": "a", "enCap": ["x", 1]}]"#, ":1:34: expected a string"),
    (#"[{"videoID": 1, "enCap": ["x"]}]"#, ":1:14: expected a string"),
    (
      #"[{"id": "a", "enCap": ["x"]}]"#, ":1:2: record 0: \"videoID\" is missing (it has id)"
    ),
    (
      #"[{"videoID": "a", "videoID": "a", "enCap": ["x"]}]"#,
      ":1:30: record 0: \"videoID\" stands twice"
    ),
    (
      #"[{"videoID": "a", "enCap": ["x"], "enCap": ["x"]}]"#,
      ":1:44: record 0: \"enCap\" stands twice"
    ),
    (
      #"[{"videoID": "a", "enCap": ["x"]}, {"videoID": "b"}]"#,
      ":1:36: record 1: \"enCap\" is missing"
    ),
    (
      #"[{"videoID": "a", "chCap": ["一"]}]"#,
      ": expected English captions, found Chinese ones alone"
    ),
    (#"{"annotations": [], "images": []}"#, ":1:1: record 0: \"videoID\" is missing (it has annot"),
    ("<html>", ":1:1: this is a web page"),
  ])
  func badAnnotations(_ content: String, _ says: String) throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("vatex_public_test_english_v1.1.json", content)
    for read in [
      { _ = try VATEX.references(in: [path], label: "x") } as () throws -> Void,
      { _ = try set("test", under: scratch.path) },
    ] {
      let error = #expect(throws: (any Error).self) { try read() }
      let text = error.map { "\($0)" } ?? ""
      #expect(text.hasPrefix(path + says), "\(text)")
    }
  }

  @Test func nothingThere() throws {
    let scratch = try TemporaryFolder()
    for (split, what) in [
      ("test", "the captions of test"), ("private-test", "the clips of private"),
    ] {
      let error = #expect(throws: DatasetError.self) { try set(split, under: scratch.path) }
      guard case .missingFiles? = error else {
        Issue.record("\(error?.description ?? "")")
        continue
      }
      #expect(error?.description.hasPrefix(what) == true)
    }
  }

  @Test func everyCutOfAFile() throws {
    let scratch = try TemporaryFolder()
    for length in 0..<Self.validation.unicodeScalars.count {
      let path = try scratch.write(
        "cut.json", String(String.UnicodeScalarView(Self.validation.unicodeScalars.prefix(length))))
      #expect(throws: (any Error).self) { try VATEX.references(in: [path], label: "x") }
    }
  }

  @Test func officialCounts() throws {
    let card = try BenchmarkRegistry.card(named: "vatex-caption")
    #expect(card.splitNames == ["test", "val", "private-test"])
    #expect(card.splits.map(\.samples) == [6000, 3000, 6278])
    #expect(card.splits.map(\.answers) == [.public, .public, .hidden])
  }
}
