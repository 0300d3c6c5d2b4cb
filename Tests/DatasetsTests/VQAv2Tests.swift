import Datasets
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// VQAv2's adapter over small files in each of the forms that users have.
@Suite struct VQAv2Tests {
  /// An official annotation; `answers` get ids from 1 unless told otherwise.
  private static func annotation(
    _ id: Int, image: Int, type: String = "other", answers: [String], hasIDs: Bool = true
  ) -> JSONValue {
    let records = answers.enumerated().map { index, answer -> JSONValue in
      var record = JSONObject([("answer", .string(answer)), ("answer_confidence", "yes")])
      if hasIDs { record["answer_id"] = .int(index + 1) }
      return .object(record)
    }
    return [
      "question_id": .int(id), "image_id": .int(image), "question_type": "what is",
      "answer_type": .string(type), "answers": .array(records),
    ]
  }

  private static func file(_ annotations: [JSONValue]) throws -> String {
    try JSONValue.object(
      JSONObject([("info", [:]), ("annotations", .array(annotations))])
    ).text()
  }

  private func answers(_ set: ReferenceSet) throws -> AnswerReferences {
    guard case .answers(let answers) = set.content else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return answers
  }

  private func read(_ split: String, under folder: String) throws -> ReferenceSet {
    let card = try BenchmarkRegistry.card(named: "vqav2")
    return try VQAv2.references(
      for: ReferenceRequest(
        card: card, split: card.split(named: split),
        source: .data(DataFolder(path: folder, folders: card.folders))))
  }

