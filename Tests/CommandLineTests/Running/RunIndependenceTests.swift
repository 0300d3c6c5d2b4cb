import Foundation
import Records
import TestSupport
import Testing

/// Neither parts nor batches nor threads nor kept features change a byte.
@Suite struct RunIndependenceTests {
  @Test(arguments: WorldRun.families) func batchesAndThreads(_ benchmark: String) throws {
    let scratch = try TemporaryFolder()
    let expected = try WholeRuns.outcome(benchmark)
    for (batch, threads) in [(1, 2), (7, 1), (64, 2)] {
      let run = WorldRun(benchmark, under: scratch("\(batch)-\(threads)"))
      try run.run(["--batch-size", "\(batch)", "--threads", "\(threads)"])
      expectSame(try run.outcome(), as: expected, "batches of \(batch), \(threads) threads")
    }
  }

  @Test(arguments: WorldRun.families) func parts(_ benchmark: String) throws {
    let scratch = try TemporaryFolder()
    let expected = try WholeRuns.outcome(benchmark)
    for (count, batch) in [(2, 16), (3, 7), (5, 64)] {
      let run = WorldRun(benchmark, under: scratch("\(count)"))
      let merged = try run.runParts(count, ["--threads", "1", "--batch-size", "\(batch)"])
      expectSame(try run.outcome(under: merged), as: expected, "\(count) parts")
    }
    // One part of one is the whole.
    let one = WorldRun(benchmark, under: scratch("one"))
    try one.run(["--shard", "1/1"])
    expectSame(try one.outcome(), as: expected, "1/1")
  }

  /// The negative twin: other weights, and another question, are other bytes.
  @Test func otherInputsAreOtherBytes() throws {
    let scratch = try TemporaryFolder()
    let whole = try WholeRuns.copy("mini-vqav2/val", to: scratch("whole"))
    var other = WorldRun("mini-vqav2/val", under: scratch("other"))
    other.checkpoint = try DamagedWorld.checkpoint(scratch, "w.safetensors") { numbers, name in
      if name.hasSuffix("weight") { for place in numbers.indices { numbers[place] *= -1 } }
    }
    try other.run()
    #expect(try other.outcome()["predictions.jsonl"] != whole.outcome()["predictions.jsonl"])
    #expect(try other.folder().hasSuffix(whole.folder().suffix(12)) == false)
  }

  /// A set whose answers nobody has ends with what its server takes, in parts as in one.
  @Test func hiddenAnswers() throws {
    let scratch = try TemporaryFolder()
    let expected = try WholeRuns.outcome("mini-vqav2/test-dev")
    let submission = try #require(expected.keys.first { $0.hasPrefix("submission") })
    let answers = try JSONValue(
      MappedFile(bytes: Array(try #require(expected[submission])), name: submission))
    #expect(answers.array?.count == 40)
    #expect(answers.array?.allSatisfy { $0["question_id"]?.int != nil } == true)
    let run = WorldRun("mini-vqav2/test-dev", under: scratch("parts"))
    expectSame(try run.outcome(under: run.runParts(3)), as: expected, "3 parts")
  }

  /// Features that another run left serve, are checked, and change nothing.
  @Test func keptFeatures() throws {
    let scratch = try TemporaryFolder()
    let cache = ["--feature-cache", scratch("features")]
    let first = WorldRun("mini-vqav2/val", under: scratch("first"))
    let made = try first.run(cache)
    #expect(made.errors.contains("0 on disk, 40 made"), "\(made.errors)")
    let expected = try first.outcome()
    let second = WorldRun("mini-vqav2/val", under: scratch("second"))
    let found = try second.run(cache)
    #expect(found.errors.contains("40 on disk, 0 made"), "\(found.errors)")
    expectSame(try second.outcome(), as: expected, "features of another run")
    let kept = try files(under: scratch("features")).filter { $0.hasSuffix(".safetensors") }
    try #require(kept.count == 40)
    // A number that was changed, a file that was cut, one that is another's.
    let paths = kept.prefix(3).map { URL(fileURLWithPath: scratch("features/\($0)")) }
    var bytes = try Data(contentsOf: paths[0])
    bytes[bytes.count - 2] ^= 0x40
    try bytes.write(to: paths[0])
    try Data(contentsOf: paths[1]).dropLast(100).write(to: paths[1])
    try Data(contentsOf: scratch.url("features/\(kept[3])")).write(to: paths[2])
    let third = WorldRun("mini-vqav2/val", under: scratch("third"))
    let mended = try third.run(cache)
    #expect(
      mended.errors.contains("37 on disk, 3 made, 3 damaged files made anew"), "\(mended.errors)")
    expectSame(try third.outcome(), as: expected, "damaged features")
  }

  /// What is said of a file that is cut off, and the pixels in which a box is given, are the file's.
  @Test(arguments: ["mini-vqav2/val", "mini-refcoco/testA"])
  func keptFeaturesOfCutFiles(_ benchmark: String) throws {
    let scratch = try TemporaryFolder()
    let data = try DamagedWorld.copy(scratch)
    for name in try files(under: data) where name.hasSuffix(".jpg") {
      let path = URL(fileURLWithPath: "\(data)/\(name)")
      let bytes = try Data(contentsOf: path)
      try bytes.prefix(bytes.count * 2 / 3).write(to: path)
    }
    let cache = ["--feature-cache", scratch("features")]
    var first = WorldRun(benchmark, under: scratch("first"))
    first.data = data
    try first.run(cache)
    let expected = try first.outcome()
    let lines = String(decoding: try #require(expected["predictions.jsonl"]), as: UTF8.self)
    #expect(lines.contains("media_truncated_used"))
    var second = WorldRun(benchmark, under: scratch("second"))
    second.data = data
    let found = try second.run(cache)
    #expect(found.errors.contains(" on disk, 0 made"), "\(found.errors)")
    expectSame(try second.outcome(), as: expected, "features of another run")
  }
}

extension TemporaryFolder {
  fileprivate func url(_ name: String) -> URL { URL(fileURLWithPath: self(name)) }
}
