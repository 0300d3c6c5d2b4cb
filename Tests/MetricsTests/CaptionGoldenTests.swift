import Foundation
import Metrics
import TestSupport
import Testing

/// Token strings and the official values of a corpus.
struct GoldenCaptions: Decodable {
  struct Tokens: Decodable {
    let gts: [[String]]
    let res: [String]
  }

  /// Numbers by metric; METEOR's statistics are text and are skipped.
  struct Lists: Decodable {
    let values: [String: [Double]]

    init(from decoder: any Decoder) throws {
      let all = try [String: Either](from: decoder)
      values = all.compactMapValues(\.numbers)
    }

    private struct Either: Decodable {
      let numbers: [Double]?

      init(from decoder: any Decoder) throws { numbers = try? [Double](from: decoder) }
    }
  }

  let name: String?
  let gts: [[String]]?
  let res: [String]?
  let tokenized: Tokens?
  let corpus: [String: Double]
  let perImage: Lists
  let errors: [String: String]?

  enum CodingKeys: String, CodingKey {
    case name, gts, res, tokenized, corpus, errors
    case perImage = "per_image"
  }

  var hypotheses: [String] { tokenized?.res ?? res ?? [] }
  var references: [[String]] { tokenized?.gts ?? gts ?? [] }

  /// Compares all n-gram metrics with the official values.
  func compare(into agreement: inout Agreement) throws {
    let captions = try CaptionCorpus(hypotheses: hypotheses, references: references)
    for metric in [BLEU(), ROUGEL(), CIDEr()] as [any CaptionMetric] {
      if metric is CIDEr, errors?["cider"] != nil {
        #expect(throws: MetricError.noReferenceWord(metric: "CIDEr")) {
          try metric.scores(of: captions)
        }
        continue
      }
      for score in try metric.scores(of: captions) {
        let label = "\(name ?? "") \(score.name)"
        let value = try #require(corpus[score.name])
        agreement.compare(score.value, value, label)
        agreement.compare(score.samples, perImage.values[score.name] ?? [], label)
        try MetricLaws.check(score, samples: captions.count)
      }
    }
  }
}

@Suite("Captions, official values", .enabled(if: Golden.folder != nil))
struct CaptionGoldenTests {
  private func report(_ agreement: Agreement, _ label: String) {
    print("\(label): \(agreement.values) values, \(agreement.equal) equal to the bit")
    #expect(agreement.values > 0)
    #expect(agreement.failures.isEmpty, "\(agreement.failures.prefix(5))")
  }

  @Test(arguments: ["coco_model", "flickr_human"]) func sets(_ name: String) throws {
    let set = try GoldenFiles.decode(
      GoldenCaptions.self, "captions/\(name).expected.json.gz")
    var agreement = Agreement()
    try set.compare(into: &agreement)
    report(agreement, name)
  }

  @Test(arguments: ["edge_cases", "pretokenized"]) func smallCorpora(_ name: String) throws {
    let cases = try GoldenFiles.decode([GoldenCaptions].self, "captions/\(name).json")
    var agreement = Agreement()
    for corpus in cases { try corpus.compare(into: &agreement) }
    report(agreement, name)
  }

  @Test(arguments: ["coco_model", "flickr_human"])
  func anotherHypothesisChangesTheValues(_ name: String) throws {
    let set = try GoldenFiles.decode(
      GoldenCaptions.self, "captions/\(name).expected.json.gz")
    var hypotheses = set.hypotheses
    hypotheses[7] = set.references[7][0] + " somewhere"
    let captions = try CaptionCorpus(hypotheses: hypotheses, references: set.references)
    for metric in [BLEU(), ROUGEL(), CIDEr()] as [any CaptionMetric] {
      for score in try metric.scores(of: captions) {
        #expect(score.value != set.corpus[score.name])
      }
    }
  }
}

/// Plain CIDEr and external frequencies.
struct GoldenCIDEr: Decodable {
  struct Values: Decodable {
    let corpus: Double
    let perImage: [Double]

    enum CodingKeys: String, CodingKey {
      case corpus
      case perImage = "per_image"
    }
  }

  let name: String
  let gts: [[String]]
  let res: [String]
  let cider: Values
  let ciderD: Values
  let externalPlain: Values
  let externalD: Values
  let externalCounts: [String: Double]
  let externalImages: Int

  enum CodingKeys: String, CodingKey {
    case name, gts, res, cider, ciderD
    case externalPlain = "cider_external_df"
    case externalD = "ciderD_external_df"
    case externalCounts = "external_df"
    case externalImages = "external_images"
  }
}

@Suite("CIDEr variants, official values", .enabled(if: Golden.folder != nil))
struct CIDErGoldenTests {
  @Test func variants() throws {
    let cases = try GoldenFiles.decode([GoldenCIDEr].self, "captions/cider_variants.json")
    var agreement = Agreement()
    for golden in cases {
      let captions = try CaptionCorpus(
        hypotheses: golden.res, references: golden.gts, tokenization: "none")
      var table = DocumentFrequencies(name: "test", imageCount: golden.externalImages)
      for (ngram, count) in golden.externalCounts { table.set(ngram, to: count) }
      let pairs: [(any CaptionMetric, GoldenCIDEr.Values)] = [
        (PlainCIDEr(), golden.cider), (CIDEr(), golden.ciderD),
        (PlainCIDEr(frequencies: table), golden.externalPlain),
        (CIDEr(frequencies: table), golden.externalD),
      ]
      for (metric, expected) in pairs {
        let score = try #require(try metric.scores(of: captions).first)
        agreement.compare(score.value, expected.corpus, "\(golden.name) \(score.signature)")
        agreement.compare(score.samples, expected.perImage, "\(golden.name) \(score.signature)")
      }
    }
    print("cider_variants: \(agreement.values) values, \(agreement.equal) equal to the bit")
    #expect(agreement.failures.isEmpty, "\(agreement.failures.prefix(5))")
  }

  @Test func anotherTableChangesTheValue() throws {
    let golden = try #require(
      try GoldenFiles.decode([GoldenCIDEr].self, "captions/cider_variants.json").first)
    let captions = try CaptionCorpus(hypotheses: golden.res, references: golden.gts)
    var table = DocumentFrequencies(name: "test", imageCount: golden.externalImages)
    for (ngram, count) in golden.externalCounts { table.set(ngram, to: count + 3) }
    let score = try #require(try CIDEr(frequencies: table).scores(of: captions).first)
    #expect(score.value != golden.externalD.corpus)
    #expect(score.signature.description.hasSuffix("|df:external@test"))
  }
}
