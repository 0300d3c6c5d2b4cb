import Foundation
import Records
import TestSupport
import Testing

/// `compare` over runs of the embedded set.
@Suite struct CompareTests {
  /// Run folders of the embedded systems, by system and task.
  private func runs(_ systems: String...) throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    for task in Task.allCases {
      for system in systems {
        let result = try BuiltBinary.run(
          task.score(
            task.predictions(system), "--output", scratch("runs"), "--model", system))
        #expect(result.status == 0, "\(result.errors)")
      }
    }
    return scratch
  }

  private func folder(_ scratch: TemporaryFolder, _ system: String, _ task: Task) -> String {
    let name = task == .answers ? "mini-vqav2-val" : "mini-coco-caption-test"
    return scratch("runs/\(system)/\(name)")
  }

  private func compare(_ arguments: String...) throws -> String {
    let result = try BuiltBinary.run(["compare"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    return result.output
  }

  /// The intervals are those of the difference resampled from `samples.jsonl` by other means: the
  /// tests of the library check them. Here: the whole way, with values that `score` gives.
  @Test(arguments: Task.allCases) func json(_ task: Task) throws {
    let scratch = try runs("hasty", "attentive", "constant")
    let text = try compare(
      folder(scratch, "hasty", task), folder(scratch, "attentive", task),
      folder(scratch, "constant", task), "--format", "json")
    #expect(text.split(separator: "\n").count == 1)
    let json = try JSONFile.parse(text)
    #expect(json["baseline"]?["model"]?.string == "hasty")
    #expect(json["baseline"]?["count"]?.int == task.samples)
    #expect(json["methods"]?["intervals"]?["resamples"]?.int == 1000)
    #expect(json["methods"]?["p"]?["trials"]?.int == 10000)
    let comparisons = try #require(json["comparisons"]?.array)
    #expect(comparisons.compactMap { $0["run"]?["model"]?.string } == ["attentive", "constant"])
    let expected: [String: [Double]] = [
      "hasty": task == .answers ? [45.32] : [0.5360],
      "attentive": task == .answers ? [79.81] : [1.3776],
      "constant": task == .answers ? [16.14] : [0.1503],
    ]
    for comparison in comparisons {
      let metric = try #require(comparison["metrics"]?[task.primary])
      let model = try #require(comparison["run"]?["model"]?.string)
      let values = (
        try #require(metric["baseline"]?.double), try #require(metric["value"]?.double)
      )
      #expect(abs(values.0 - (expected["hasty"]?[0] ?? 0)) < 0.005)
      #expect(abs(values.1 - (expected[model]?[0] ?? 0)) < 0.005)
      let difference = try #require(metric["difference"]?.double)
      #expect(abs(difference - (values.1 - values.0)) < 0.011)
      let ends = try #require(metric["ci95"]?.array).compactMap(\.double)
      #expect(ends.count == 2 && ends[0] < difference && difference < ends[1])
      #expect(metric["verdict"]?.string == (model == "attentive" ? "better" : "worse"))
      let p = try #require(metric["p"]?.double)
      #expect(p >= 1.0 / 10001 && p < 0.002)
      #expect(metric["test"]?.string == "approximate randomization")
      let counts = ["better", "worse", "same"].compactMap { metric[$0]?.int }
      #expect(counts.count == 3 && counts.reduce(0, +) == task.samples)
      #expect(metric["higher_is_better"]?.bool == true)
      #expect(comparison["clusters"]?.int == (task == .answers ? 40 : 30))
      #expect(comparison["notes"]?.array?.isEmpty == true)
      if task == .answers {
        // Of each answer type too.
        let part = try #require(comparison["metrics"]?["accuracy/number"])
        #expect(part["ci95"]?.array?.count == 2 && part["p"]?.double != nil)
        let of = ["better", "worse", "same"].compactMap { part[$0]?.int }
        #expect(of.reduce(0, +) == 30)
        let group = try #require(comparison["groups"]?["question_type"]?["how many"])
        #expect(group["count"]?.int == 30)
        #expect(group["accuracy"]?["baseline"]?.double == 57.0)
      }
    }
    // All scores of the task are there, with intervals, in every comparison.
    #expect(
      comparisons.map { $0["metrics"]?.object?.members.count } == [task == .answers ? 4 : 6]
        + [task == .answers ? 4 : 6])
  }

  @Test func formatsSayTheSame() throws {
    let scratch = try runs("hasty", "attentive")
    let pair = [folder(scratch, "hasty", .answers), folder(scratch, "attentive", .answers)]
    let text = try compare(pair[0], pair[1])
    let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("accuracy ") })
    let cells = row.split(separator: " ").map(String.init)
    #expect(cells[..<4] == ["accuracy", "45.32", "79.81", "+34.49"])
    #expect(cells.last == "better" && cells.contains("<0.0001"))
    #expect(text.hasPrefix("attentive (run "))
    #expect(text.contains(" on mini-vqav2/val, n=158 in 40 clusters\n"))
    #expect(text.contains("paired bootstrap over clusters, 1000 resamples, seed 12345"))
    #expect(text.contains("\nattentive against hasty by question_type\n"))
    let markdown = try compare(pair[0], pair[1], "--format", "markdown")
    #expect(markdown.contains("| accuracy | 45.32 | 79.81 | +34.49 | "))
    let csv = try compare(pair[0], pair[1], "--format", "csv")
    #expect(csv.contains(",accuracy,45.32,79.81,+34.49,"))
    #expect(try compare(pair[0], pair[1], "--format", "latex").contains("accuracy & 45.32 & 79.81"))
    #expect(
      try compare(pair[0], pair[1], "--format", "html").contains(
        "<td>accuracy</td><td class=\"number\">45.32</td>"))
    // Backwards all is turned; twice is the same to the byte.
    let back = try compare(pair[1], pair[0])
    #expect(back.contains("79.81 45.32     -34.49") && back.contains(" worse\n"))
    #expect(try compare(pair[0], pair[1]) == text)
  }

  @Test func sameFolderTwice() throws {
    let scratch = try runs("hasty")
    let folder = folder(scratch, "hasty", .captions)
    let json = try JSONFile.parse(try compare(folder, folder, "--format", "json"))
    let comparison = try #require(json["comparisons"]?[0])
    #expect(comparison["notes"] == ["Both are the same run."])
    for member in try #require(comparison["metrics"]?.object?.members) {
      #expect(member.value["p"]?.double == 1, "\(member.key)")
      #expect(member.value["difference"]?.double == 0)
      #expect(member.value["verdict"]?.string == "same")
    }
  }

  /// The common samples of two parts, by ids of the real files.
  @Test func partialRuns() throws {
    let scratch = try runs("hasty")
    let all = try #require(try JSONFile.read(Task.answers.predictions()).array)
    let part = try scratch.write("part.json", try JSONValue.array(Array(all[20...])).text())
    let result = try BuiltBinary.run(
      Task.answers.score(
        part, "--output", scratch("runs"), "--model", "part", "--allow-partial"))
    #expect(result.status == 0)
    let text = try compare(
      folder(scratch, "hasty", .answers), folder(scratch, "part", .answers))
    #expect(text.contains("n=138 in "))
    #expect(
      text.contains(
        "The sets differ: the numbers are of the 138 samples that both runs have, of 158 and 138."))
    #expect(!text.contains("question_type"))
  }

  @Test func wrongUse() throws {
    let scratch = try runs("hasty", "attentive")
    let runs = [folder(scratch, "hasty", .answers), folder(scratch, "attentive", .answers)]
    try expectFailure(64, saying: ["at least two"], ["compare", runs[0]], in: scratch)
    try expectFailure(64, saying: ["runs"], ["compare"], in: scratch)
    try expectFailure(64, saying: ["must not be empty"], ["compare", runs[0], ""], in: scratch)
    try expectFailure(64, saying: ["yaml"], ["compare"] + runs + ["--format", "yaml"], in: scratch)
    try expectFailure(66, saying: ["no/such"], ["compare", runs[0], "no/such"], in: scratch)
    try scratch.write("empty/x", "")
    try expectFailure(
      66, saying: ["holds no run folder"], ["compare", runs[0], scratch("empty")],
      in: scratch)
    try expectFailure(
      64, saying: ["holds 2 runs and one is wanted", "mini-vqav2-val"],
      ["compare", runs[0], scratch("runs/hasty")], in: scratch)
    try expectFailure(
      65, saying: ["the benchmarks differ, mini-vqav2 against mini-coco-caption"],
      ["compare", runs[0], folder(scratch, "hasty", .captions)], in: scratch)
  }

  @Test func brokenFolders() throws {
    let scratch = try runs("hasty", "attentive")
    let pair = [folder(scratch, "hasty", .answers), folder(scratch, "attentive", .answers)]
    let name = try #require(try files(under: pair[1]).first { $0.hasSuffix("samples.jsonl") })
    let path = "\(pair[1])/\(name)"
    let content = try String(contentsOfFile: path, encoding: .utf8)
    func expect(_ status: Int32, _ parts: [String], _ change: (String) -> String?) throws {
      if let changed = change(content) {
        try changed.write(toFile: path, atomically: true, encoding: .utf8)
      } else {
        try FileManager.default.removeItem(atPath: path)
      }
      try expectFailure(status, saying: parts, ["compare"] + pair, in: scratch)
    }
    try expect(65, ["\(path):3:1: expected an object"]) { content in
      var lines = content.split(separator: "\n").map(String.init)
      lines[2] = "\"cut off"
      return lines.joined(separator: "\n")
    }
    try expect(65, ["\(path):158:", "the file ends inside"]) { String($0.dropLast(5)) }
    try expect(65, ["\(path):5:", "NaN is not JSON"]) { content in
      var lines = content.split(separator: "\n").map(String.init)
      lines[4] = lines[4].replacing(/"accuracy":[0-9.]+/, with: "\"accuracy\":NaN")
      return lines.joined(separator: "\n")
    }
    try expect(65, ["its samples give accuracy", "run.json says", "changed after scoring"]) {
      content in
      content.replacing("\"accuracy\":0.0", with: "\"accuracy\":100.0", maxReplacements: 1)
    }
    try expect(65, ["holds 157 samples and run.json says 158"]) { content in
      String(content.split(separator: "\n").dropLast().joined(separator: "\n"))
    }
    try expect(65, ["holds 0 samples"]) { _ in "" }
    try expect(66, ["samples.jsonl", "score the predictions again"]) { _ in nil }
  }

  /// Numbers of two versions do not compare.
  @Test func otherVersions() throws {
    let scratch = try runs("hasty", "attentive")
    let pair = [folder(scratch, "hasty", .captions), folder(scratch, "attentive", .captions)]
    let name = try #require(try files(under: pair[1]).first { $0.hasSuffix("run.json") })
    let path = "\(pair[1])/\(name)"
    let record = try String(contentsOfFile: path, encoding: .utf8)
    let old = "|v:\(ToolVersion.current)"
    #expect(record.contains(old))
    try record.replacing(old, with: "|v:0.0.9")
      .write(toFile: path, atomically: true, encoding: .utf8)
    try expectFailure(
      65, saying: ["measured in two ways: v:\(ToolVersion.current) against 0.0.9"],
      ["compare"] + pair, in: scratch)
  }
}

/// What a task keeps of its samples gives all its scores again: the run compares with itself, and no
/// score is compared by its value alone.
func expectComparable(
  _ folder: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let result = try BuiltBinary.run(["compare", folder, folder, "--format", "json"])
  #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
  let metrics = try JSONFile.parse(result.output)["comparisons"]?[0]?["metrics"]?.object
  let own = try #require(try JSONFile.read(folder + "/run.json")["metrics"]?.object)
  #expect(metrics?.members.map(\.key) == own.members.map(\.key), sourceLocation: sourceLocation)
  for member in metrics?.members ?? [] {
    #expect(member.value["difference"]?.double == 0, sourceLocation: sourceLocation)
    #expect(
      member.value["same"]?.int != nil || member.value["p"]?.double == 1, "\(member.key)",
      sourceLocation: sourceLocation)
  }
}
