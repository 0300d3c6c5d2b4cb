import Foundation
import Records
import TestSupport
import Testing

/// The first samples alone, to try a set-up: their numbers are marked, and take no place from those of
/// the whole.
@Suite struct RunLimitTests {
  @Test func firstSamples() throws {
    let scratch = try TemporaryFolder()
    let whole = try Journaled(try WholeRuns.copy("mini-vqav2/val", to: scratch("whole")))
    let run = WorldRun("mini-vqav2/val", under: scratch("limited"))
    let scores = try JSONFile.parse(try run.run(["--limit", "20"]).output)
    #expect(scores["count"]?.int == 20 && scores["expected"]?.int == whole.lines.count)
    let signature = scores["metrics"]?["accuracy"]?["signature"]?.string ?? ""
    #expect(signature.contains("partial:20/\(whole.lines.count)"), "\(signature)")
    #expect(try Journaled(run).lines == Array(whole.lines.prefix(20)))
    #expect(try Journaled(run).folder.suffix(12) != whole.folder.suffix(12))
  }

  /// Among five images anything is found: such a run is on another set, though all of that is there.
  @Test func firstImagesOfARetrieval() throws {
    let scratch = try TemporaryFolder()
    let whole = try WholeRuns.copy("mini-flickr30k-retrieval/val", to: scratch("results"))
    let folder = try whole.folder()
    let limited = WorldRun("mini-flickr30k-retrieval/val", under: scratch("limited"))
    try limited.run(["--limit", "5"])
    let other = try limited.folder()
    func references(_ folder: String) throws -> String {
      let record = try JSONValue(MappedFile("\(folder)/run.json"))
      return try #require(record["references"]?.string)
    }
    let parts = try references(folder).split(separator: "@")
    #expect(try references(other) == "\(parts[0])-first-5@\(parts[1])")
    // The newer run hides the whole one in no table.
    let name = URL(fileURLWithPath: other).lastPathComponent
    try FileManager.default.copyItem(
      atPath: other,
      toPath: URL(fileURLWithPath: folder).deletingLastPathComponent().path + "/" + name)
    let table = try BuiltBinary.run(["leaderboard", whole.output])
    #expect(table.status == 0, "\(table.errors)")
    for id in [name, URL(fileURLWithPath: folder).lastPathComponent] {
      #expect(table.output.contains("run \(id)"), "\(table.output)")
    }
    #expect(!table.output.contains("Not shown"), "\(table.output)")
    // One sample of it can be looked at.
    let shown = try BuiltBinary.run(["inspect", other, "text:0"])
    #expect(shown.status == 0 && !shown.output.isEmpty, "\(shown.errors)")
  }
}
