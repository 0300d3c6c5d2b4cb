import Foundation
import Records
import TestSupport
import Testing

/// Video question answering and captioning with the built binary, over files written here.
@Suite struct VideoBenchmarksTests {
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
    #expect(codes(right) == ["line_number_ids"])
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
    try expectFailure(
      66, saying: ["test_qa.json or txt/test.jsonl", "MSRVTT-QA.zip"],
      ["score", "msrvtt-qa/test", "--predictions", predictions, "--data", Mini.folder],
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

  private static let animals = ["A black dog", "Two small cats", "The third horse"]
  private static let clips = ["_a_000001_000011", "-b_000002_000012", "c-_d_000003_000013"]

  private static func references() -> String {
    let records = clips.enumerated().map { index, clip in
      let captions = (0..<10).map { "\"\(animals[index])  runs and plays number \($0).\"" }
      return "{\"videoID\": \"\(clip)\", \"enCap\": [\(captions.joined(separator: ","))], "
        + "\"chCap\": [\"狗\"]}"
    }
    return "[" + records.joined(separator: ",\n") + "]"
  }

  private static func submission(_ clips: some Sequence<String>, lead: String = "") -> String {
    "{"
      + clips.enumerated().map { index, clip in
        "\"\(clip)\": \"\(lead)\(animals[min(index, 2)]) runs .\""
      }.joined(separator: ",\n") + "}"
  }

  @Test func captionsOfClips() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("data/vatex/vatex_validation_v1.0.json", Self.references())
    let plain = try scratch.write("plain.json", Self.submission(Self.clips))
    let other = try scratch.write(
      "other.jsonl",
      Self.clips.indices.reversed().map {
        "{\"caption\": \"\(Self.animals[$0]) runs .\", \"videoID\": \"\(Self.clips[$0])\"}\n"
      }.joined())
    let arguments = ["score", "vatex-caption/val", "--data", scratch("data"), "--predictions"]
    let scores = try scores(arguments + [plain, "--output", scratch("out")])
    #expect(scores["count"]?.int == 3)
    #expect(codes(scores) == ["official_count"])
    #expect(try self.scores(arguments + [other])["metrics"] == scores["metrics"])
    let signature = try #require(scores["metrics"]?["CIDEr"]?["signature"]?.string)
    #expect(signature.contains("|nrefs:10|"))
    #expect(!signature.contains("clean:"))

    // The server's form: one object, in the order of the annotations.
    let path = try #require(
      try files(under: scratch("out")).first { $0.hasSuffix("/submission.json") })
    let object = try #require(try JSONFile.read(scratch("out/\(path)")).object)
    #expect(object.members.map(\.key) == Self.clips)
    let again = try self.scores(arguments + [scratch("out/\(path)")])
    #expect(again["metrics"] == scores["metrics"])

