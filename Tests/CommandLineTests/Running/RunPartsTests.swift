import Foundation
import TestSupport
import Testing

/// Parts of a run, by hand and by what a launcher says, and their merging.
@Suite struct RunPartsTests {
  @Test func aLauncherSaysWhich() throws {
    let scratch = try TemporaryFolder()
    let whole = try WholeRuns.copy("mini-vqav2/val", to: scratch("whole"))
    let run = WorldRun("mini-vqav2/val", under: scratch("launched"))
    for rank in 0..<2 {
      let result = try BuiltBinary.run(
        run.arguments(["--shard", "auto"]),
        environment: ["OMPI_COMM_WORLD_RANK": "\(rank)", "OMPI_COMM_WORLD_SIZE": "2"])
      #expect(result.status == 0 && result.output == "", "\(result.errors)")
      #expect(result.errors.contains("part \(rank + 1)/2 is done"), "\(result.errors)")
    }
    let merged = try BuiltBinary.run(
      ["merge", run.output, "--output", scratch("merged"), "--format", "json"])
    #expect(merged.status == 0, "\(merged.errors)")
    expectSame(
      try run.outcome(under: scratch("merged")), as: try whole.outcome(), "two ranks")
    #expect(merged.output == (try whole.run()).output)
  }

  @Test func noLauncher() throws {
    let scratch = try TemporaryFolder()
    let run = WorldRun("mini-vqav2/val", under: scratch("results"))
    let command = ["env", "-i", BuiltBinary.path] + run.arguments(["--shard", "auto"])
    let none = shell(command.map { "'\($0)'" }.joined(separator: " "))
    #expect(none.status == 64 && none.output == "")
    #expect(
      none.errors
        == "mplug-eval: --shard auto: no launcher's variables found; give --shard I/N\n")
    for (variables, part) in [
      (["RANK=0"], "WORLD_SIZE is not set"),
      (["RANK=0", "WORLD_SIZE=2", "PMI_RANK=1", "PMI_SIZE=2"], "contradicts"),
      (["JOB_COMPLETION_INDEX=0"], "MPLUG_EVAL_SHARDS"),
    ] {
      let words = ["env", "-i"] + variables + command.dropFirst(2)
      let refused = shell(words.map { "'\($0)'" }.joined(separator: " "))
      #expect(refused.status == 64 && refused.errors.contains(part), "\(refused.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: run.output))
  }

  /// Parts that are not there are named, and nothing is written.
  @Test func mergingTooEarly() throws {
    let scratch = try TemporaryFolder()
    let run = WorldRun("mini-vqav2/val", under: scratch("results"))
    try run.run(["--shard", "1/3"])
    try run.run(["--shard", "3/3"])
    try expectFailure(
      75, saying: ["mini-vqav2/val", "2/3", "merge again"],
      ["merge", run.output, "--output", scratch("merged")], in: scratch)
    // A part that was stopped half-way is there, and lacks samples.
    let part = try files(under: run.output).first {
      $0.hasSuffix("-shard-1-of-3/predictions.jsonl")
    }
    let path = "\(run.output)/\(try #require(part))"
    let journal = try Data(contentsOf: URL(fileURLWithPath: path))
    try journal.prefix(journal.count / 2).write(to: URL(fileURLWithPath: path))
    try run.run(["--shard", "2/3"])
    let early = try BuiltBinary.run(["merge", run.output, "--output", scratch("merged")])
    #expect(early.status == 75, "\(early.errors)")
    #expect(early.errors.contains("have no prediction"), "\(early.errors)")
    #expect(
      (try? files(under: scratch("merged")))?.contains { $0.hasSuffix("run.json") } != true)
    // The same commands again mend it.
    try run.run(["--shard", "1/3"])
    let merged = try BuiltBinary.run(["merge", run.output, "--output", scratch("merged")])
    #expect(merged.status == 0, "\(merged.errors)")
    try expectFailure(
      66, saying: ["holds no part of a run"],
      ["merge", scratch("merged"), "--output", scratch("again")], in: scratch)
  }

  /// An attempt in other parts that came to no end does not stand in the way of one that did, and
  /// what it answered counts.
  @Test func anAttemptInOtherParts() throws {
    let scratch = try TemporaryFolder()
    let whole = try WholeRuns.copy("mini-vqav2/val", to: scratch("whole"))
    let run = WorldRun("mini-vqav2/val", under: scratch("results"))
    for part in ["1/2", "2/2", "1/3", "2/3", "3/3"] { try run.run(["--shard", part]) }
    func journal(_ part: String) throws -> URL {
      let name = try files(under: run.output).first {
        $0.hasSuffix("-shard-\(part)/predictions.jsonl")
      }
      return URL(fileURLWithPath: "\(run.output)/\(try #require(name))")
    }
    let first = try journal("1-of-2")
    try Data(contentsOf: first).prefix(5000).write(to: first)
    try FileManager.default.removeItem(at: try journal("2-of-2"))
    let merged = try BuiltBinary.run(["merge", run.output, "--output", scratch("merged")])
    #expect(merged.status == 0, "\(merged.errors)")
    expectSame(try run.outcome(under: scratch("merged")), as: try whole.outcome(), "both")
    // What neither has is not there.
    try FileManager.default.removeItem(at: try journal("3-of-3"))
    let early = try BuiltBinary.run(["merge", run.output, "--output", scratch("early")])
    #expect(early.status == 75 && early.errors.contains("have no prediction"), "\(early.errors)")
  }

  /// A part of a retrieval that waits for nobody says which parts it lacks, and goes on when they are
  /// there.
  @Test func partsOfARetrievalNeedEachOther() throws {
    let scratch = try TemporaryFolder()
    let whole = try WholeRuns.copy("mini-flickr30k-retrieval/val", to: scratch("whole"))
    let run = WorldRun("mini-flickr30k-retrieval/val", under: scratch("parts"))
    let first = try run.run(["--shard", "1/2"], expecting: 75)
    #expect(first.errors.contains("2/2"), "\(first.errors)")
    try run.run(["--shard", "2/2"])
    try run.run(["--shard", "1/2"])
    let merged = try BuiltBinary.run(["merge", run.output, "--output", scratch("merged")])
    #expect(merged.status == 0, "\(merged.errors)")
    expectSame(
      try run.outcome(under: scratch("merged")), as: try whole.outcome(), "one after the other")
  }
}
