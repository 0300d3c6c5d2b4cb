import Foundation
import Records
import TestSupport
import Testing

/// The gate that this repository has for itself: a damaged model and a damaged metric turn it red.
@Suite struct WorldGateTests {
  private static let benchmarks = [
    "mini-snli-ve/test", "mini-refcoco/val", "mini-flickr30k-retrieval/test", "mini-msvd-qa/test",
  ]

  private func check(_ folder: String) throws -> BuiltBinary.Result {
    try BuiltBinary.run([
      "check", folder, "--baseline",
      Golden.root.appendingPathComponent("results/baseline.json").path,
    ])
  }

  @Test(arguments: benchmarks) func theModelAsItIsPasses(_ benchmark: String) throws {
    let scratch = try TemporaryFolder()
    let run = WorldRun(benchmark, under: scratch("results"))
    try run.run()
    let result = try check(try run.folder())
    #expect(result.status == 0, "\(result.errors)\(result.output)")
  }

  /// One matrix of thirty, with its sign changed.
  @Test(arguments: benchmarks) func aDamagedModelTurnsItRed(_ benchmark: String) throws {
    let scratch = try TemporaryFolder()
    var run = WorldRun(benchmark, under: scratch("results"))
    var damaged: [String] = []
    run.checkpoint = try DamagedWorld.checkpoint(scratch, "damaged.safetensors") { numbers, name in
      guard name.contains("fusion_encoder"), name.hasSuffix("query.weight"), damaged.isEmpty
      else { return }
      damaged.append(name)
      for place in numbers.indices { numbers[place].negate() }
    }
    try #require(damaged.count == 1)
    try run.run()
    let result = try check(try run.folder())
    #expect(result.status == 10, "\(damaged): \(result.errors)\(result.output)")
    #expect(result.output.contains("predictions: regression"), "\(result.output)")
  }

  /// A metric that comes out a little lower than it did.
  @Test func aDamagedMetricTurnsItRed() throws {
    let scratch = try TemporaryFolder()
    let run = WorldRun("mini-snli-ve/test", under: scratch("results"))
    try run.run()
    let path = try run.folder() + "/run.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let value = try #require(
      try JSONFile.read(path)["metrics"]?["accuracy"]?["unrounded"]?.double)
    let lower = text.replacing("\"unrounded\": \(value)", with: "\"unrounded\": \(value - 1e-6)")
    try #require(lower != text)
    try Data(lower.utf8).write(to: URL(fileURLWithPath: path))
    let result = try check(try run.folder())
    #expect(result.status == 10, "\(result.errors)\(result.output)")
    #expect(result.output.contains("accuracy: regression"), "\(result.output)")
  }
}