  @Test func officialFile() throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write(
      "a.json",
      try Self.file([
        Self.annotation(7001, image: 7, answers: ["red", "Red ", "é"]),
        Self.annotation(5000, image: 5, type: "yes/no", answers: ["yes"]),
      ]))
    let set = try VQAv2.references(in: [path], label: "mine")
    #expect(set.label == "mine")
    #expect(set.files.map(\.role) == ["annotations"])
    let read = try answers(set)
    #expect(read.ids == [7001, 5000])
    #expect(read.imageIDs == [7, 5])
    #expect(read.softLabels == nil)
    let human = try #require(read.humanAnswers)
    #expect(human.answers(of: 0) == ["red", "Red ", "é"])
    #expect(human.answers(of: 1) == ["yes"])
    #expect(human.answerType(of: 1) == "yes/no")
    #expect(human.questionType(of: 0) == "what is")
    #expect(human.recordClasses(of: 0) == nil)
  }

  /// Without ids two answers of the same text and confidence are one record to the official scorer.
  @Test func answersWithoutIDs() throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write(
      "a.json",
      try Self.file([
        Self.annotation(1, image: 1, answers: ["a", "a", "b"], hasIDs: false),
        Self.annotation(2, image: 1, answers: ["a", "a", "b"]),
      ]))
    let human = try #require(
      try answers(VQAv2.references(in: [path], label: "x")).humanAnswers)
    #expect(human.recordClasses(of: 0).map(Array.init) == [0, 0, 0])
    #expect(human.recordClasses(of: 1) == nil)
  }

  /// Ids of other kinds are compared as Python compares them: 1, 1.0 and true are one.
  @Test func answerIDsOfOtherKinds() throws {
    let scratch = try TemporaryFolder()
    func record(_ id: String) -> String { #"{"answer": "cat", "answer_id": \#(id)}"# }
    let path = try scratch.write(
      "a.json",
      #"{"annotations": [{"question_id": 1, "image_id": 1, "question_type": "what","#
        + #" "answer_type": "other", "answers": ["#
        + ["1", "1.0", "true", "2.5", #""1""#, "null"].map(record).joined(separator: ",") + "]}]}")
    let human = try #require(
      try answers(VQAv2.references(in: [path], label: "x")).humanAnswers)
    #expect(human.recordClasses(of: 0).map(Array.init) == [0, 0, 0, 1, 2, 3])
    #expect(human.answers(of: 0).count == 6)
  }

  @Test func repeatedMembersAreRefused() throws {
    let scratch = try TemporaryFolder()
    let record =
      #"{"question_id": 1, "image_id": 1, "question_type": "what", "answer_type": "other","#
      + #" "answers": [{"answer": "cat"}]"#
    for (content, says) in [
      (#"{"annotations": [\#(record), "answers": []}]}"#, #""answers" stands twice"#),
      (#"{"annotations": [\#(record)}], "annotations": []}"#, #""annotations" twice"#),
    ] {
      let path = try scratch.write("a.json", content)
      let error = #expect(throws: DatasetError.self) {
        try VQAv2.references(in: [path], label: "x")
      }
      #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
    }
  }

  @Test func severalFilesAreOneSet() throws {
    let scratch = try TemporaryFolder()
    let first = try scratch.write(
      "1.json", try Self.file([Self.annotation(1, image: 1, answers: ["a", "b"])]))
    let second = try scratch.write(
      "2.json",
      try Self.file([
        Self.annotation(3, image: 1, type: "number", answers: ["b", "c"], hasIDs: false),
        Self.annotation(2, image: 2, answers: ["a"]),
      ]))
    let questions = try scratch.write("q.json", #"{"questions": [{"question_id": 1}]}"#)
    let set = try VQAv2.references(in: [first, questions, second], label: "x")
    #expect(set.files.map(\.path) == [first, second])
    let human = try #require(try answers(set).humanAnswers)
    #expect(human.questionIDs == [1, 3, 2])
    #expect(human.imageIDs == [1, 1, 2])
    #expect((0..<3).map { human.answers(of: $0) } == [["a", "b"], ["b", "c"], ["a"]])
    #expect((0..<3).map { human.answerType(of: $0) } == ["other", "number", "other"])
    #expect(human.recordClasses(of: 1).map(Array.init) == [0, 0])
    #expect(human.recordClasses(of: 2) == nil)
  }

  private static let list =
    #"[{"question_id": 2001, "question": "q", "image": "val2014/b.jpg", "answer": ["no", "yes"]},"#
    + #" {"question_id": 2000, "question": "q", "image": "val2014/a.jpg", "answer": ["yes"]},"#
    + #" {"question_id": 2002, "question": "q", "image": "val2014/b.jpg", "answer": ["2"]}]"#

  @Test func minivalWithTheListAlone() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("reference_lists/vqa_minival_ocr.json", Self.list)
    let set = try read("minival", under: scratch.path)
    #expect(set.label == "minival")
    #expect(set.files.map(\.role) == ["list"])
    let read = try answers(set)
    #expect(read.ids == [2001, 2000, 2002])
    // Questions of one picture are resampled together.
    #expect(read.imageIDs[0] == read.imageIDs[2] && read.imageIDs[0] != read.imageIDs[1])
    #expect(read.humanAnswers?.answers(of: 0) == ["no", "yes"])
    #expect(read.humanAnswers?.answerType(of: 0) == "unknown")
    #expect(read.softLabels == nil)
  }

  @Test func minivalWithOfficialAnswers() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("vqa_minival_ocr.json", Self.list)
    try scratch.write(
      "v2_mscoco_val2014_annotations.json",
      try Self.file([
        Self.annotation(9000, image: 9, answers: ["out"]),
        Self.annotation(2000, image: 2, type: "yes/no", answers: ["yes", "yes"]),
        Self.annotation(2001, image: 2, type: "yes/no", answers: ["no"]),
        Self.annotation(2002, image: 2, type: "number", answers: ["2"]),
      ]))
    let set = try read("minival", under: scratch.path)
    #expect(set.files.map(\.role) == ["list", "annotations"])
    let read = try answers(set)
    #expect(read.ids == [2000, 2001, 2002])
    #expect(read.humanAnswers?.answerType(of: 2) == "number")
    #expect(read.humanAnswers?.answers(of: 0) == ["yes", "yes"])
  }

  /// The reference project's lists of test questions have no answers: the official file has them.
  @Test func minivalWithAListWithoutAnswers() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(
      "vqa_minival_ocr.json",
      #"[{"question_id": 2000, "question": "q", "image": "a"}]"#)
    let error = #expect(throws: DatasetError.self) { try read("minival", under: scratch.path) }
    #expect(error?.description.contains("put v2_mscoco_val2014_annotations.json beside") == true)
    try scratch.write(
      "v2_mscoco_val2014_annotations.json",
      try Self.file([
        Self.annotation(9000, image: 9, answers: ["out"]),
        Self.annotation(2000, image: 2, answers: ["yes", "no"]),
      ]))
    let set = try answers(read("minival", under: scratch.path))
    #expect(set.ids == [2000])
    #expect(set.humanAnswers?.answers(of: 0) == ["yes", "no"])
  }

  @Test func minivalWithLabels() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("vqa_minival_ocr.json", Self.list)
    try scratch.write(
      "minival.json",
      #"[{"question_id": 2000, "label": {"yes": 1, "no": 0.3}},"#
        + #"{"question_id": 2002, "label": {}}, {"question_id": 2001, "label": {"no": 0.9}}]"#)
    let set = try read("minival", under: scratch.path)
    #expect(set.files.map(\.role) == ["list", "labels"])
    let labels = try #require(try answers(set).softLabels)
    // Put into the list's order.
    #expect(labels.questionIDs == [2001, 2000, 2002])
    #expect(labels.score(of: "no", to: 0) == 0.9)
    #expect(labels.score(of: "no", to: 1) == 0.3)
    #expect(labels.score(of: "no", to: 2) == 0)

    let alone = try VQAv2.references(in: [scratch("minival.json")], label: "x")
    let read = try answers(alone)
    #expect(read.ids == [2000, 2002, 2001])
    #expect(read.imageIDs == [2, 2, 2])
    #expect(read.humanAnswers == nil)
  }

  @Test func labelsOfOtherQuestionsAreRefused() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("vqa_minival_ocr.json", Self.list)
    try scratch.write("minival.json", #"[{"question_id": 2000, "label": {"yes": 1}}]"#)
    let error = #expect(throws: DatasetError.self) {
      try read("minival", under: scratch.path)
    }
    #expect(
      error?.description.contains("found 3 and 1 questions, 1 in common; give files of the same")
        == true)
  }

  @Test(arguments: [
    (#"[{"question_id": 1, "answer": "yes", "question": "q"}]"#, "must be a list of human answers"),
    (
      #"[{"question_id": 1, "answer": [], "question": "q"}]"#,
      "expected human answers, found questions without \"answer\""
    ),
    (#"[{"answer": ["a"], "question": "q"}]"#, "\"question_id\" is missing"),
    (
      #"[{"question_id": 1, "answer": ["a"]}, {"question_id": 1, "answer": ["a"]}]"#,
      "question_id 1 occurs twice, in records 0 and 1"
    ),
    ("[]", "holds no question"),
  ])
  func wrongLists(_ content: String, _ says: String) throws {
    let scratch = try TemporaryFolder()
    try scratch.write("vqa_minival_ocr.json", content)
    let error = #expect(throws: DatasetError.self) {
      try read("minival", under: scratch.path)
    }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }

  @Test func wrongLabels() throws {
    let scratch = try TemporaryFolder()
    for (content, says) in [
      (#"[{"question_id": 1, "label": {"a": "b"}}]"#, "expected a number"),
      (#"[{"question_id": 1}]"#, "\"label\" is missing"),
      (#"[{"label": {}}]"#, "\"question_id\" is missing"),
      (#"[{"question_id": 1, "label": {"a": 1e999}}]"#, "too large"),
    ] {
      try scratch.write("minival.json", content)
      let error = #expect(throws: (any Error).self) { try read("minival", under: scratch.path) }
      #expect(error.map { "\($0)".contains(says) } == true)
    }
  }

  @Test func questionsOfAHiddenSplit() throws {
    let scratch = try TemporaryFolder()
    let file = "v2_OpenEnded_mscoco_test2015_questions.json"
    try scratch.write(
      file, #"{"questions": [{"question_id": 9, "question": "q"}, {"question_id": 3}]}"#)
    let set = try read("test-std", under: scratch.path)
    guard case .hidden(let ids) = set.content else {
      Issue.record("no hidden set")
      return
    }
    #expect(ids == [9, 3])
    for (content, says) in [
      (#"{"questions": [{"question_id": 1}, {"question_id": 1}]}"#, "in records 0 and 1"),
      (#"{"questions": []}"#, "holds no question"), (#"{"a": 1}"#, "holds no question"),
      (#"{"questions": [{"question": "q"}]}"#, "\"question_id\" is missing"),
    ] {
      try scratch.write(file, content)
      let error = #expect(throws: DatasetError.self) {
        try read("test-std", under: scratch.path)
      }
      #expect(error?.description.contains(says) == true)
    }
  }
}