    // Lead-ins count unless the user has them cut, and the signature says so.
    let led = try scratch.write(
      "led.json", Self.submission(Self.clips, lead: "a picture of a video of "))
    let asIs = try self.scores(arguments + [led])
    #expect(asIs["metrics"]?["CIDEr"]?["value"] != scores["metrics"]?["CIDEr"]?["value"])
    let cleaned = try self.scores(
      arguments + [led, "--clean", "mplug-vatex", "--output", scratch("cleaned")])
    for member in try #require(scores["metrics"]?.object).members {
      #expect(cleaned["metrics"]?[member.key]?["value"] == member.value["value"])
      let own = cleaned["metrics"]?[member.key]?["signature"]?.string
      #expect(own?.contains("|clean:mplug-vatex|split:") == true)
    }
    #expect(codes(cleaned) == ["official_count", "captions_cleaned"])
    let run = try #require(
      try files(under: scratch("cleaned")).first { $0.hasSuffix("/run.json") })
    let record = try JSONFile.read(scratch("cleaned/\(run)"))
    #expect(record["protocol"]?["cleaning"]?.string == "mplug-vatex")
  }

  @Test func clipsThatAreGone() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("data/vatex_validation_v1.0.json", Self.references())
    let partial = try scratch.write("p.json", Self.submission(Self.clips.prefix(2)))
    let arguments = [
      "score", "vatex-caption/val", "--data", scratch("data"), "--predictions", partial,
      "--output", scratch("out"),
    ]
    try expectFailure(
      65,
      saying: [
        "\(partial): 1 of 3 clips have no prediction (first: \(Self.clips[2]))", "--allow-partial",
      ], arguments, in: scratch)
    let scores = try scores(arguments + ["--allow-partial"])
    let signature = scores["metrics"]?["CIDEr"]?["signature"]?.string
    #expect(signature?.contains("|partial:2/3|") == true)
    #expect(codes(scores).contains("partial_set"))
    let written = try files(under: scratch("out"))
    #expect(written.contains { $0.hasSuffix("/run.json") })
    #expect(!written.contains { $0.hasSuffix("submission.json") })

    let unknown = try scratch.write("u.json", Self.submission(Self.clips + ["z_000001_000011"]))
    try expectFailure(
      65,
      saying: [
        "1 clips not in the reference set (first: z_000001_000011); score only clips of this split"
      ], ["score", "vatex-caption/val", "--data", scratch("data"), "--predictions", unknown],
      in: scratch)
    let twice = try scratch.write(
      "t.json", "{\"\(Self.clips[0])\": \"a\",\n\"\(Self.clips[0])\": \"b\"}")
    try expectFailure(
      65, saying: ["\(twice):2: videoID \(Self.clips[0]) occurs twice"],
      ["score", "vatex-caption/val", "--data", scratch("data"), "--predictions", twice],
      in: scratch)
  }

  @Test func privateTest() throws {
    let scratch = try TemporaryFolder()
    let records = Self.clips.map { "{\"videoID\": \"\($0)\"}" }
    let annotations = try scratch.write(
      "data/vatex_private_test_without_annotations.json",
      "[\(records.joined(separator: ","))]")
    func arguments(_ predictions: String) -> [String] {
      [
        "score", "vatex-caption/private-test", "--data", scratch("data"), "--predictions",
        predictions,
      ]
    }
    let led = try scratch.write("p.json", Self.submission(Self.clips, lead: "a picture of "))
    let plain = try scores(arguments(led) + ["--output", scratch("plain")])
    #expect(plain["metrics"]?.object?.members.isEmpty == true)
    #expect(codes(plain) == ["official_count", "hidden_answers"])
    let cleaned = try scores(
      arguments(led) + ["--clean", "mplug-vatex", "--output", scratch("cleaned")])
    #expect(codes(cleaned) == ["official_count", "captions_cleaned", "hidden_answers"])
    func submission(_ folder: String) throws -> (path: String, value: JSONValue) {
      let path = try #require(
        try files(under: scratch(folder)).first { $0.hasSuffix("/submission.json") })
      return (path, try JSONFile.read(scratch("\(folder)/\(path)")))
    }
    // What is handed in is what was asked for, and the two are not one run.
    #expect(
      try submission("plain").value[Self.clips[0]]?.string == "a picture of A black dog runs .")
    #expect(try submission("cleaned").value[Self.clips[0]]?.string == "A black dog runs .")
    #expect(try submission("plain").path != submission("cleaned").path)

    let partial = try scratch.write("q.json", Self.submission(Self.clips.prefix(1)))
    try expectFailure(
      65, saying: ["2 of 3 clips have no prediction", "the official server takes complete files"],
      arguments(partial) + ["--allow-partial"], in: scratch)
    try expectFailure(
      65, saying: ["\(annotations): expected English captions (\"enCap\"), found clips alone"],
      ["score", "vatex-caption", "--annotations", annotations, "--predictions", led], in: scratch)
  }
}

/// The same with slices of the real files.
@Suite(.enabled(if: Golden.folder != nil)) struct VideoSliceTests {
  @Test(arguments: ["msrvtt-qa", "msvd-qa"]) func perfectAnswers(_ benchmark: String) throws {
    let datasets = try #require(Golden.folder).appendingPathComponent("datasets").path
    let place = benchmark.replacing("-", with: "_")
    let scratch = try TemporaryFolder()
    let questions = try #require(try JSONFile.read("\(datasets)/\(place)/test_qa.json").array)
    var records = try questions.map { record -> JSONValue in
      ["question_id": try #require(record["id"]), "answer": try #require(record["answer"])]
    }
    func accuracy() throws -> JSONValue {
      let path = try scratch.write("p.json", try JSONValue.array(records).text())
      let result = try BuiltBinary.run([
        "score", "\(benchmark)/test", "--predictions", path, "--data", datasets, "--format", "json",
      ])
      #expect(result.status == 0, "\(result.errors)")
      return try JSONFile.parse(result.output)
    }
    let perfect = try accuracy()
    #expect(perfect["metrics"]?["accuracy"]?["value"]?.double == 1)
    #expect(perfect["count"]?.int == questions.count)
    #expect(
      perfect["groups"]?["question_word"]?.object?.members.map(\.key).sorted()
        == (benchmark == "msrvtt-qa"
          ? ["how", "what", "when", "who"] : ["how", "what", "when", "where", "who"]))
    records[0] = ["question_id": try #require(questions[0]["id"]), "answer": "no such answer"]
    let count = Double(questions.count)
    #expect(try accuracy()["metrics"]?["accuracy"]?["value"]?.double == (count - 1) / count)
  }

  @Test func madeCaptions() throws {
    let folder = try #require(Golden.folder).appendingPathComponent("datasets/vatex/synthetic").path
    let result = try BuiltBinary.run([
      "score", "vatex-caption/test", "--predictions", "\(folder)/submission.json", "--data", folder,
      "--format", "json",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let scores = try JSONFile.parse(result.output)
    // Two of the made clips stand twice: each record is scored, as in the reference.
    #expect(scores["count"]?.int == 40)
    let repeated = scores["problems"]?.array?.first { $0["code"]?.string == "repeated_clips" }
    #expect(repeated?["count"]?.int == 2)
    #expect((scores["metrics"]?["CIDEr"]?["value"]?.double ?? 0) > 0.1)
  }
}
