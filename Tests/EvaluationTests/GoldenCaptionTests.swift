import Datasets
import Evaluation
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// The whole way from COCO files through the tokenizer to numbers, against pycocoevalcap's output.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenCaptionTests {
  private static let tolerance = 1e-9

  @Test(arguments: ["coco_model", "flickr_human", "synthetic_big"])
  func set(_ name: String) throws {
    let captions = try #require(Golden.folder).appendingPathComponent("metrics/captions")
    let scratch = try TemporaryFolder()
    func unpack(_ kind: String) throws -> String {
      try scratch.write(
        "\(kind).json",
        try Golden.bytes(captions.appendingPathComponent("\(name).\(kind).json.gz")))
    }
    let card = try BenchmarkRegistry.card(named: "coco-caption")
    let request = ReferenceRequest(
      card: card, split: nil, source: .files([try unpack("annotations")]))
    let resources = MetricResources(meteor: GoldenMETEOR.data)
    let report = try Scorer(resources: resources, version: "0.0.0").score(
      predictions: try unpack("results"), against: try COCOCaption.references(for: request),
      for: request)
    let expected = try JSONFile.read(try unpack("expected"))

    #expect(expected["ids"]?.array?.compactMap(SampleID.init(json:)) == report.samples.ids)
    for metric in report.metrics {
      let official = try #require(expected["corpus"]?[metric.name]?.double, "\(metric.name)")
      #expect(abs(metric.value - official) <= Self.tolerance * abs(official), "\(metric.name)")
      let perImage = try #require(expected["per_image"]?[metric.name]?.array)
      let ours = try #require(report.samples.scores.first { $0.name == metric.name }).values
      #expect(perImage.count == ours.count)
      for (official, value) in zip(perImage, ours) {
        let official = try #require(official.double)
        #expect(abs(value - official) <= Self.tolerance * abs(official))
      }
    }
    #expect(
      report.metrics.map(\.name)
        == ["Bleu_1", "Bleu_2", "Bleu_3", "Bleu_4", "METEOR", "ROUGE_L", "CIDEr"])
  }

  @Test func aChangedCaptionChangesTheNumbers() throws {
    let captions = try #require(Golden.folder).appendingPathComponent("metrics/captions")
    let scratch = try TemporaryFolder()
    let annotations = try scratch.write(
      "annotations.json",
      try Golden.bytes(captions.appendingPathComponent("coco_model.annotations.json.gz")))
    let results = String(
      decoding: try Golden.bytes(captions.appendingPathComponent("coco_model.results.json.gz")),
      as: UTF8.self)
    let changed = results.replacing(" train ", with: " bus ", maxReplacements: 1)
    #expect(changed != results)
    let card = try BenchmarkRegistry.card(named: "coco-caption")
    let request = ReferenceRequest(card: card, split: nil, source: .files([annotations]))
    let references = try COCOCaption.references(for: request)
    let scorer = Scorer(version: "0.0.0")
    let before = try scorer.score(
      predictions: try scratch.write("a.json", results), against: references, for: request)
    let after = try scorer.score(
      predictions: try scratch.write("b.json", changed), against: references, for: request)
    for metric in before.metrics {
      #expect(after.metric(metric.name)?.value != metric.value, "\(metric.name)")
    }
  }

  @Test func karpathyFileAndReferenceListOfTheGoldenSlice() throws {
    let coco = try #require(Golden.folder).appendingPathComponent("datasets/coco").path
    let card = try BenchmarkRegistry.card(named: "coco-caption")
    let folder = DataFolder(path: coco, folders: card.folders)
    let test = ReferenceRequest(card: card, split: card.split(named: "test"), source: .data(folder))
    let references = try COCOCaption.references(for: test)
    #expect(references.count == 155)
    guard case .captions(let captions) = references.content else {
      Issue.record("no captions")
      return
    }
    #expect(captions.ids.first == 391_895)
    #expect(
      captions.captions.first?.first
        == "A man with a red helmet on a small moped on a dirt road. ")
    #expect(captions.letterCase == "raw")
    let val = ReferenceRequest(card: card, split: card.split(named: "val"), source: .data(folder))
    #expect(try COCOCaption.references(for: val).count == 10)

    let list = ReferenceRequest(
      card: card, split: nil,
      source: .files(["\(coco)/reference_lists/coco_caption_test_ocr.json"]))
    guard case .captions(let lowered) = try COCOCaption.references(for: list).content else {
      Issue.record("no captions")
      return
    }
    #expect(lowered.ids.count == 60)
    #expect(lowered.letterCase == "lower")
    #expect(lowered.captions.joined().allSatisfy { $0 == $0.lowercased() })
  }
}
