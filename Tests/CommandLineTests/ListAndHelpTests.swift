import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// `list`, `--version` and the help texts.
@Suite struct ListAndHelpTests {
  @Test func listsEverything() throws {
    let result = try BuiltBinary.run(["list"])
    #expect(result.status == 0)
    #expect(result.errors == "")
    for heading in ["Benchmarks\n", "Models\n", "Metrics\n", "Data sets\n"] {
      #expect(result.output.contains(heading))
    }
    for name in BenchmarkRegistry.names { #expect(result.output.contains("\n\(name) ")) }
    #expect(result.output.contains("test-dev 107,394 (server); test-std 447,793 (server)"))
    #expect(result.output.contains("official JSON; the reference project's lists and labels"))
  }

  /// The README's table is made by `make readme-table`.
  @Test func theReadmeHasRowsOfTheMarkdownTable() throws {
    let table = try BuiltBinary.run(["list", "benchmarks", "--format", "markdown"])
    #expect(table.status == 0)
    let lines = table.output.split(separator: "\n")
    #expect(lines.first == "| benchmark | task | splits | metrics | files read |")
    #expect(lines.count == BenchmarkRegistry.names.count + 3)
    let readme = try String(
      contentsOf: Golden.root.appendingPathComponent("README.md"), encoding: .utf8)
    let part = try #require(readme.firstMatch(of: /<!-- benchmarks -->\n((?:.*\n)*?)<!-- end -->/))
    let rows = part.1.split(separator: "\n")
    #expect(rows.count > 3)
    for row in rows { #expect(lines.contains(row), "`make readme-table` renews: \(row)") }
    let all = try BuiltBinary.run(["list", "--format", "markdown"]).output
    #expect(all.hasPrefix("## Benchmarks\n\n| benchmark |") && all.contains("\n## Metrics\n"))
  }

  @Test(arguments: ["benchmarks", "models", "metrics", "datasets"])
  func oneKind(_ kind: String) throws {
    let json = try BuiltBinary.run(["list", kind, "--format", "json"])
    #expect(json.status == 0)
    let object = try JSONFile.parse(json.output)
    #expect(object.object?.members.map(\.key) == [kind])
    let names = object[kind]?.array?.compactMap { $0["name"]?.string } ?? []
    let text = try BuiltBinary.run(["list", kind]).output
    for name in names { #expect(text.contains("\n\(name) ")) }
    switch kind {
    case "benchmarks": #expect(names == BenchmarkRegistry.names)
    case "datasets": #expect(names == DatasetRegistry.all.map { $0.name })
    case "metrics":
      #expect(names.contains("CIDEr") && names.contains("Bleu") && names.contains("accuracy"))
      let bleu = object[kind]?.array?.first { $0["name"]?.string == "Bleu" }
      #expect(
        bleu?["produces"]?.array?.compactMap(\.string) == ["Bleu_1", "Bleu_2", "Bleu_3", "Bleu_4"])
    default:
      #expect(names.contains("mplug-base") && names.contains("mplug-large"))
      #expect(text.contains("vqa 384, caption 384") && text.contains("video-qa 480 x 16"))
      let base = object[kind]?.array?.first { $0["name"]?.string == "mplug-base" }
      let tasks = base?["tasks"]?.array ?? []
      #expect(tasks.contains { $0["name"]?.string == "video-retrieval" })
      #expect(tasks.first?["protocol"]?.string?.hasPrefix("vqa|res:384|") == true)
    }
  }

  @Test func splitsOfABenchmark() throws {
    let json = try JSONFile.parse(try BuiltBinary.run(["list", "--format", "json"]).output)
    #expect(
      json.object?.members.map(\.key) == ["benchmarks", "datasets", "metrics", "models"])
    let vqa = json["benchmarks"]?.array?.first { $0["name"]?.string == "vqav2" }
    let splits = try #require(vqa?["splits"]?.array)
    #expect(
      splits.compactMap { $0["name"]?.string } == ["val", "minival", "test-dev", "test-std"])
    #expect(splits.compactMap { $0["samples"]?.int } == [214_354, 25_994, 107_394, 447_793])
    #expect(
      splits.compactMap { $0["answers"]?.string } == ["public", "public", "hidden", "hidden"])
    #expect(
      splits[1]["files"]?["labels"]?.array?.compactMap(\.string) == ["minival.json"])
    #expect(
      vqa?["reads"]?.array?.compactMap(\.string)
        == ["official JSON", "the reference project's lists and labels"])
  }

  @Test func version() throws {
    let result = try BuiltBinary.run(["--version"])
    #expect(result.status == 0)
    #expect(result.output == "mplug-eval \(ToolVersion.current)\n")
    #expect(result.errors == "")
  }

  /// `MPLUG_EVAL_WRITE_HELP=1 swift test --filter helpIsAsRecorded` writes the texts anew.
  @Test(arguments: [
    "", "list", "doctor", "run", "score", "merge", "leaderboard", "reproduce", "compare", "check",
    "inspect", "ask", "frames", "preprocess", "tokenize", "convert", "verify", "resources",
  ])
  func helpIsAsRecorded(_ verb: String) throws {
    // The parser wraps lines at the terminal's width.
    let result = try BuiltBinary.run(
      (verb.isEmpty ? [] : [verb]) + ["--help"], environment: ["COLUMNS": "80"])
    #expect(result.status == 0)
    #expect(result.errors == "")
    let file = Golden.fixtures.appendingPathComponent(
      "help/\(verb.isEmpty ? "mplug-eval" : verb).txt")
    if ProcessInfo.processInfo.environment["MPLUG_EVAL_WRITE_HELP"] == "1" {
      try result.output.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(result.output == (try String(contentsOf: file, encoding: .utf8)))
  }
}
