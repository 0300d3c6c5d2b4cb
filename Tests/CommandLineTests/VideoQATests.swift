import Foundation
import Records
import TestSupport
import Testing

/// Video question answering with the built binary, over files written here.
@Suite struct VideoQACommandTests {
  private func scores(_ arguments: [String]) throws -> JSONValue {
    let result = try BuiltBinary.run(arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    return try JSONFile.parse(result.output)
  }

  private func codes(_ scores: JSONValue) -> [String] {
    scores["problems"]?.array?.compactMap { $0["code"]?.string } ?? []
  }

  private static let words = ["what", "who", "how", "when", "where"]

  /// Ten questions about three clips, in the official layout.
  private static func questions(firstID: Int, firstClip: Int) -> String {
    let records = (0..<10).map { index in
      "{\"answer\": \"a\(index % 4)\", \"id\": \(firstID + index), \"question\": "
        + "\"\(words[index % 5]) is it?\", \"video_id\": \(firstClip + index / 4)}"
    }
    return "[" + records.joined(separator: ",\n") + "]"
  }

  private static func answers(_ ids: some Sequence<Int>, wrong: Set<Int> = []) -> String {
    let records = ids.enumerated().map { index, id in
      "{\"question_id\": \(id), \"answer\": \"\(wrong.contains(index) ? "?" : "a\(index % 4)")\"}"
    }
    return "[" + records.joined(separator: ",\n") + "]"
  }

  @Test(arguments: [("msrvtt-qa", 170_859, 7010), ("msvd-qa", 37_348, 1451)])
  func questionsAndAnswers(_ benchmark: String, _ firstID: Int, _ firstClip: Int) throws {
    let scratch = try TemporaryFolder()
    try scratch.write("data/test_qa.json", Self.questions(firstID: firstID, firstClip: firstClip))
    let predictions = try scratch.write(
      "p.json", Self.answers(firstID..<firstID + 10, wrong: [0, 1, 6]))
    let arguments = [
      "score", "\(benchmark)/test", "--predictions", predictions, "--data", scratch("data"),
      "--output", scratch("out"), "--model", "m",
    ]
    let scores = try scores(arguments)
    let metrics = try #require(scores["metrics"]?.object)
    #expect(
      metrics.members.map(\.key).sorted() == [
        "accuracy", "accuracy/how", "accuracy/what", "accuracy/when", "accuracy/where",
        "accuracy/who",
      ])
    #expect(metrics["accuracy"]?["value"]?.double == 0.7)
    #expect(metrics["accuracy/what"]?["value"]?.double == 0.5)
    #expect(metrics["accuracy/who"]?["value"]?.double == 0)
    #expect(metrics["accuracy/how"]?["value"]?.double == 1)
    #expect(metrics["accuracy"]?["ci95"]?.array?.count == 2)
    #expect(scores["groups"]?["question_word"]?["who"]?["count"]?.int == 2)
    #expect(scores["groups"]?["question_word"]?["who"]?["accuracy"]?.double == 0)
    #expect(codes(scores).contains("official_count"))

    // No server: the submission is the list that was read, and reads back to the same numbers.
    let folder = try #require(
      try files(under: scratch("out")).first { $0.hasSuffix("/submission.json") })
    let again = try self.scores([
      "score", "\(benchmark)/test", "--predictions", scratch("out/\(folder)"), "--data",
      scratch("data"),
    ])
    #expect(again["metrics"] == scores["metrics"])
    let samples = try JSONFile.lines(
      scratch("out/\(folder.replacing("submission.json", with: "samples.jsonl"))"))
    #expect(samples.compactMap { $0["scores"]?["accuracy"]?.double }.reduce(0, +) == 7)
    #expect(Set(samples.compactMap { $0["cluster"]?.int }).count == 3)
    try expectComparable(scratch("out/\(folder.dropLast("/submission.json".count))"))

