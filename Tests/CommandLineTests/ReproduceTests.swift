import Datasets
import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// `reproduce`, and the status of benchmarks.
@Suite struct ReproduceTests {
  /// A results folder with one run that fills a cell.
  private func results() throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    let record: JSONValue = [
      "schema": "mplug-eval/run/1", "references": "dev@11111111", "status": "complete",
      "benchmark": "nlvr2", "split": "dev", "task": "reasoning", "model": "mplug-large",
      "id": "0123456789ab", "count": 6982, "expected": 6982,
      "metrics": [
        "accuracy": [
          "value": 0.8501, "count": 6982, "signature": "accuracy|v:1", "ci95": [0.84, 0.86],
        ]
      ],
      "provenance": ["finished": "2026-01-01T00:00:00.000Z"],
    ]
    try scratch.write("results/mplug-large/nlvr2-dev/0123/run.json", try record.text())
    return scratch
  }

  private func reproduce(
    _ arguments: String..., in folder: String? = nil
  ) throws -> BuiltBinary.Result {
    let result = try BuiltBinary.run(["reproduce"] + arguments, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    return result
  }

  @Test func theUsualFolderIsResults() throws {
    let scratch = try results()
    let named = try reproduce(scratch("results"))
    #expect(named.output.contains("85.01") && named.output.contains("+0.43"))
    #expect(named.errors == "")
    let usual = try reproduce(in: scratch.path)
    #expect(usual.output == named.output)
    let empty = try TemporaryFolder()
    let none = try reproduce(in: empty.path)
    #expect(
      none.errors
        == "mplug-eval: warning: there is no folder results: no cell has a number of ours\n")
    #expect(!none.output.contains("85.01") && none.output.contains("84.58"))
    let bare = try reproduce(empty.path)
    #expect(bare.errors == "mplug-eval: warning: \(empty.path) holds no run (no run.json)\n")
    #expect(bare.output == none.output)
    try expectFailure(
      66, saying: ["\(empty("absent")): there is no such file"], ["reproduce", empty("absent")],
      in: empty)
    try expectFailure(
      74, saying: ["\(empty("no/table.md")): cannot be written"],
      ["reproduce", scratch("results"), "--output", empty("no/table.md")], in: empty)
    try empty.write("bad/run.json", "[]")
    try expectFailure(
      65, saying: ["\(empty("bad/run.json")): is no record of schema"],
      ["reproduce", empty("bad")],
      in: empty)
  }

  @Test func formats() throws {
    let scratch = try results()
    let json = try JSONFile.parse(
      try reproduce(scratch("results"), "--format", "json").output)
    let cells = try #require(json["tables"]?.array).flatMap { $0["cells"]?.array ?? [] }
    #expect(cells.count == 64)
    let filled = cells.filter { $0["ours"] != .null }
    #expect(filled.count == 1 && filled[0]["ours"]?["run"]?.string?.hasSuffix("/0123") == true)
    let rows = try #require(
      CSV.rows(try reproduce(scratch("results"), "--format", "csv").output))
    #expect(rows.count == 65 && Set(rows.map(\.count)).count == 1)
    #expect(rows[0].prefix(5) == ["table", "model", "benchmark", "metric", "paper"])
    for format in ["markdown", "latex", "html"] {
      let text = try reproduce(scratch("results"), "--format", format).output
      #expect(text.contains("85.01") && text.contains("mPLUG Huge"), "\(format)")
    }
    let file = try reproduce(
      scratch("results"), "--format", "markdown", "--output", scratch("table.md"))
    #expect(file.output == "")
    #expect(
      try String(contentsOfFile: scratch("table.md"), encoding: .utf8)
        == (try reproduce(scratch("results"), "--format", "markdown").output))
  }

  /// The layout names presets and benchmarks, and the presets benchmarks, that there are.
  @Test func layoutAndPresetsAgree() throws {
    let json = try JSONFile.parse(
      try BuiltBinary.run(["list", "models", "--format", "json"]).output)
    let presets = try #require(json["models"]?.array)
    let names = Set(presets.compactMap { $0["name"]?.string })
    let tables = try PaperTables.embedded()
    let columns = tables.tables.flatMap(\.columns)
    for name in tables.models.flatMap(\.names) + columns.flatMap({ $0.names ?? [] }) {
      #expect(names.contains(name), "\(name)")
    }
    let known = Set(BenchmarkRegistry.names + ["pretraining"])
    for checkpoint in presets.flatMap({ $0["checkpoints"]?.array ?? [] }) {
      let name = try #require(checkpoint["tuned_on"]?.string)
      #expect(known.contains(name), "\(name)")
      #expect(checkpoint["published_at"]?.string?.hasPrefix("https://") == true)
    }
    for column in columns {
      for name in column.tunedOn ?? [] { #expect(known.contains(name), "\(name)") }
    }
  }

  @Test func statusOfBenchmarks() throws {
    let table = try BuiltBinary.run(["list", "status", "--format", "markdown"])
    #expect(table.status == 0 && table.errors == "")
    let lines = table.output.split(separator: "\n")
    #expect(lines.first == "| benchmark | task | score | run | paper's values | status |")
    #expect(lines.count == BenchmarkRegistry.names.count + 2)
    #expect(
      lines.contains {
        $0.hasPrefix("| vqav2 | vqa | val, minival; submission: test-dev, test-std | mplug-base, ")
          && $0.hasSuffix(
            "| test-dev: Base 79.79, Large 81.27, Huge 82.27; test-std: Base 79.98, Large 81.26, "
              + "Huge 82.41 | checkpoint published: mplug-large |")
      })
    #expect(
      lines.contains {
        $0.hasSuffix(
          "| dev: Large 84.58; test-P: Large 84.95 | "
            + "needs a checkpoint of yours, tuned for it |")
      })
    #expect(lines.contains { $0.hasPrefix("| mini-vqav2 | ") && $0.contains("embedded") })
    #expect(!(try BuiltBinary.run(["list"]).output).contains("paper's values"))
    let json = try JSONFile.parse(
      try BuiltBinary.run(["list", "status", "--format", "json"]).output)
    #expect(json["status"]?.array?.count == BenchmarkRegistry.names.count)
  }

  @Test func listsSayWhatRunsAndWhatIsPublished() throws {
    let json = try JSONFile.parse(try BuiltBinary.run(["list", "--format", "json"]).output)
    func entry(_ kind: String, _ name: String) -> JSONValue? {
      json[kind]?.array?.first { $0["name"]?.string == name }
    }
    let video = try #require(entry("benchmarks", "msrvtt-qa"))
    #expect(video["run"]?["task"]?.string == "video-qa")
    #expect(video["run"]?["models"]?.array?.contains(.string("mplug-base")) == true)
    #expect(video["paper"]?[0]?["value"]?.string == "21.1")
    #expect(
      video["checkpoints"]?.array?.compactMap { $0["model"]?.string } == ["mplug-large"])
    #expect(entry("benchmarks", "mini-vqav2")?["paper"]?.array?.isEmpty == true)
    let base = try #require(entry("models", "mplug-base")?["checkpoints"]?.array)
    #expect(base.compactMap { $0["tuned_on"]?.string } == ["coco-caption", "pretraining"])
    #expect(base.last?["name"]?.string == "mplug_base.pth")
    #expect(base.allSatisfy { $0["published_at"]?.string?.contains("mplug_") == true })
    #expect(entry("models", "mini")?["embedded"]?.bool == true)
    #expect(entry("models", "mplug-base")?["embedded"]?.bool == false)
    #expect(entry("benchmarks", "mini-nlvr2")?["run"]?["models"]?[0]?.string == "mini")
    #expect(entry("models", "mplug-huge")?["checkpoints"]?.array?.isEmpty == true)
  }
}
