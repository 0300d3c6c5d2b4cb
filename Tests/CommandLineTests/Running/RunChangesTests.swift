import Foundation
import Records
import TestSupport
import Testing

/// What changes while a run is under way, or between its parts and their merging, is found.
@Suite struct RunChangesTests {
  private static let annotations = "vqav2/v2_mscoco_val2014_annotations.json"
  private static let image = "coco/val2014/COCO_val2014_000000100001.jpg"

  private func run(_ scratch: TemporaryFolder, _ name: String) -> WorldRun {
    var run = WorldRun("mini-vqav2/val", under: scratch(name))
    run.data = scratch("data")
    return run
  }

  @Test func otherAnswersThanThePartsHad() throws {
    let scratch = try TemporaryFolder()
    let file = URL(fileURLWithPath: try DamagedWorld.copy(scratch) + "/" + Self.annotations)
    let parts = run(scratch, "parts")
    for part in ["1/2", "2/2"] { try parts.run(["--shard", part]) }
    let text = try String(contentsOf: file, encoding: .utf8)
    let changed = text.replacing("\"yes\"", with: "\"no\"")
    try #require(changed != text)
    try changed.write(to: file, atomically: true, encoding: .utf8)
    let merge = ["merge", parts.output, "--output", scratch("merged")]
    let refused = try BuiltBinary.run(merge)
    #expect(refused.status == 65)
    #expect(refused.errors.contains("is another file than the run was made with"))
    #expect(!FileManager.default.fileExists(atPath: scratch("merged/mini/run.json")))
    try text.write(to: file, atomically: true, encoding: .utf8)
    #expect(try BuiltBinary.run(merge).status == 0)
  }

  @Test func anImageThatChangedSinceTheRunBegan() throws {
    let scratch = try TemporaryFolder()
    let image = try DamagedWorld.copy(scratch) + "/" + Self.image
    let whole = run(scratch, "run")
    try whole.run()
    let expected = try whole.outcome()
    let journal = try Journaled(whole)
    try journal.begin(with: Array(journal.lines[0..<2]))
    let original = try Data(contentsOf: URL(fileURLWithPath: image))
    let other = image.replacing("100001", with: "100002")
    try Data(contentsOf: URL(fileURLWithPath: other)).write(to: URL(fileURLWithPath: image))
    let refused = try whole.run(expecting: 65)
    #expect(refused.errors.contains("\(Self.image.split(separator: "/").last ?? "") has changed"))
    try original.write(to: URL(fileURLWithPath: image))
    try whole.run()
    expectSame(try whole.outcome(), as: expected, "put back")
  }

  /// A finished folder that somebody changed is no finished one.
  @Test(arguments: ["samples.jsonl", "predictions.jsonl"])
  func aFolderThatLostAFile(_ name: String) throws {
    let scratch = try TemporaryFolder()
    _ = try DamagedWorld.copy(scratch)
    let whole = run(scratch, "run")
    try whole.run()
    let expected = try whole.outcome()
    try FileManager.default.removeItem(atPath: try whole.folder() + "/" + name)
    let again = try whole.run()
    #expect(!again.errors.contains("complete already"))
    expectSame(try whole.outcome(), as: expected, name)
  }

  /// Parts say why samples have no prediction, as the whole does.
  @Test func whySamplesFailed() throws {
    let scratch = try TemporaryFolder()
    try Data().write(to: URL(fileURLWithPath: try DamagedWorld.copy(scratch) + "/" + Self.image))
    let whole = run(scratch, "whole")
    try whole.run(["--allow-partial"])
    let parts = run(scratch, "parts")
    let merged = try parts.runParts(2, ["--allow-partial"])
    expectSame(try parts.outcome(under: merged), as: try whole.outcome(), "parts")
    let record = try JSONFile.read(try whole.folder() + "/run.json")
    #expect(record["problems"]?.array?.first?["code"]?.string == "media_empty")
  }

  @Test(arguments: ["1/2000000000", "1/0", "3/2"]) func partsThatNobodyHas(_ part: String) throws {
    let scratch = try TemporaryFolder()
    let result = try WorldRun("mini-vqav2/val", under: scratch("run"))
      .run(["--shard", part], expecting: 64)
    #expect(result.errors.contains("--shard takes I/N"))
  }
}
