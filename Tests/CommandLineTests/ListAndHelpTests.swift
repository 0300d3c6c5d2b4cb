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
    #expect(result.output.contains("test-dev (server)"))
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
    default: #expect(names.isEmpty)
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
  }

  @Test func version() throws {
    let result = try BuiltBinary.run(["--version"])
    #expect(result.status == 0)
    #expect(result.output == "mplug-eval \(ToolVersion.current)\n")
    #expect(result.errors == "")
  }

  /// `MPLUG_EVAL_WRITE_HELP=1 swift test --filter helpIsAsRecorded` writes the texts anew.
  @Test(arguments: ["", "list", "doctor", "score", "leaderboard", "tokenize"])
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
