import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// Slices of the real files.
@Suite(.enabled(if: Golden.folder != nil)) struct VATEXSliceTests {
  private static func file(_ name: String) throws -> String {
    try #require(Golden.folder).appendingPathComponent("datasets/vatex/\(name)").path
  }

  private func captions(_ name: String) throws -> CaptionReferences {
    let set = try VATEX.references(in: [try Self.file(name)], label: "x")
    guard case .captions(let captions) = set.content else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return captions
  }

  @Test func realRecords() throws {
    let real = try captions("vatex_public_test_english_v1.1.json")
    #expect(
      real.ids
        == ["5-xGskbsBgI_000055_000065", "uaoC__dKucA_000518_000528", "nJ6KPT1uwe8_000047_000057"])
    #expect(real.captions.allSatisfy { $0.count == 10 })
    // The double space of the file.
    #expect(
      real.captions[0][3]
        == "A  guy is explaining the items you need to clean a pair of shoes.")
    let known = Set(
      try String(contentsOfFile: try Self.file("public_test_video_ids.txt"), encoding: .utf8)
        .split(separator: "\n").map { SampleID.string(String($0)) })
    #expect(known.count == 6000)
    #expect(real.ids.allSatisfy(known.contains))
  }

  @Test func madeRecordsInAllLayouts() throws {
    let test = try captions("synthetic/vatex_public_test_english_v1.1.json")
    let val = try captions("synthetic/vatex_validation_v1.0.json")
    for set in [test, val] { #expect(set.captions.allSatisfy { $0.count == 10 }) }
    #expect(test.ids.contains { $0.description.hasPrefix("-") })
    #expect(test.ids.contains { $0.description.hasPrefix("_") })
    let predictions = try VATEX.predictions(at: try Self.file("synthetic/submission.json"))
    var seen: Set<SampleID> = []
    #expect(predictions.ids == test.ids.filter { seen.insert($0).inserted })
    #expect(test.ids.count == 40 && predictions.ids.count == 38)
    let (card, split) = try BenchmarkName("vatex-caption/private-test").resolve()
    let hidden = try VATEX.references(
      for: ReferenceRequest(
        card: card, split: split,
        source: .data(DataFolder(path: try Self.file("synthetic"), folders: card.folders))))
    #expect(hidden.count == 8)
  }
}
