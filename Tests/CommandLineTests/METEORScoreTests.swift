import Foundation
import Records
import TestSupport
import Testing

/// `score` with METEOR: its data are the user's, and the other metrics run without them.
@Suite struct METEORScoreTests {
  private func score(
    _ scratch: TemporaryFolder, _ metrics: String...
  ) throws -> BuiltBinary.Result {
    try BuiltBinary.run(
      Task.captions.score(
        Task.captions.predictions(), "--format", "json", "--output", scratch("runs"))
        + ["--metrics"] + metrics,
      environment: ["MPLUG_EVAL_CACHE": scratch("cache")])
  }

  @Test func withoutItsDataTheOthersRun() throws {
    let scratch = try TemporaryFolder()
    let result = try score(scratch, "METEOR", "CIDEr")
    #expect(result.status == 0)
    #expect(result.errors.contains("METEOR is not available: "), "\(result.errors)")
    #expect(result.errors.contains("mplug-eval resources add meteor --from"))
    let scores = try JSONFile.parse(result.output)
    #expect(scores["metrics"]?.object?.members.map(\.key) == ["CIDEr"])
    #expect(scores["problems"]?[0]?["code"]?.string == "metric_not_available")
  }

  @Test func aloneItIsMissing() throws {
    let scratch = try TemporaryFolder()
    let result = try score(scratch, "METEOR")
    #expect(result.status == 66)
    #expect(result.output == "")
    #expect(result.errors.contains("METEOR is not available: "))
    #expect(try files(under: scratch.path) == [])
  }

  /// With the small data of the tests; the run then compares with itself without scoring again.
  @Test func withItsDataItHasANumber() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("meteor.whl", Data(SmallMETEOR.wheel))
    let environment = ["MPLUG_EVAL_CACHE": scratch("cache")]
    let added = try BuiltBinary.run(
      ["resources", "add", "meteor", "--from", scratch("meteor.whl")], environment: environment)
    #expect(added.status == 0, "\(added.errors)")
    let result = try score(scratch, "METEOR", "CIDEr")
    #expect(result.status == 0, "\(result.errors)")
    let meteor = try #require(try JSONFile.parse(result.output)["metrics"]?["METEOR"])
    let value = try #require(meteor["value"]?.double)
    #expect(value > 0.1 && value < 1)
    #expect(meteor["signature"]?.string?.contains("|meteor:1.5|") == true)
    #expect(meteor["ci95"]?.array?.count == 2)

    let run = try #require(try files(under: scratch("runs")).first { $0.hasSuffix("/run.json") })
    let folder = scratch("runs/" + run.dropLast("/run.json".count))
    let compared = try BuiltBinary.run(["compare", folder, folder, "--format", "json"])
    #expect(compared.status == 0, "\(compared.errors)")
    #expect(compared.output.contains("\"METEOR\""))
  }

  @Test func damagedDataAreAnError() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("cache/meteor-1.5.data", "mpMETEOR and no more")
    let result = try score(scratch, "METEOR", "CIDEr")
    #expect(result.status == 65)
    #expect(result.errors.contains("meteor-1.5.data"))
    #expect(result.errors.contains("resources add meteor --from"))
    // Nobody opens them for another metric.
    let other = try score(scratch, "CIDEr")
    #expect(other.status == 0 && other.errors.contains("run folder"), "\(other.errors)")
  }
}
