import Foundation
import Records
import TestSupport
import Testing

/// One sample of a run through the built command.
@Suite struct InspectTests {
  /// Scores the embedded set and gives the run folder.
  private func run(_ task: Task, _ scratch: TemporaryFolder) throws -> String {
    let result = try BuiltBinary.run(
      task.score(task.predictions("hasty"), "--output", scratch("out"), "--model", "hasty"))
    #expect(result.status == 0, "\(result.errors)")
    let run = try #require(
      try files(under: scratch("out")).first { $0.hasSuffix("/run.json") })
    return scratch("out/" + run.dropLast("/run.json".count))
  }

  private func inspect(_ arguments: String...) throws -> JSONValue {
    let result = try BuiltBinary.run(["inspect"] + arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    return try JSONFile.parse(result.output)
  }

  @Test func aQuestion() throws {
    let scratch = try TemporaryFolder()
    let folder = try run(.answers, scratch)
    let lines = try JSONFile.lines(folder + "/samples.jsonl")
    for line in [lines[0], lines[77], lines[157]] {
      let id = try #require(line["id"]?.int)
      let sample = try inspect(folder, "\(id)")
      #expect(sample["id"]?.int == id)
      #expect(sample["prediction"] == line["prediction"])
      #expect(sample["scores"] == line["scores"])
      #expect(sample["input"]?.string?.hasSuffix("?") == true)
      #expect(sample["references"]?.array?.count == 10)
      #expect(sample["note"] == .null)
      let media = try #require(sample["media"]?.array)
      #expect(media.count == 1 && media[0]["kind"]?.string == "image")
      let trace = try #require(sample["traces"]?.array?.first)
      #expect(trace["of"]?.string == "accuracy")
      #expect(trace["accuracy"] == line["scores"]?["accuracy"])
      #expect(trace["answers"]?.array?.count == 10)
    }
    let id = try #require(lines[0]["id"]?.int)
    let text = try BuiltBinary.run(["inspect", folder, "\(id)"])
    #expect(text.status == 0 && text.errors == "")
    #expect(text.output.hasPrefix("mini-vqav2/val \(id), hasty (run "))
    for label in ["input", "image", "prediction", "references", "score", "compared", "mean"] {
      #expect(text.output.contains("\n  \(label)"), "\(label)")
    }
    // The parent folder holds this run alone.
    #expect(try BuiltBinary.run(["inspect", scratch("out"), "\(id)"]).output == text.output)
  }

  @Test func aCaption() throws {
    let scratch = try TemporaryFolder()
    let folder = try run(.captions, scratch)
    let line = try JSONFile.lines(folder + "/samples.jsonl")[3]
    let id = try #require(line["id"]?.int)
    let sample = try inspect(folder, "\(id)")
    #expect(sample["right"] == .null && sample["input"] == .null)
    let trace = try #require(sample["traces"]?.array?.first)
    let cider = try #require(trace["cider"]?.double)
    #expect(abs(cider - (try #require(line["scores"]?["CIDEr"]?.double))) < 1e-12)
    let rows = try #require(line["statistics"]?["Bleu"]?.array).compactMap(\.double)
    let orders = try #require(trace["orders"]?.array)
    #expect(orders.compactMap { $0["correct"]?.double } == Array(rows[0..<4]))
    let text = try BuiltBinary.run(["inspect", folder, "\(id)"]).output
    #expect(text.contains("\n  4-grams") && text.contains("CIDEr-D against each alone"))
  }

  @Test func namesThatAreNoSample() throws {
    let scratch = try TemporaryFolder()
    let folder = try run(.answers, scratch)
    let id = try #require(try JSONFile.lines(folder + "/samples.jsonl")[0]["id"]?.int)
    let result = try BuiltBinary.run(["inspect", folder, "\(id)9"])
    #expect(result.status == 64 && result.output == "")
    #expect(
      result.errors.hasPrefix("mplug-eval: \(folder): has no sample '\(id)9'; the nearest are "))
    #expect(result.errors.contains("\(id)") && result.errors.split(separator: "\n").count == 1)
    for (arguments, status) in [
      ([scratch("none"), "1"], 66), ([scratch.path, ""], 64), ([scratch("out")], 64),
      ([folder, "\(id)", "--data", scratch("none")], 66),
      ([folder, "\(id)", "--data", scratch("out")], 66),
    ] as [([String], Int32)] {
      let result = try BuiltBinary.run(["inspect"] + arguments)
      #expect(result.status == status, "\(arguments): \(result.errors)")
      #expect(result.output == "" && result.errors.split(separator: "\n").count == 1)
    }
    try FileManager.default.removeItem(atPath: folder + "/samples.jsonl")
    #expect(try BuiltBinary.run(["inspect", folder, "\(id)"]).status == 66)
  }

  /// Without its data a run still has predictions and scores; with them named, all.
  @Test func dataThatMoved() throws {
    let scratch = try TemporaryFolder()
    for part in ["questions", "annotations"] {
      let name =
        part == "questions"
        ? "v2_OpenEnded_mscoco_val2014_questions.json" : "v2_mscoco_val2014_annotations.json"
      try scratch.write(
        "data/\(name)", try String(contentsOfFile: Mini.file("vqav2/\(name)"), encoding: .utf8))
    }
    let scored = try BuiltBinary.run(
      [
        "score", "mini-vqav2/val", "--predictions", Task.answers.predictions(), "--data", "data",
        "--output", "out",
      ], in: scratch.path)
    #expect(scored.status == 0, "\(scored.errors)")
    let samples = try #require(
      try files(under: scratch("out")).first { $0.hasSuffix("samples.jsonl") })
    let id = try #require(try JSONFile.lines(scratch("out/\(samples)"))[0]["id"]?.int)
    let arguments = ["inspect", scratch("out"), "\(id)", "--format", "json"]
    // The command named a folder in the one it ran in.
    let here = try JSONFile.parse(try BuiltBinary.run(arguments, in: scratch.path).output)
    #expect(here["note"] == .null && here["input"]?.string != nil)
    let elsewhere = try JSONFile.parse(try BuiltBinary.run(arguments).output)
    #expect(elsewhere["note"]?.string?.contains("its data folder data is not here") == true)
    #expect(elsewhere["input"] == .null && elsewhere["traces"]?.array?.isEmpty == true)
    #expect(elsewhere["scores"] == here["scores"] && elsewhere["prediction"] == here["prediction"])
    let named = try BuiltBinary.run(arguments + ["--data", scratch("data")])
    #expect(try JSONFile.parse(named.output)["input"] == here["input"])
    let text = try BuiltBinary.run(Array(arguments.prefix(3)))
    #expect(text.output.contains("\n  note"))
  }
}
