import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// Prediction files with classes: SNLI-VE's records, NLVR2's lines and records.
@Suite struct LabelPredictionTests {
  private func read(
    _ dataset: any Dataset.Type, _ content: Data
  ) throws -> PredictionFile {
    let scratch = try TemporaryFolder()
    return try dataset.predictions(at: try scratch.write("p", content))
  }

  private func read(_ dataset: any Dataset.Type, _ text: String) throws -> PredictionFile {
    try read(dataset, Data(text.utf8))
  }

  @Test func entailmentLabelsAndLogits() throws {
    let file = try read(
      SNLIVE.self,
      #"[{"id": "a", "label": "entailment"}, {"logits": [1, -2.5, 1e-3], "id": 7},"#
        + #" {"id": "b", "logits": [0, 0.5, 0.5], "sentence": "s"},"#
        + #" {"id": "c", "logits": [0, 0, 1], "label": "entailment"}]"#)
    #expect(file.ids == ["a", 7, "b", "c"])
    #expect(file.texts == ["entailment", "contradiction", "neutral", "entailment"])
    #expect(file.problems.map(\.code) == ["tied_logits"])
    #expect(file.problems[0].count == 1 && file.problems[0].examples == ["b"])
    let lines = try read(SNLIVE.self, "{\"id\": 1, \"label\": \"neutral\"}\n")
    #expect(lines.ids == [1] && lines.texts == ["neutral"] && lines.problems.isEmpty)
  }

  private static let wrongEntailment: [(text: String, says: String)] = [
    (
      #"[{"id": 1, "label": "entails"}]"#, "did you mean entailment? the classes are contradiction,"
    ),
    (#"[{"id": 1, "label": "contradict"}]"#, ":1:21: record 0: \"label\" must be a class, found a"),
    (#"[{"id": 1, "label": "Entailment"}]"#, "did you mean entailment?"),
    (#"[{"id": 1, "label": "yes"}]"#, "; the classes are contradiction, neutral, entailment"),
    (#"[{"id": 1, "label": "-"}]"#, "must be a class, found a string \"-\""),
    (#"[{"id": 1, "label": ""}]"#, "must be a class, found a string \"\""),
    (#"[{"id": 1, "label": 2}]"#, "\"label\" must be a string, found the number 2"),
    (#"[{"id": 1, "label": null}]"#, "\"label\" must be a string, found null"),
    (#"[{"id": 1.5, "label": "neutral"}]"#, "\"id\" must be an integer or a string, found"),
    (#"[{"id": null, "label": "neutral"}]"#, "\"id\" must be an integer or a string, found null"),
    (#"[{"label": "neutral", "pairID": "a"}]"#, "\"id\" is missing (it has pairID)"),
    (#"[{"id": 1}]"#, "\"label\" is missing"),
    (#"[{"id": 1, "id": 1, "label": "neutral"}]"#, "\"id\" stands twice in one record"),
    (#"[{"id": 1, "label": "neutral", "label": "neutral"}]"#, "\"label\" stands twice"),
    (#"[{"id": 1, "logits": [1, 2, 3], "logits": [1, 2, 3]}]"#, "\"logits\" stands twice"),
    (#"[{"id": 1, "logits": [1, NaN, 3]}]"#, "NaN is not JSON"),
    (#"[{"id": 1, "logits": [1, -Infinity, 3]}]"#, "Infinity is not JSON"),
    (#"[{"id": 1, "logits": [1, null, 3]}]"#, "expected a number, found null"),
    (#"[{"id": 1, "logits": [1, "2", 3]}]"#, "expected a number, found a string"),
    (#"[{"id": 1, "logits": [1, 2, 1e999]}]"#, "too large"),
    (#"[{"id": 1, "logits": [1, 2]}]"#, "\"logits\" must be 3 numbers, found 2"),
    (#"[{"id": 1, "logits": []}]"#, "\"logits\" must be 3 numbers, found 0"),
    (#"[{"id": 1, "logits": [1, 2, 3, 4, "x", 6]}]"#, "\"logits\" must be 3 numbers, found more"),
    (#"[{"id": 1, "logits": 3}]"#, "\"logits\" must be a list of numbers, found the number 3"),
    (
      #"[{"id": 1, "logits": [0, 0, 1], "label": "neutral"}]"#, "say different things (the greatest"
    ),
    (#"[{"id": 1, "label": "neutral"}, {"id": 1, "label": "neutral"}]"#, "id 1 occurs twice"),
    (#"[{"gold_label": "neutral"}]"#, "found an annotation file (it has \"gold_label\")"),
    (#"[["a", "neutral"]]"#, "expected an object, found an array"),
    (#"[{"id": 1, "label": "neut"#, "truncated"), ("", "holds no label"), ("[]", "holds no label"),
    ("a,neutral\n", "expected"),
  ]

  @Test(arguments: wrongEntailment.indices)
  func wrongEntailmentFiles(_ index: Int) throws {
    let (text, says) = Self.wrongEntailment[index]
    try expectError(SNLIVE.self, Data(text.utf8), says)
  }

  private func expectError(
    _ dataset: any Dataset.Type, _ content: Data, _ says: String
  ) throws {
    let error = #expect(throws: (any Error).self) { try read(dataset, content) }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains(says), "\(message)")
    #expect(!message.contains("\n"))
  }

  /// A line is stripped and cut at commas; two fields count, as they stand.
  @Test func statementLines() throws {
    let text =
      "\u{FEFF}dev-1-0-0,True\r\n  dev-1-1-0,false,0.93 \n\n \t\ndev-1-2-0, True\rdev-1-3-0,\u{A0}\n"
      + "7,False\n07,False\ndev-1-4-0,\u{301}True"
    let file = try read(NLVR2.self, text)
    #expect(
      file.ids == ["dev-1-0-0", "dev-1-1-0", "dev-1-2-0", "dev-1-3-0", 7, "07", "dev-1-4-0"])
    #expect(file.texts == ["True", "false", " True", "", "False", "False", "\u{301}True"])
    #expect(file.problems.isEmpty)
  }

  @Test func aLaterLineReplacesAnEarlierOne() throws {
    let file = try read(NLVR2.self, "a-1-0-0,True\nb-1-0-0,True\na-1-0-0,False\na-1-0-0,maybe\n")
    #expect(file.ids == ["a-1-0-0", "b-1-0-0"])
    #expect(file.texts == ["maybe", "True"])
    #expect(file.problems.map(\.code) == ["replaced_prediction"])
    #expect(file.problems[0].count == 2)
  }

  @Test func statementRecords() throws {
    for (id, label) in [
      ("identifier", "label"), ("id", "prediction"), ("identifier", "prediction"),
    ] {
      let file = try read(
        NLVR2.self, #" [{"\#(id)": "dev-1-0-0", "\#(label)": "True", "score": 0.5}]"#)
      #expect(file.ids == ["dev-1-0-0"] && file.texts == ["True"])
    }
    let lines = try read(
      NLVR2.self, "{\"id\": 0, \"label\": \"maybe\"}\n{\"id\": 1, \"label\": \"\"}")
    #expect(lines.ids == [0, 1] && lines.texts == ["maybe", ""])
  }

  private static let wrongStatements: [(text: String, says: String)] = [
    ("dev-1-0-0,True\ndev-1-1-0\n", ":2:1: expected identifier,prediction, found no comma"),
    ("dev-1-0-0 True\n", ":1:1: expected identifier,prediction"),
    ("\r\n\r\n\r\nx", ":4:1: expected"), ("", "holds no prediction"),
    (" \n\n", "holds no prediction"),
    ("version https://git-lfs.github.com/spec/v1\noid sha256:1,2\nsize 12\n", "Git LFS pointer"),
    ("<!doctype html>,", "web page"),
    (
      #"[{"identifier": "a", "id": "a", "label": "True"}]"#,
      "\"id\" stands in a record that has one"
    ),
    (#"[{"id": "a", "label": "True", "prediction": "True"}]"#, "\"prediction\" stands in a record"),
    (#"[{"id": "a", "label": true}]"#, "\"label\" must be a string, found true"),
    (#"[{"id": "a", "prediction": 1}]"#, "\"prediction\" must be a string, found the number 1"),
    (#"[{"id": "a"}]"#, "\"label\" is missing"),
    (#"[{"label": "True"}]"#, "\"identifier\" is missing"),
    (#"[{"id": "a", "label": "True"}, {"id": "a", "label": "True"}]"#, "identifier a occurs twice"),
    (#"[{"identifier": "a", "label": "True", "left_url": "x"}]"#, "found an annotation file"),
    (#"[{"id": "a", "label": "Tr"#, "truncated"), ("[]", "holds no label"),
  ]

  @Test(arguments: wrongStatements.indices)
  func wrongStatementFiles(_ index: Int) throws {
    let (text, says) = Self.wrongStatements[index]
    try expectError(NLVR2.self, Data(text.utf8), says)
  }

  @Test func otherBytesThanUTF8() throws {
    try expectError(
      NLVR2.self, Data("a-1-0-0,True\nb-1-0-0,".utf8 + [0xFF, 0x0A]), ":2:1: the line is not UTF-8")
    try expectError(NLVR2.self, Data([0x1F, 0x8B, 0x08, 0x2C]), "gzip")
    try expectError(NLVR2.self, Data([0x50, 0x4B, 0x03, 0x04]), "zip archive")
    try expectError(NLVR2.self, Data("a,True\n".utf16.flatMap { [UInt8($0), 0] }), "UTF-16")
  }

  @Test func missingFiles() throws {
    for dataset in [NLVR2.self, SNLIVE.self] as [any Dataset.Type] {
      let error = #expect(throws: (any Error).self) { try dataset.predictions(at: "/no/such/file") }
      #expect(error.map { "\($0)" }?.contains("there is no such file") == true)
    }
  }

  /// What is written reads back as what counts: a wrong word stays a wrong one.
  @Test func theSubmissionReadsBack() throws {
    let scratch = try TemporaryFolder()
    let format = try #require(NLVR2.submission)
    #expect(format.fileExtension == "csv")
    let said = ["true", "FALSE", "True", "maybe", "True, maybe", "True ", "\nTrue", "", "wéll"]
    let ids = said.indices.map { SampleID.string("dev-1-\($0)-0") } + [8]
    try format.write(
      ids: ids, predictions: (said + ["False"]).map { .text($0) }, to: scratch("submission.csv"))
    let text = try String(contentsOfFile: scratch("submission.csv"), encoding: .utf8)
    #expect(text.hasPrefix("dev-1-0-0,True\ndev-1-1-0,False\n"))
    #expect(text.hasSuffix("\n8,False\n"))
    let back = try NLVR2.predictions(at: scratch("submission.csv"))
    #expect(back.ids == ids)
    #expect(
      back.texts == [
        "True", "False", "True", "maybe", "other", "other", "other", "", "other", "False",
      ])
    #expect(back.problems.isEmpty)
  }
}
