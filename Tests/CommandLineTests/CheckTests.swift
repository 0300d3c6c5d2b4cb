import Foundation
import FoundationXML
import Records
import TestSupport
import Testing

/// `check` over runs of the embedded set, with its exit codes and the files that it writes.
@Suite struct CheckTests {
  private func score(
    _ task: Task, _ predictions: String, into folder: String, model: String = "mine",
    _ more: String...
  ) throws {
    let result = try BuiltBinary.run(
      task.score(predictions, "--output", folder, "--model", model) + more)
    #expect(result.status == 0, "\(result.errors)")
  }

  /// Runs of both tasks in `old`, their baseline in `baseline.json`.
  private func scene(_ tolerances: String...) throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    for task in Task.allCases { try score(task, task.predictions(), into: scratch("old")) }
    let result = try BuiltBinary.run(
      ["check", scratch("old"), "--baseline", scratch("baseline.json"), "--update"]
        + (tolerances.isEmpty ? [] : ["--tolerance"] + tolerances))
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.errors == "mplug-eval: check: \(scratch("baseline.json")) was written and has 2 runs\n"
    )
    return scratch
  }

  private func check(
    _ scratch: TemporaryFolder, _ results: String, _ more: String...
  ) throws -> BuiltBinary.Result {
    try BuiltBinary.run(
      ["check", scratch(results), "--baseline", scratch("baseline.json")] + more)
  }

  private func lastLine(_ result: BuiltBinary.Result) -> String {
    String(result.errors.split(separator: "\n").last ?? "")
  }

  /// Predictions of the embedded system with some answers made wrong.
  private func spoilt(_ scratch: TemporaryFolder, every step: Int) throws -> String {
    let all = try #require(try JSONFile.read(Task.answers.predictions()).array)
    let changed = all.enumerated().map { index, value -> JSONValue in
      guard index % step == 0, case .object(var object) = value else { return value }
      object["answer"] = "nonsense"
      return .object(object)
    }
    return try scratch.write("spoilt-\(step).json", try JSONValue.array(changed).text())
  }

  @Test func equalRunsPassWithoutTolerance() throws {
    let scratch = try scene()
    // Scored anew, without the old folders: nothing but the numbers decides.
    for task in Task.allCases { try score(task, task.predictions(), into: scratch("new")) }
    try FileManager.default.removeItem(atPath: scratch("old"))
    let result = try check(scratch, "new")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      lastLine(result)
        == "mplug-eval: check: passed: 10 pass; baseline \(scratch("baseline.json"))")
    #expect(result.output.hasPrefix("check: passed, baseline "))
    // So does a single run folder, by itself.
    let folder = try #require(try files(under: scratch("new")).first { $0.hasSuffix("run.json") })
    let one = try check(
      scratch, "new/" + folder.dropLast("/run.json".count), "--format", "json")
    #expect(one.status == 0)
    let json = try JSONFile.parse(one.output)
    #expect(one.output.split(separator: "\n").count == 1)
    #expect(json["verdict"]?.string == "passed")
    #expect(Set(json["judgements"]?.array?.compactMap { $0["split"]?.string } ?? []).count == 1)
  }

  @Test func aWorsePredictionFileTurnsItRed() throws {
    let scratch = try scene("accuracy=0.5", "*=0.001")
    for task in Task.allCases { try score(task, task.predictions("hasty"), into: scratch("new")) }
    let result = try check(
      scratch, "new", "--junit", scratch("junit.xml"), "--summary", scratch("page.md"))
    #expect(result.status == 10)
    #expect(
      lastLine(result).hasPrefix(
        "mplug-eval: check: failed: 9 regression, 1 cannot tell; baseline "))
    #expect(result.output.contains("mini-vqav2/val, mine, accuracy: regression: worse\n"))
    let junit = try Document(scratch("junit.xml"))
    #expect(junit.counts["testcase"] == 10 && junit.counts["failure"] == 9)
    #expect(junit.counts["error"] == nil && junit.counts["skipped"] == 1)
    #expect(junit.attributes["tests"] == "10" && junit.attributes["failures"] == "9")
    let page = try String(contentsOfFile: scratch("page.md"), encoding: .utf8)
    #expect(page.hasPrefix("## ❌ mplug-eval check: failed\n"))
    #expect(page.contains("| mini-vqav2/val | mine | accuracy | 79.81 | 45.32 | -34.49 | "))
    // More than all that is lost may be tolerated.
    let tolerated = try check(scratch, "new", "--tolerance", "*=90")
    #expect(tolerated.status == 0)
    #expect(lastLine(tolerated).hasPrefix("mplug-eval: check: passed: 10 pass"))
    let partly = try check(scratch, "new", "--tolerance", "accuracy=90", "CIDEr=90")
    #expect(partly.status == 10)
    #expect(lastLine(partly).contains("failed: 5 regression, 5 pass"))
  }

  /// The samples of the baseline's run make a loss visible that the two intervals hide.
  @Test func smallLosses() throws {
    let scratch = try scene()
    try score(.answers, try spoilt(scratch, every: 20), into: scratch("new"))
    try score(.captions, Task.captions.predictions(), into: scratch("new"))
    let paired = try check(scratch, "new", "--format", "json")
    #expect(paired.status == 10)
    func accuracy(_ result: BuiltBinary.Result) throws -> JSONValue {
      try #require(
        try JSONFile.parse(result.output)["judgements"]?.array?.first {
          $0["metric"]?.string == "accuracy"
        })
    }
    #expect(try accuracy(paired)["verdict"]?.string == "regression")
    #expect(try accuracy(paired)["paired"]?.bool == true)
    try FileManager.default.removeItem(atPath: scratch("old"))
    let unpaired = try check(scratch, "new", "--format", "json")
    #expect(unpaired.status == 11)
    #expect(lastLine(unpaired).hasPrefix("mplug-eval: check: cannot tell: "))
    #expect(try accuracy(unpaired)["verdict"]?.string == "cannot tell")
    #expect(try accuracy(unpaired)["paired"]?.bool == false)
    #expect(
      try JSONFile.parse(unpaired.output)["notes"]?[0]?.string?.contains("has no samples") == true)
    // Accuracies of few questions can be left out of the judgement.
    let judged = try check(
      scratch, "new", "--tolerance", "accuracy=30", "accuracy/other=none", "--format", "json")
    #expect(judged.status == 0)
    #expect(lastLine(judged).contains("9 pass, 1 not judged"))
  }

  @Test func tinySetsCannotTell() throws {
    let scratch = try TemporaryFolder()
    let annotations = try scratch.write(
      "annotations.json",
      #"""
      {"annotations": [{"question_id": 1, "image_id": 7, "question_type": "is", "answer_type": "x",
       "answers": [{"answer": "yes", "answer_id": 1}, {"answer": "yes", "answer_id": 2}]}]}
      """#)
    func run(_ answer: String, _ folder: String) throws {
      let predictions = try scratch.write(
        "\(folder).json", "[{\"question_id\": 1, \"answer\": \"\(answer)\"}]")
      let result = try BuiltBinary.run([
        "score", "vqav2", "--annotations", annotations, "--predictions", predictions, "--output",
        scratch(folder), "--model", "mine",
      ])
      #expect(result.status == 0, "\(result.errors)")
    }
    try run("yes", "old")
    try run("no", "new")
    #expect(try check(scratch, "old", "--update").status == 0)
    for folder in ["old", "new"] {
      let result = try check(scratch, folder)
      #expect(result.status == 11)
      #expect(lastLine(result).hasPrefix("mplug-eval: check: cannot tell: 2 cannot tell"))
      #expect(result.output.contains("1 samples, and the policy asks for 20"))
    }
  }

  @Test func missingRunsFail() throws {
    let scratch = try scene()
    try score(.answers, Task.answers.predictions(), into: scratch("new"))
    let result = try check(scratch, "new", "--junit", scratch("junit.xml"))
    #expect(result.status == 10)
    #expect(lastLine(result).contains("failed: 6 missing, 4 pass"))
    #expect(
      result.output.contains(
        "mini-coco-caption/test, mine, CIDEr: missing: no run of it was found"))
    let junit = try Document(scratch("junit.xml"))
    #expect(junit.counts["testcase"] == 10 && junit.counts["error"] == 6)
    #expect(junit.counts["failure"] == nil)
  }

  @Test func partialRunsCannotTell() throws {
    let scratch = try scene()
    let all = try #require(try JSONFile.read(Task.answers.predictions()).array)
    let part = try scratch.write("part.json", try JSONValue.array(Array(all[1...])).text())
    try score(.answers, part, into: scratch("new"), "--allow-partial")
    try score(.captions, Task.captions.predictions(), into: scratch("new"))
    let result = try check(scratch, "new")
    #expect(result.status == 11)
    #expect(result.output.contains("accuracy: cannot tell: the run is partial, 157 of 158 samples"))
    // Nor are they a baseline; the old one stays.
    let before = try String(contentsOfFile: scratch("baseline.json"), encoding: .utf8)
    let update = try check(scratch, "new", "--update")
    #expect(update.status == 65)
    #expect(update.errors.contains("is partial, 157 of 158 samples, and no baseline"))
    #expect(try String(contentsOfFile: scratch("baseline.json"), encoding: .utf8) == before)
  }

  @Test func otherReferencesAndVersions() throws {
    let scratch = try scene()
    let content = try String(contentsOfFile: scratch("baseline.json"), encoding: .utf8)
    func expect(_ old: String, _ new: String, _ words: String) throws {
      #expect(content.contains(old))
      try scratch.write("baseline.json", content.replacing(old, with: new))
      let result = try check(scratch, "old")
      #expect(result.status == 10)
      #expect(result.output.contains(words), "\(result.output)")
      #expect(lastLine(result).contains("not comparable"))
    }
    try expect(
      "v:\(ToolVersion.current)", "v:0.0.9",
      "CIDEr: not comparable: v:0.0.9 against \(ToolVersion.current)\n")
    try expect("norm:vqa-v2", "norm:mplug", "accuracy: not comparable: norm:mplug against vqa-v2\n")
    let references = try #require(content.firstMatch(of: /"references": "(mini-vqav2-val@\w+)"/)).1
    try expect(
      String(references), "val@00000000",
      "accuracy: not comparable: references:val@00000000 against \(references)\n")
  }

  @Test func updates() throws {
    let scratch = try scene("accuracy=0.5")
    let before = try JSONFile.read(scratch("baseline.json"))
    #expect(before["schema"]?.string == "mplug-eval/baseline/1")
    #expect(before["tolerances"] == ["default": 0.0, "accuracy": 0.5])
    #expect(before["policy"] == ["minimum_samples": 20])
    try scratch.write(
      "baseline.json",
      try JSONValue.object(
        JSONObject(
          (before.object?.members ?? []).filter { $0.key != "policy" }.map { ($0.key, $0.value) }
            + [
              ("policy", ["minimum_samples": 10]), ("comment", "keep me"),
            ])
      ).text())
    // Better answers pass, and the way to take them over is told.
    try score(.answers, Task.answers.predictions("hasty"), into: scratch("hasty"))
    #expect(try check(scratch, "hasty/mine/mini-vqav2-val", "--update").status == 0)
    try score(.answers, Task.answers.predictions(), into: scratch("new"))
    let better = try BuiltBinary.run([
      "check", try runFolder(scratch("new")), "--baseline", scratch("baseline.json"),
    ])
    #expect(better.status == 0)
    #expect(lastLine(better).contains("passed: 3 improved, 1 pass"))
    #expect(better.output.contains("--update"))
    #expect(try check(scratch, "new", "--update", "--tolerance", "CIDEr=0.02").status == 0)
    let after = try JSONFile.read(scratch("baseline.json"))
    #expect(after["policy"] == ["minimum_samples": 10])
    #expect(after["comment"] == "keep me")
    #expect(after["tolerances"] == ["default": 0.0, "accuracy": 0.5, "CIDEr": 0.02])
    // The entry without a new run stays, and the numbers are the first ones again.
    let runs = try #require(after["runs"]?.array)
    #expect(runs.compactMap { $0["benchmark"]?.string } == ["mini-coco-caption", "mini-vqav2"])
    #expect(
      runs.map { $0["metrics"] } == (before["runs"]?.array ?? []).map { $0["metrics"] })
    let names = try String(contentsOfFile: scratch("baseline.json"), encoding: .utf8)
      .matches(of: /(?m)^  "(\w+)"/).map { String($0.1) }
    #expect(names == ["comment", "policy", "runs", "schema", "tolerances"])
    // Nothing half-written lies beside it.
    #expect(try files(under: scratch.path).allSatisfy { !$0.contains("partial") })
  }

  private func runFolder(_ results: String) throws -> String {
    let run = try #require(try files(under: results).first { $0.hasSuffix("/run.json") })
    return "\(results)/\(run.dropLast("/run.json".count))"
  }

  /// A CI page grows with each command of a step.
  @Test func summariesAreAdded() throws {
    let scratch = try scene()
    let page = try scratch.write("page.md", "# The job\nno line end")
    for _ in 0..<2 { #expect(try check(scratch, "old", "--summary", page).status == 0) }
    let text = try String(contentsOfFile: page, encoding: .utf8)
    #expect(text.hasPrefix("# The job\nno line end\n\n## ✅ mplug-eval check: passed\n\n| "))
    #expect(text.matches(of: /## ✅/).count == 2)
    // A device is written to, not read.
    for (option, start) in [("--summary", "## ✅"), ("--junit", "<?xml")] {
      let stdout = try check(scratch, "old", option, "/dev/stdout")
      #expect(stdout.status == 0)
      #expect(stdout.output.hasPrefix(start))
    }
  }

  @Test func wrongUse() throws {
    let scratch = try scene()
    let base = ["check", scratch("old"), "--baseline", scratch("baseline.json")]
    func expect(_ status: Int32, _ part: String, _ arguments: [String]) throws {
      try expectFailure(status, saying: [part], arguments, in: scratch)
    }
    try expect(64, "--baseline", ["check", scratch("old")])
    try expect(64, "--tolerance takes", base + ["--tolerance", "accuracy"])
    try expect(64, "--tolerance takes", base + ["--tolerance", "accuracy=-1"])
    try expect(64, "did you mean accuracy", base + ["--tolerance", "acuracy=1"])
    try expect(64, "must not be empty", base + ["--junit", ""])
    try expect(64, "would overwrite", base + ["--junit", scratch("baseline.json")])
    try expect(64, "would overwrite", base + ["--summary", scratch("old/../baseline.json")])
    try expect(64, "the same file", base + ["--junit", "a", "--summary", "a"])
    try expect(66, "no/such", ["check", "no/such", "--baseline", scratch("baseline.json")])
    try expect(66, "make the file with --update", ["check", scratch("old"), "--baseline", "none"])
    try scratch.write("empty/x", "")
    try expect(
      66, "holds no run folder",
      ["check", scratch("empty"), "--baseline", scratch("baseline.json")])
    try expect(
      65, "expected a value",
      ["check", scratch("old"), "--baseline", try scratch.write("b", "{\"a\": }")])
    try expect(
      65, "is no baseline", ["check", scratch("old"), "--baseline", try scratch.write("c", "{}")])
    try expect(
      74, "cannot be written", ["check", scratch("old"), "--baseline", scratch("no/b"), "--update"])
    // What cannot be written is no verdict.
    try expect(74, "cannot be written", base + ["--junit", scratch("no/such/file")])
    let nobody = scratch("nobody")
    try score(.answers, Task.answers.predictions(), into: nobody, model: "other")
    try expect(
      65, "has no entry for mini-vqav2/val of other",
      ["check", try runFolder(nobody), "--baseline", scratch("baseline.json")])
    // In a results folder that run does not stand for the one that is missing.
    let results = try check(scratch, "nobody")
    #expect(results.status == 10)
    #expect(lastLine(results).contains("failed: 10 missing, 4 new"))
  }

  /// A run whose samples cannot be read is an error and no verdict.
  @Test func brokenSamples() throws {
    let scratch = try scene()
    try score(.answers, try spoilt(scratch, every: 20), into: scratch("new"))
    try score(.captions, Task.captions.predictions(), into: scratch("new"))
    let path = try #require(
      try files(under: scratch("new")).first {
        $0.contains("vqav2") && $0.hasSuffix("samples.jsonl")
      })
    try scratch.write("new/\(path)", "{\"id\": 1}\n")
    try expectFailure(
      65, saying: ["\(path):1:1", "has no \"cluster\""],
      ["check", scratch("new"), "--baseline", scratch("baseline.json")], in: scratch)
  }
}

/// The elements of an XML file, counted, and the attributes of the first.
private final class Document: NSObject, XMLParserDelegate {
  private(set) var counts: [String: Int] = [:]
  private(set) var attributes: [String: String] = [:]

  init(_ path: String) throws {
    super.init()
    let parser = XMLParser(data: try Data(contentsOf: URL(fileURLWithPath: path)))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if counts.isEmpty { self.attributes = attributes }
    counts[element, default: 0] += 1
  }
}
