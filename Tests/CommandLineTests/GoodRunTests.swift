import Foundation
import Records
import TestSupport
import Testing

/// Complete runs over the embedded set.
@Suite struct GoodRunTests {
  private func scores(_ arguments: [String]) throws -> (JSONValue, String) {
    let result = try BuiltBinary.run(arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    return (try JSONFile.parse(result.output), result.output)
  }

  /// The one run folder under a results folder.
  private func runFolder(under results: String) throws -> String {
    let runs = try files(under: results).filter { $0.hasSuffix("/run.json") }
    #expect(runs.count == 1)
    return results + "/" + String(try #require(runs.first).dropLast("/run.json".count))
  }

  private func value(_ scores: JSONValue, _ metric: String) throws -> Double {
    try #require(scores["metrics"]?[metric]?["value"]?.double)
  }

  @Test(arguments: Task.allCases) func jsonIsOneSortedObject(_ task: Task) throws {
    let (scores, text) = try scores(task.score(task.predictions()))
    #expect(text.split(separator: "\n").count == 1)
    func check(_ value: JSONValue) {
      switch value {
      case .object(let object):
        #expect(object.members.map(\.key) == object.sorted.map(\.key))
        for member in object.members { check(member.value) }
      case .array(let elements): for element in elements { check(element) }
      default: break
      }
    }
    check(scores)
    #expect(
      scores.object?.members.map(\.key) == [
        "benchmark", "count", "expected", "groups", "metrics", "problems", "split",
      ])
    #expect(scores["benchmark"]?.string == String(task.benchmark.prefix { $0 != "/" }))
    #expect(scores["count"]?.int == task.samples)
    #expect(scores["expected"]?.int == task.samples)
    #expect(scores["problems"]?.array?.isEmpty == true)
  }

  /// A benchmark without a split means its first, and says so.
  @Test(arguments: Task.allCases) func withoutASplit(_ task: Task) throws {
    let name = String(task.benchmark.prefix { $0 != "/" })
    let end = ["--predictions", task.predictions(), "--format", "json"]
    let data = ["--data", Mini.folder]
    let named = try BuiltBinary.run(["score", task.benchmark] + data + end)
    let result = try BuiltBinary.run(["score", name] + data + end)
    #expect(result.status == 0)
    #expect(result.output == named.output)
    #expect(named.errors == "")
    #expect(result.errors == "mplug-eval: no split named: \(task.benchmark)\n")
    #expect(try BuiltBinary.run(["score", name] + data + end + ["--quiet"]).errors == "")
    // Files that are given are taken whole, whatever split they may be.
    let files =
      task == .answers
      ? ["v2_mscoco_val2014_annotations.json"].map { Mini.file("vqav2/\($0)") }
      : [Mini.file("coco/annotations/captions_val2014.json")]
    let custom = try BuiltBinary.run(
      ["score", name, "--annotations"] + files + end + ["--allow-partial"])
    #expect(try JSONFile.parse(custom.output)["split"]?.string == "custom", "\(custom.errors)")
    #expect(!custom.errors.contains("no split named"))
  }

  @Test func numbersOfTheEmbeddedSet() throws {
    let expected: [(Task, String, String, String)] = [
      (.answers, "attentive", "accuracy", "79.81"), (.answers, "hasty", "accuracy", "45.32"),
      (.answers, "constant", "accuracy", "16.14"), (.captions, "attentive", "CIDEr", "1.3776"),
      (.captions, "hasty", "CIDEr", "0.5360"), (.captions, "constant", "CIDEr", "0.1503"),
    ]
    for (task, system, metric, printed) in expected {
      let (scores, _) = try scores(task.score(task.predictions(system)))
      let digits = task == .answers ? "%.2f" : "%.4f"
      #expect(String(format: digits, try value(scores, metric)) == printed, "\(system)")
    }
  }

  @Test(arguments: Task.allCases) func textSaysTheSame(_ task: Task) throws {
    let (scores, _) = try scores(task.score(task.predictions()))
    let text = try BuiltBinary.run(task.score(task.predictions()))
    #expect(text.status == 0)
    #expect(text.errors == "")
    let lines = text.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let metrics = try #require(scores["metrics"]?.object)
    #expect(metrics.members.count == (task == .answers ? 4 : 6))
    for member in metrics.members {
      let format = task == .answers ? "%.2f" : "%.4f"
      let row = try #require(lines.first { $0.first == member.key })
      #expect(row[1] == String(format: format, try value(scores, member.key)))
      let ends = try #require(member.value["ci95"]?.array).compactMap(\.double)
      #expect(
        row[2] == String(format: format, ends[0]) && row[4] == String(format: format, ends[1]))
      let signature = try #require(member.value["signature"]?.string)
      #expect(lines.contains([signature]))
      #expect(ends[0] <= ends[1])
    }
  }