    // By a score's name: the benchmark's own.
    let named = try self.scores(arguments.dropLast(4) + ["--metrics", "accuracy"])
    #expect(named["metrics"]?.object?.members.map(\.key) == ["accuracy"])
    #expect(named["metrics"]?["accuracy"] == scores["metrics"]?["accuracy"])
    let text = try BuiltBinary.run(Array(arguments.dropLast(4)))
    #expect(text.output.contains("0.7000"))
  }

  /// Line numbers of the reference project's list and the official file's ids.
  @Test func numbersOfAnotherList() throws {
    let scratch = try TemporaryFolder()
    let official = try scratch.write(
      "data/test_qa.json", Self.questions(firstID: 170_859, firstClip: 7010))
    let lines = (0..<10).map { index in
      "{\"question\": \"\(Self.words[index % 5]) is it?\", \"answer\": \"a\(index % 4)\", "
        + "\"video_id\": \"video\(7010 + index / 4)\"}"
    }
    let list = try scratch.write("txt/test.jsonl", lines.joined(separator: "\n"))
    let byLine = try scratch.write("lines.json", Self.answers(0..<10))
    let byID = try scratch.write("ids.json", Self.answers(170_859..<170_869))
    for more in [[], ["--allow-partial"]] {
      try expectFailure(
        65,
        saying: [
          "\(byLine): 10 questions not in the reference set (first: 0, 1, 2); ids from 0 to 9 look "
            + "like line numbers of the reference project's txt/<split>.jsonl, and \(official) "
            + "numbers its questions from 170859: score against that list with --annotations"
        ],
        ["score", "msrvtt-qa/test", "--predictions", byLine, "--data", scratch("data")] + more,
        in: scratch)
      try expectFailure(
        65,
        saying: [
          "\(byID): 10 questions not in the reference set",
          "look like official ones, and \(list) has none",
        ], ["score", "msrvtt-qa", "--annotations", list, "--predictions", byID] + more, in: scratch)
    }
    let ordinary = try scratch.write("other.json", Self.answers(5..<15))
    try expectFailure(
      65, saying: ["(first: 5, 6, 7); score only questions of this split"],
      ["score", "msrvtt-qa/test", "--predictions", ordinary, "--data", scratch("data")],
      in: scratch)
    let right = try scores(["score", "msrvtt-qa", "--annotations", list, "--predictions", byLine])
    #expect(right["metrics"]?["accuracy"]?["value"]?.double == 1)
    #expect(codes(right) == ["made_ids"])
  }

  @Test func answersOfAnotherKind() throws {
    let scratch = try TemporaryFolder()
    let official = try scratch.write(
      "test_qa.json", Self.questions(firstID: 37_348, firstClip: 1451))
    let predictions = try scratch.write("p.json", Self.answers(37_348..<37_358))
    let arguments = ["score", "msvd-qa", "--annotations", official, "--predictions", predictions]
    try expectFailure(
      64, saying: ["metric 'accuracy-mplug' needs several human answers", "--metrics exact_match"],
      arguments + ["--metrics", "accuracy-mplug"], in: scratch)
    try expectFailure(
      64, saying: ["metric 'exact_match' needs one answer to each question", "--metrics accuracy"],
      Task.answers.score(Task.answers.predictions(), "--metrics", "exact_match"), in: scratch)
    try expectFailure(
      64, saying: ["--clean mplug-vatex cleans captions", "'vqa'"],
      arguments + ["--clean", "mplug-vatex"], in: scratch)
    try expectFailure(64, saying: ["--clean"], arguments + ["--clean", "vatex"], in: scratch)
    try expectFailure(
      65, saying: ["\(official):1:2: record 0: \"question_id\" is missing (it has "],
      ["score", "msvd-qa", "--annotations", official, "--predictions", official], in: scratch)
    try scratch.write("none/readme.txt", "")
    try expectFailure(
      66, saying: ["test_qa.json or txt/test.jsonl", "MSRVTT-QA.zip"],
      ["score", "msrvtt-qa/test", "--predictions", predictions, "--data", scratch("none")],
      in: scratch)
  }

  @Test func nearAndPartialAnswers() throws {
    let scratch = try TemporaryFolder()
    let official = try scratch.write(
      "test_qa.json", Self.questions(firstID: 37_348, firstClip: 1451))
    let records = [(37_348, "A0"), (37_349, "a1 "), (37_350, "a2"), (37_351, "")]
    let predictions = try scratch.write(
      "p.jsonl",
      records.map { "{\"question_id\": \($0.0), \"answer\": \"\($0.1)\"}\n" }.joined())
    let arguments = ["score", "msvd-qa", "--annotations", official, "--predictions", predictions]
    try expectFailure(
      65, saying: ["6 of 10 questions have no prediction (first: 37352"], arguments, in: scratch)
    let scores = try scores(arguments + ["--allow-partial", "--output", scratch("out")])
    #expect(scores["metrics"]?["accuracy"]?["value"]?.double == 0.25)
    #expect(
      scores["metrics"]?["accuracy"]?["signature"]?.string?.contains("|partial:4/10|") == true)
    #expect(codes(scores) == ["partial_set", "empty_prediction", "near_answer"])
    let near = try #require(scores["problems"]?.array?.last)
    #expect(near["count"]?.int == 2)
    #expect(near["examples"]?.array?.compactMap(\.string) == ["37348", "37349"])
    #expect(try !files(under: scratch("out")).contains { $0.hasSuffix("submission.json") })
  }
}
