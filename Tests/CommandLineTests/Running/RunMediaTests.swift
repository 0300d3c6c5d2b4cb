import Foundation
import Records
import TestSupport
import Testing

/// Media that are missing or damaged, and weights that give no numbers: counted, named, and the rest
/// is scored where that is allowed.
@Suite struct RunMediaTests {
  enum Damage: String, CaseIterable, Sendable {
    case missingImage, emptyJPEG, textForJPEG, missingClip, cutClip

    var isClip: Bool { self == .missingClip || self == .cutClip }
    var benchmark: String { isClip ? "mini-msrvtt-qa/test" : "mini-vqav2/val" }
    /// The exit code without --allow-partial.
    var status: Int32 { self == .missingImage || self == .missingClip ? 66 : 65 }
    /// The code of the problem in `run.json`.
    var code: String {
      switch self {
      case .missingImage, .missingClip: "media_missing"
      case .cutClip: "media_truncated"
      case .emptyJPEG: "media_empty"
      case .textForJPEG: "media_unknown"
      }
    }

    func damage(_ path: String) throws {
      let url = URL(fileURLWithPath: path)
      switch self {
      case .missingImage, .missingClip: try FileManager.default.removeItem(at: url)
      case .cutClip:
        let bytes = try Data(contentsOf: url)
        try bytes.prefix(bytes.count / 3).write(to: url)
      case .emptyJPEG: try Data().write(to: url)
      case .textForJPEG: try Data("<html>404 not found</html>".utf8).write(to: url)
      }
    }
  }

  @Test(arguments: Damage.allCases) func oneMediumGivesNoPixels(_ damage: Damage) throws {
    let scratch = try TemporaryFolder()
    let whole = try WholeRuns.copy(damage.benchmark, to: scratch("whole"))
    let journal = try Journaled(whole)
    var run = WorldRun(damage.benchmark, under: scratch("damaged"))
    run.data = try DamagedWorld.copy(scratch)
    let medium = try medium(of: journal, under: run.data, isClip: damage.isClip)
    try damage.damage(medium.path)

    let refused = try run.run(expecting: damage.status)
    let lines = refused.errors.split(separator: "\n").filter { !$0.contains("untrained weights") }
    #expect(lines.count == 1 && refused.output == "", "\(refused.errors)")
    let name = URL(fileURLWithPath: medium.path).lastPathComponent
    #expect(lines.last?.contains(name) == true, "\(refused.errors)")

    let allowed = try run.run(["--allow-partial"])
    let scores = try JSONFile.parse(allowed.output)
    #expect(scores["count"]?.int == journal.lines.count - medium.lines.count)
    #expect(scores["expected"]?.int == journal.lines.count)
    let problem = scores["problems"]?.array?.first { $0["code"]?.string == damage.code }
    #expect(problem?["count"]?.int == medium.lines.count, "\(allowed.output)")
    // The others are answered as ever.
    let others = journal.lines.indices.filter { !medium.lines.contains($0) }
    #expect(try Journaled(run).lines == others.map { journal.lines[$0] })
    // Mended, the run goes on from there.
    try FileManager.default.removeItem(atPath: run.data)
    _ = try DamagedWorld.copy(scratch)
    let mended = try run.run()
    #expect(mended.errors.contains("\(medium.lines.count) samples in"), "\(mended.errors)")
    expectSame(try run.outcome(), as: try whole.outcome(), "\(damage), mended")
  }

  /// A JPEG that ends too early is read as the reference reads it, and the run says so.
  @Test func aJPEGThatIsCutOff() throws {
    let scratch = try TemporaryFolder()
    let whole = try WholeRuns.copy("mini-vqav2/val", to: scratch("whole"))
    let journal = try Journaled(whole)
    var run = WorldRun("mini-vqav2/val", under: scratch("damaged"))
    run.data = try DamagedWorld.copy(scratch)
    let medium = try medium(of: journal, under: run.data, isClip: false)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: medium.path))
    try bytes.prefix(bytes.count * 2 / 3).write(to: URL(fileURLWithPath: medium.path))
    let scores = try JSONFile.parse(try run.run().output)
    #expect(scores["count"]?.int == journal.lines.count)
    let problems = try #require(scores["problems"]?.array)
    #expect(problems.count == 1 && problems[0]["code"]?.string == "media_truncated_used")
    #expect(problems[0]["count"]?.int == medium.lines.count)
    let found = try Journaled(run)
    for place in found.lines.indices {
      #expect((found.lines[place] == journal.lines[place]) != medium.lines.contains(place))
    }
    for place in medium.lines {
      #expect(found.objects[place]["remarks"] == ["media_truncated_used"])
    }
  }

  /// A file of the data folder that several lines name, by its content, and those lines.
  private func medium(
    of journal: Journaled, under data: String, isClip: Bool
  ) throws -> (path: String, lines: Set<Int>) {
    let digests = journal.objects.map { $0["media"]?.array?.first?.string }
    let end = isClip ? ".mp4" : ".jpg"
    for name in try files(under: data) where name.hasSuffix(end) {
      let digest = try SHA256.hexDigest(ofFile: "\(data)/\(name)")
      let lines = digests.indices.filter { digests[$0] == digest }
      if lines.count >= 2, lines.count < digests.count { return ("\(data)/\(name)", Set(lines)) }
    }
    throw CocoaError(.fileNoSuchFile)
  }

  /// A weight that is no number is refused before the first sample, by its name.
  @Test func aWeightThatIsNoNumber() throws {
    let scratch = try TemporaryFolder()
    var run = WorldRun("mini-vqav2/val", under: scratch("results"))
    var changed = ""
    run.checkpoint = try DamagedWorld.checkpoint(scratch, "nan.safetensors") { numbers, name in
      guard changed.isEmpty, name.contains("fusion") || name.contains("decoder") else { return }
      numbers[numbers.count / 2] = .nan
      changed = name
    }
    let result = try run.run(expecting: 65)
    #expect(result.errors.contains("not finite"), "\(result.errors)")
    #expect(result.errors.contains(changed.split(separator: ".").suffix(2).joined(separator: ".")))
    #expect(journalSize(under: run.output) == 0)
  }

  /// Weights that are numbers and give none: the sample is named, and nothing is made up.
  @Test func weightsThatGiveNoNumbers() throws {
    let scratch = try TemporaryFolder()
    var run = WorldRun("mini-snli-ve/test", under: scratch("results"))
    run.checkpoint = try DamagedWorld.checkpoint(scratch, "inf.safetensors") { numbers, name in
      if name.contains("cls_head") || name.contains("text_encoder") {
        for place in numbers.indices { numbers[place] = place.isMultiple(of: 2) ? 3e38 : -3e38 }
      }
    }
    let result = try run.run(expecting: 65)
    #expect(result.errors.contains("sample "), "\(result.errors)")
    #expect(result.errors.contains("not a number") || result.errors.contains("not finite"))
    #expect(try files(under: run.output).allSatisfy { !$0.hasSuffix("run.json") })
  }
}
