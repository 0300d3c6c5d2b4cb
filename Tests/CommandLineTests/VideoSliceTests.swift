import Foundation
import Records
import TestSupport
import Testing

/// Video benchmarks with the built binary over slices of the real files.
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

  /// A clip that stands twice is two samples to compare and check as well.
  @Test func repeatedClipsAreCompared() throws {
    let folder = try #require(Golden.folder).appendingPathComponent("datasets/vatex/synthetic").path
    let scratch = try TemporaryFolder()
    for model in ["a", "b"] {
      let result = try BuiltBinary.run([
        "score", "vatex-caption/test", "--predictions", "\(folder)/submission.json",
        "--data", folder, "--output", scratch("runs"), "--model", model,
      ])
      #expect(result.status == 0, "\(result.errors)")
    }
    let runs = ["a", "b"].map { scratch("runs/\($0)/vatex-caption-test") }
    let compared = try BuiltBinary.run(["compare"] + runs + ["--format", "json"])
    #expect(compared.status == 0, "\(compared.errors)")
    let comparison = try JSONFile.parse(compared.output)["comparisons"]?.array?.first
    #expect(comparison?["count"]?.int == 40 && comparison?["clusters"]?.int == 38)
    let baseline = scratch("runs/baseline.json")
    for options in [["--update"], []] {
      let checked = try BuiltBinary.run(
        ["check", scratch("runs"), "--baseline", baseline] + options)
      #expect(checked.status == 0, "\(checked.errors)")
    }
  }
}
