import Foundation
import Records
import TestSupport
import Testing

/// Prediction files that cannot be scored, for both tasks. `ID` and `TEXT` stand for the members'
/// names; `@` marks the place that the message must name.
@Suite struct BadPredictionsTests {
  static let records: [(content: String, says: String)] = [
    (#"[{"ID": @"1", "TEXT": "a"}]"#, #"record 0: "ID" must be an integer, found a string "1""#),
    (#"[{"ID": @1.5, "TEXT": "a"}]"#, #""ID" must be an integer, found the number 1.5"#),
    (#"[{"ID": @1.0, "TEXT": "a"}]"#, #""ID" must be an integer, found the number 1.0"#),
    (#"[{"ID": @1e3, "TEXT": "a"}]"#, #""ID" must be an integer, found the number 1e3"#),
    (#"[{"ID": @null, "TEXT": "a"}]"#, #""ID" must be an integer, found null"#),
    (#"[{"ID": @true, "TEXT": "a"}]"#, #""ID" must be an integer, found true"#),
    (#"[{"ID": @[1], "TEXT": "a"}]"#, #""ID" must be an integer, found an array"#),
    (#"[{"ID": @99999999999999999999, "TEXT": "a"}]"#, #""ID" must be an integer, found the"#),
    (#"[{"ID": 1, "TEXT": "a"},"# + "\n" + #" {"ID": 2, "TEXT": @3}]"#, "record 1: \"TEXT\" must"),
    (#"[{"ID": 1, "TEXT": @3}]"#, #""TEXT" must be a string, found the number 3"#),
    (#"[{"ID": 1, "TEXT": @null}]"#, #""TEXT" must be a string, found null"#),
    (#"[{"ID": 1, "TEXT": @false}]"#, #""TEXT" must be a string, found false"#),
    (#"[{"ID": 1, "TEXT": @{"a": 1}}]"#, #""TEXT" must be a string, found an object"#),
    (#"[@{"TEXT": "a"}]"#, #"record 0: "ID" is missing"#),
    (#"[@{"ID": 1}]"#, #"record 0: "TEXT" is missing"#),
    (#"[@{}]"#, #"record 0: "ID" is missing"#),
    (#"[{"ID": 1, "TEXT": "a"}, @1]"#, "record 1: expected an object, found the number 1"),
    (#"[@["ID", 1]]"#, "record 0: expected an object, found an array"),
    (#"@"predictions""#, "expected an object, found a string"),
    (#"@3"#, "expected an object, found the number 3"),
    (#"[{"ID": 1, "ID": @2, "TEXT": "a"}]"#, #""ID" stands twice in one record"#),
    (#"[{"ID": 1, "TEXT": "a", "TEXT": @"b"}]"#, #""TEXT" stands twice in one record"#),
  ]

  static let brokenFiles: [(content: String, says: String)] = [
    ("[{\"ID\": 1, \"TEXT\": \"a\"},\n{\"ID\": 2, \"TE@", "truncated"),
    ("[{\"ID\": 1, \"TEXT\": \"a\"}@", "truncated"),
    ("[{\"ID\": 1, \"TEXT\": \"a\"},@", "truncated"),
    ("[{\"ID\": @NaN, \"TEXT\": \"a\"}]", "NaN is not JSON"),
    ("[{\"ID\": 1, \"TEXT\": \"a\", \"score\": @NaN}]", "NaN is not JSON"),
    ("[{\"ID\": 1, \"TEXT\": \"a\", \"score\": @-Infinity}]", "Infinity is not JSON"),
    ("[{\"ID\": 1, \"TEXT\": \"a\"}@,]", "trailing comma"),
    ("[{\"ID\": 1, \"TEXT\": @'a'}]", "single quote"),
    ("[{\"ID\": 1, \"TEXT\": \"a\"}] @[]", "the document ends here"),
    ("[{\"ID\": 1, \"TEXT\": \"a@\u{FFFD}b\"}]", "UTF-8"),
    ("[\n{\"ID\": 1, \"TEXT\": \"é@\u{FFFD}\"}]", "UTF-8"),
    ("[{\"ID\": 1, \"TEXT\": \"a@\nb\"}]", "control character"),
    ("[{\"ID\": 1, \"TEXT\": \"@\\ud800\"}]", "surrogate"),
    ("{\"ID\": 1, \"TEXT\": \"a\"} @{\"ID\": 2, \"TEXT\": \"b\"}", "expected a new line"),
  ]

  private func check(_ task: Task, _ content: String, _ says: String) throws {
    func named(_ text: String) -> String {
      text.replacing("ID", with: task.id).replacing("TEXT", with: task.text)
    }
    let marked = Marked(named(content))
    let scratch = try TemporaryFolder()
    let path = try scratch.write("mine.json", marked.bytes)
    try expectFailure(
      65, saying: ["\(path):\(marked.place): ", named(says)],
      task.score(path, "--output", scratch("out"), "--quiet"), in: scratch)
  }

  @Test(arguments: Task.allCases, records.indices)
  func wrongRecord(_ task: Task, _ index: Int) throws {
    try check(task, Self.records[index].content, Self.records[index].says)
  }

  @Test(arguments: Task.allCases, brokenFiles.indices)
  func brokenJSON(_ task: Task, _ index: Int) throws {
    try check(task, Self.brokenFiles[index].content, Self.brokenFiles[index].says)
  }

  @Test(arguments: Task.allCases, ["", "[]", " \n\t\r\n ", "\u{FEFF}", "[ ]\n"])
  func nothingInIt(_ task: Task, _ content: String) throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("mine.json", content)
    try expectFailure(
      65, saying: ["\(path): holds no \(task.text); give a file with at least one"],
      task.score(path, "--output", scratch("out")), in: scratch)
  }

  @Test(arguments: Task.allCases) func duplicate(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let records = [7, 8, 7].map { "{\"\(task.id)\": \($0), \"\(task.text)\": \"x\"}" }
    let path = try scratch.write("mine.json", "[\n" + records.joined(separator: ",\n") + "]")
    try expectFailure(
      65, saying: ["\(path):4: \(task.id) 7 occurs twice, in records 0 and 2", "keep one of them"],
      task.score(path, "--output", scratch("out")), in: scratch)
  }

  @Test(arguments: Task.allCases) func unknownID(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let records = [5, 6, 7, 8].map { "{\"\(task.id)\": \($0), \"\(task.text)\": \"x\"}" }
    let path = try scratch.write("mine.json", "[" + records.joined(separator: ",") + "]")
    for more in [[], ["--allow-partial"]] {
      try expectFailure(
        65,
        saying: ["\(path): 4 \(task.things) not in the reference set (first: 5, 6, 7); score only"],
        task.score(path, "--output", scratch("out")) + more, in: scratch)
    }
  }

  @Test(arguments: Task.allCases) func incomplete(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    var records = try #require(try JSONFile.read(task.predictions()).array)
    let dropped = [records.removeLast(), records.removeLast()].compactMap { $0[task.id]?.int }
    let path = try scratch.write("mine.json", try JSONValue.array(records).text())
    try expectFailure(
      65,
      saying: [
        "\(path): 2 of \(task.samples) \(task.things) have no prediction (first: ",
        "--allow-partial",
      ], task.score(path, "--output", scratch("out")), in: scratch)
    let count = task.samples - 2

    let json = try BuiltBinary.run(task.score(path, "--allow-partial", "--format", "json"))
    #expect(json.status == 0)
    let scores = try JSONFile.parse(json.output)
    #expect(scores["count"]?.int == count)
    #expect(scores["expected"]?.int == task.samples)
    let problems = try #require(scores["problems"]?.array)
    #expect(problems.map { $0["code"]?.string } == ["partial_set"])
    #expect(problems.first?["count"]?.int == 2)
    for member in try #require(scores["metrics"]?.object).members {
      let signature = try #require(member.value["signature"]?.string)
      #expect(signature.contains("|partial:\(count)/\(task.samples)|"), "\(signature)")
      #expect(!signature.contains("|n:\(count)|"))
    }
    let text = try BuiltBinary.run(task.score(path, "--allow-partial"))
    #expect(text.status == 0)
    #expect(text.output.contains("PARTIAL n=\(count)/\(task.samples)"))
    #expect(text.errors.hasPrefix("mplug-eval: warning: 2 of \(task.samples) samples"))
    let quiet = try BuiltBinary.run(task.score(path, "--allow-partial", "--quiet"))
    #expect(quiet.errors == "")
    #expect(dropped.count == 2)
    // The server takes complete files only: a part of one is no submission.
    let kept = try BuiltBinary.run(
      task.score(path, "--allow-partial", "--quiet", "--output", scratch("out")))
    #expect(kept.status == 0)
    let files = try FileManager.default.subpathsOfDirectory(atPath: scratch("out"))
    #expect(files.contains { $0.hasSuffix("/run.json") })
    #expect(files.contains { $0.hasSuffix("/samples.jsonl") })
    #expect(!files.contains { $0.hasSuffix("/submission.json") })
  }

  @Test(arguments: Task.allCases) func anEmptyPredictionIsScored(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let records = try #require(try JSONFile.read(task.predictions()).array)
    var emptied = records
    let id = try #require(records.first?[task.id]?.int)
    emptied[0] = .object(JSONObject([(task.id, .int(id)), (task.text, "")]))
    let path = try scratch.write("mine.json", try JSONValue.array(emptied).text())
    let result = try BuiltBinary.run(task.score(path, "--format", "json"))
    #expect(result.status == 0)
    let scores = try JSONFile.parse(result.output)
    #expect(scores["count"]?.int == task.samples)
    let problem = try #require(scores["problems"]?.array?.first)
    #expect(problem["code"]?.string == "empty_prediction")
    #expect(problem["count"]?.int == 1)
    #expect(problem["examples"]?.array?.compactMap(\.string) == ["\(id)"])
  }

  @Test(arguments: Task.allCases) func nestedTooDeep(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let deep = String(repeating: "[", count: 100_000)
    for content in [deep, "[{\"x\": \(deep)", "[{\"\(task.id)\": 1, \"x\": \(deep)"] {
      let path = try scratch.write("deep.json", content)
      try expectFailure(65, saying: ["\(path):1:"], task.score(path), in: scratch)
    }
  }

  @Test(arguments: Task.allCases) func somethingElseThanJSON(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let contents: [(Data, String)] = [
      (
        Data(
          "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4242\n".utf8),
        "Git LFS pointer"
      ),
      (Data("<!DOCTYPE html><html></html>".utf8), "web page"),
      (Data([0x1F, 0x8B, 8, 0, 0, 0]), "gzip file: unpack it with 'gunzip'"),
      (Data([0x50, 0x4B, 3, 4, 0, 0]), "zip archive"),
      (Data([0xFF, 0xFE, 0x5B, 0, 0x5D, 0]), "UTF-16"),
      (Data("{'\(task.id)': 1}".utf8), "single quote"),
    ]
    for (content, says) in contents {
      let path = try scratch.write("mine.json", content)
      try expectFailure(
        65, saying: ["\(path):1:", says], task.score(path, "--output", scratch("out")), in: scratch)
    }
  }

  @Test(arguments: Task.allCases) func filesOfAnotherKind(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let list = try scratch.write(
      "vqa_minival_ocr.json",
      #"[{"question_id": 1, "question": "q", "image": "i.jpg", "answer": ["a", "b"]}]"#)
    let labels = try scratch.write(
      "minival.json", #"[{"answer_type": "other", "label": {"a": 1}, "question_id": 1}]"#)
    let captionList = try scratch.write(
      "coco_caption_test_ocr.json",
      #"[{"filename": "COCO_val2014_000000000001.jpg", "sentences": [{"raw": "x"}]}]"#)
    let others = [
      Mini.file("vqav2/v2_mscoco_val2014_annotations.json"),
      Mini.file("vqav2/v2_OpenEnded_mscoco_val2014_questions.json"),
      Mini.file("coco/annotations/captions_val2014.json"), Mini.file("coco/dataset_coco.json"),
      list, labels, captionList,
    ]
    for path in others where !(task == .captions && path == list) {
      try expectFailure(
        65,
        saying: ["\(path): expected predictions, found ", "give the file that your model wrote"],
        task.score(path, "--output", scratch("out")), in: scratch)
    }
    if task == .captions {
      try expectFailure(
        65,
        saying: ["\(list):1:2: record 0: \"image_id\" is missing (it has question_id, question, "],
        task.score(list, "--output", scratch("out")), in: scratch)
    }
    let other: Task = task == .answers ? .captions : .answers
    try expectFailure(
      65,
      saying: [":2:1: record 0: \"\(task.id)\" is missing (it has \(other.id), \(other.text));"],
      task.score(other.predictions()), in: scratch)
  }

  @Test(arguments: Task.allCases) func noFile(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let path = scratch("absent.json")
    try expectFailure(
      66, saying: ["\(path): there is no such file"],
      task.score(path, "--output", scratch("out")), in: scratch)
    try expectFailure(
      74, saying: ["\(scratch.path): cannot be read: Is a directory"],
      task.score(scratch.path, "--output", scratch("out")), in: scratch)
  }

  /// What editors and programs of other systems write, and is no error.
  @Test(arguments: Task.allCases) func otherFormsOfTheSameFile(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let text = try String(contentsOfFile: task.predictions(), encoding: .utf8)
    let records = try #require(try JSONFile.read(task.predictions()).array)
    let lines = try records.map { try $0.text() }.joined()
    let forms = [
      "crlf": text.replacing("\n", with: "\r\n"), "mark": "\u{FEFF}" + text, "lines": lines,
      "blanks": lines.replacing("\n", with: "\r\n\r\n"), "markedLines": "\u{FEFF}" + lines,
      "more": text.replacing("{", with: "{\"model\": {\"beam\": [5, null]}, "),
    ]
    let expected = try BuiltBinary.run(task.score(task.predictions(), "--format", "json"))
    #expect(expected.status == 0)
    for (name, form) in forms {
      let path = try scratch.write("\(name).json", form)
      let result = try BuiltBinary.run(task.score(path, "--format", "json"))
      #expect(result.status == 0, "\(name): \(result.errors)")
      #expect(result.output == expected.output, "\(name)")
    }
  }
}