  @Test(arguments: Task.allCases) func runFolder(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let arguments = task.score(task.predictions(), "--output", scratch("out"), "--model", "me/v 1")
    let (scores, _) = try scores(arguments)
    let folder = try runFolder(under: scratch("out"))
    let name = task == .answers ? "mini-vqav2-val" : "mini-coco-caption-test"
    #expect(folder.hasPrefix(scratch("out/me_v_1/\(name)/")))
    #expect(
      try files(under: folder) == ["report.html", "run.json", "samples.jsonl", "submission.json"])
    let run = try JSONFile.read(folder + "/run.json")
    #expect(run["schema"]?.string == "mplug-eval/run/1")
    #expect(run["status"]?.string == "complete")
    #expect(run["model"]?.string == "me/v 1")
    #expect(run["metrics"] == scores["metrics"])
    #expect(run["groups"] == scores["groups"])
    let provenance = try #require(run["provenance"])
    #expect(provenance["command"]?.array?.compactMap(\.string).dropFirst().first == "score")
    #expect(
      provenance["files"]?.array?.compactMap { $0["role"]?.string }
        == [task == .answers ? "annotations" : "karpathy", "predictions"])
    for file in try #require(provenance["files"]?.array) {
      let digest = try #require(file["sha256"]?.string)
      #expect(digest.count == 64)
    }

    let samples = try JSONFile.lines(folder + "/samples.jsonl")
    #expect(samples.count == task.samples)
    for metric in task == .answers ? ["accuracy"] : ["CIDEr", "ROUGE_L"] {
      let each = samples.compactMap { $0["scores"]?[metric]?.double }
      #expect(each.count == task.samples)
      let mean = each.reduce(0, +) / Double(each.count)
      let unrounded = try #require(scores["metrics"]?[metric]?["unrounded"]?.double)
      #expect(abs(mean - unrounded) < 1e-9, "\(metric)")
    }
    // BLEU's corpus value is no mean of its samples'.
    if task == .captions {
      let each = samples.compactMap { $0["scores"]?["Bleu_4"]?.double }
      #expect(abs(each.reduce(0, +) / 30 - (try value(scores, "Bleu_4"))) > 1e-3)
    }

    let submission = try #require(try JSONFile.read(folder + "/submission.json").array)
    #expect(submission.compactMap { $0[task.id]?.int } == samples.compactMap { $0["id"]?.int })
    let again = try self.scores(task.score(folder + "/submission.json"))
    #expect(again.0["metrics"] == scores["metrics"])
  }

  @Test(arguments: Task.allCases) func theSameInputGivesTheSameFolder(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let arguments = task.score(task.predictions(), "--output", scratch("out"))
    #expect(try BuiltBinary.run(arguments).status == 0)
    let folder = try runFolder(under: scratch("out"))
    func content(_ name: String) throws -> Data {
      try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    }
    let before = (try content("samples.jsonl"), try content("submission.json"))
    #expect(try BuiltBinary.run(arguments).status == 0)
    #expect(try runFolder(under: scratch("out")) == folder)
    #expect(try content("samples.jsonl") == before.0)
    #expect(try content("submission.json") == before.1)
    // No hidden folder remains from the replacement.
    #expect(try files(under: scratch("out")).count == 7)

    var records = try #require(try JSONFile.read(task.predictions()).array)
    records.reverse()
    let shuffled = try scratch.write("shuffled.json", try JSONValue.array(records).text())
    let (scores, _) = try scores(task.score(shuffled, "--output", scratch("other")))
    let other = try runFolder(under: scratch("other"))
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: other + "/samples.jsonl")) == before.0)
    #expect(scores["metrics"] == (try JSONFile.read(folder + "/run.json"))["metrics"])
    let id = try JSONFile.read(other + "/run.json")["id"]?.string
    #expect(id != (try JSONFile.read(folder + "/run.json"))["id"]?.string)
  }

  @Test(arguments: Task.allCases) func perSample(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let path = scratch("each.jsonl")
    try scratch.write("each.jsonl", "old")
    #expect(try BuiltBinary.run(task.score(task.predictions(), "--per-sample", path)).status == 0)
    let lines = try JSONFile.lines(path)
    #expect(lines.count == task.samples)
    #expect(lines.first?["scores"]?[task.primary]?.double != nil)
    #expect(try files(under: scratch.path) == ["each.jsonl"])
  }

  @Test func perfectAnswersScoreHigher() throws {
    let scratch = try TemporaryFolder()
    let annotations = try #require(
      try JSONFile.read(Mini.file("vqav2/v2_mscoco_val2014_annotations.json"))["annotations"]?.array
    )
    let perfect = try annotations.map { record -> JSONValue in
      [
        "question_id": try #require(record["question_id"]),
        "answer": try #require(record["multiple_choice_answer"]),
      ]
    }
    let path = try scratch.write("perfect.json", try JSONValue.array(perfect).text())
    let best = try value(try scores(Task.answers.score(path)).0, "accuracy")
    let attentive = try scores(Task.answers.score(Task.answers.predictions())).0
    #expect(best > (try value(attentive, "accuracy")))
    #expect(best > 90 && best <= 100)
  }

  @Test func perfectCaptionsScoreHigher() throws {
    let scratch = try TemporaryFolder()
    let images = try #require(
      try JSONFile.read(Mini.file("coco/dataset_coco.json"))["images"]?.array)
    let perfect = try images.filter { $0["split"]?.string == "test" }.map { image -> JSONValue in
      [
        "image_id": try #require(image["cocoid"]),
        "caption": try #require(image["sentences"]?[0]?["raw"]),
      ]
    }
    #expect(perfect.count == 30)
    let path = try scratch.write("perfect.json", try JSONValue.array(perfect).text())
    let best = try scores(Task.captions.score(path)).0
    let attentive = try scores(Task.captions.score(Task.captions.predictions())).0
    for metric in ["Bleu_1", "Bleu_2", "Bleu_3", "Bleu_4", "ROUGE_L", "CIDEr"] {
      #expect(try value(best, metric) > (try value(attentive, metric)), "\(metric)")
    }
    #expect(try value(best, "ROUGE_L") == 1)
    #expect(try value(best, "Bleu_4") > 0.9999)
  }

  @Test func hiddenAnswers() throws {
    let scratch = try TemporaryFolder()
    let questions = (1...4).map { "{\"image_id\": 1, \"question_id\": \($0), \"question\": \"q\"}" }
    try scratch.write(
      "data/v2_OpenEnded_mscoco_test-dev2015_questions.json",
      "{\"questions\": [\(questions.joined(separator: ","))]}")
    func predictions(_ ids: [Int]) throws -> String {
      try scratch.write(
        "p.json",
        try JSONValue.array(ids.map { ["question_id": .int($0), "answer": "yes"] }).text())
    }
    func arguments(_ path: String) -> [String] {
      ["score", "vqav2/test-dev", "--predictions", path, "--data", scratch("data")]
    }
    let complete = try predictions([3, 1, 4, 2])
    let (scores, _) = try scores(arguments(complete) + ["--output", scratch("out")])
    #expect(scores["metrics"]?.object?.members.isEmpty == true)
    #expect(scores["count"]?.int == 4)
    #expect(
      scores["problems"]?.array?.compactMap { $0["code"]?.string }
        == ["official_count", "hidden_answers"])
    let folder = try runFolder(under: scratch("out"))
    let submission = try #require(try JSONFile.read(folder + "/submission.json").array)
    #expect(submission.compactMap { $0["question_id"]?.int } == [1, 2, 3, 4])
    #expect(try JSONFile.read(folder + "/run.json")["status"]?.string == "submission")
    let text = try BuiltBinary.run(arguments(complete))
    #expect(text.output.contains("No score: only the official server knows the answers."))

    let partial = try predictions([1, 2, 4])
    for more in [[], ["--allow-partial"]] {
      try expectFailure(
        65,
        saying: [
          "1 of 4 questions have no prediction (first: 3)",
          "the official server takes complete files only",
        ], arguments(partial) + more, in: scratch)
    }
    try expectFailure(
      65, saying: ["1 questions not in the reference set (first: 9)"],
      arguments(try predictions([9])), in: scratch)
    // The server takes the answers to all test questions for test-dev too.
    let (more, _) = try self.scores(
      arguments(try predictions([9, 1, 2, 3, 4])) + ["--output", scratch("more")])
    #expect(
      more["problems"]?.array?.compactMap { $0["code"]?.string }
        == ["official_count", "other_samples", "hidden_answers"])
    let kept = try JSONFile.read(try runFolder(under: scratch("more")) + "/submission.json").array
    #expect(kept?.compactMap { $0["question_id"]?.int } == [1, 2, 3, 4])
  }

  /// `--annotations` takes files whole: no split, no official count.
  @Test func annotationFilesAreTakenWhole() throws {
    let annotations = Mini.file("coco/annotations/captions_val2014.json")
    let result = try scores(
      [
        "score", "coco-caption", "--annotations", annotations, "--predictions",
        Task.captions.predictions(), "--allow-partial",
      ]
    ).0
    #expect(result["split"]?.string == "custom")
    #expect(result["count"]?.int == 30)
    #expect(result["expected"]?.int == 44)
    let both = try scores(
      [
        "score", "coco-caption", "--annotations", annotations,
        Mini.file("coco/annotations/captions_train2014.json"), "--predictions",
        Task.captions.predictions(), "--allow-partial",
      ]
    ).0
    #expect(both["expected"]?.int == 80)
    // The scored images and their captions are the same, the signature is not.
    #expect(try value(both, "CIDEr") == (try value(result, "CIDEr")))
    #expect(both["metrics"]?["CIDEr"]?["signature"] != result["metrics"]?["CIDEr"]?["signature"])
  }
}
