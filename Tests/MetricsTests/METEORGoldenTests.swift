import Foundation
import Metrics
import Resources
import TestSupport
import Testing
import Text

/// A pair of sentences with what the original makes of it.
struct METEORPair: Decodable {
  let hypothesis: String
  let reference: String
  let score: Double
  let stats: String
  /// Reference start and length, hypothesis start and length, module.
  let matches: [[Int]]
}

/// A text and the original's normalised one.
struct METEORText: Decodable {
  let text: String
  let normalized: String
}

/// A set of captions with METEOR's values.
struct METEORSet: Decodable {
  struct Lists: Decodable {
    let scores: [Double]
    let statistics: [String]?

    enum CodingKeys: String, CodingKey {
      case scores = "METEOR"
      case statistics = "METEOR_stats"
    }
  }

  let name: String?
  let gts: [[String]]?
  let res: [String]?
  let tokenized: GoldenCaptions.Tokens?
  let cleaned: [String: String]?
  let corpus: [String: Double]
  let perImage: Lists

  enum CodingKeys: String, CodingKey {
    case name, gts, res, tokenized, cleaned, corpus
    case perImage = "per_image"
  }
}

/// METEOR over the golden data.
enum METEORGolden {
  static func metric(threads: Int? = nil) throws -> METEOR {
    METEOR(resources: try #require(try GoldenMETEOR.data()), threads: threads)
  }

  static func lines<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> [Value] {
    let file = try #require(Golden.folder).appendingPathComponent("metrics/meteor/\(name)")
    return try Data(contentsOf: file).split(separator: 0x0A)
      .map { try JSONDecoder().decode(type, from: $0) }
  }

  static func text(_ statistics: [Double]) -> String {
    statistics.map { "\($0)" }.joined(separator: " ")
  }
}

@Suite("METEOR, official values", .enabled(if: Golden.folder != nil))
struct METEORGoldenTests {
  @Test func pairs() throws {
    let pairs = try METEORGolden.lines(METEORPair.self, "pairs.jsonl")
    let corpus = try CaptionCorpus(
      hypotheses: pairs.map(\.hypothesis), references: pairs.map { [$0.reference] })
    let metric = try METEORGolden.metric()
    let found = try metric.alignments(of: corpus)
    var failures: [String] = []
    var agreement = Agreement()
    for (index, (pair, alignment)) in zip(pairs, found).enumerated() {
      let matches = alignment.matches.map {
        [
          $0.referenceStart, $0.referenceLength, $0.hypothesisStart, $0.hypothesisLength,
          $0.module.rawValue,
        ]
      }
      if METEORGolden.text(alignment.statistics) != pair.stats || matches != pair.matches {
        failures.append("\(index): \(matches) instead of \(pair.matches)")
      }
      agreement.compare(alignment.score, pair.score, "\(index)")
    }
    print("METEOR pairs: \(agreement.values) scores, \(agreement.equal) equal to the bit")
    #expect(pairs.count == 1339)
    #expect(failures.isEmpty, "\(failures.count): \(failures.prefix(5))")
    #expect(agreement.failures.isEmpty, "\(agreement.failures.prefix(5))")
    let samples = try metric.scores(of: corpus)[0].samples
    #expect(samples == found.map(\.score))
  }

  @Test func normalizer() throws {
    let folder = try #require(Golden.folder)
    let list = try String(
      contentsOf: folder.appendingPathComponent(
        "metrics/meteor/resources/nonbreaking_prefixes.txt"), encoding: .utf8)
    let entries = list.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: " ") }
    var normalizer = METEORNormalizer(
      prefixes: entries.filter { $0.count == 1 }.map { String($0[0]) },
      numberPrefixes: entries.filter { $0.count > 1 }.map { String($0[0]) })
    let texts = try METEORGolden.lines(METEORText.self, "normalize.jsonl")
    let failures = texts.filter { text in
      normalizer.normalize(text.text) != text.normalized.unicodeScalars.map(\.value)
    }
    #expect(texts.count == 1723)
    #expect(failures.isEmpty, "\(failures.count): \(failures.prefix(5))")
    // The negative twin: without the list of prefixes some texts come out otherwise.
    normalizer = METEORNormalizer(prefixes: [], numberPrefixes: [])
    let others = texts.count {
      normalizer.normalize($0.text) != $0.normalized.unicodeScalars.map(\.value)
    }
    #expect(others > 0)
  }

  private func compare(
    _ corpus: CaptionCorpus, _ golden: METEORSet, into agreement: inout Agreement
  ) throws {
    let label = golden.name ?? ""
    let metric = try METEORGolden.metric()
    let score = try #require(try metric.scores(of: corpus).first)
    agreement.compare(score.value, try #require(golden.corpus["METEOR"]), label)
    agreement.compare(score.samples, golden.perImage.scores, label)
    try MetricLaws.check(score, samples: corpus.count)
    if let statistics = golden.perImage.statistics {
      let found = try metric.alignments(of: corpus).map { METEORGolden.text($0.statistics) }
      let wrong = found.indices.filter { found[$0] != statistics[$0] }
      #expect(wrong.isEmpty, "\(label): \(wrong.prefix(5))")
      #expect(found.count == statistics.count)
    }
  }

  private func report(_ agreement: Agreement, _ label: String) {
    print("METEOR \(label): \(agreement.values) values, \(agreement.equal) equal to the bit")
    #expect(agreement.values > 0)
    #expect(agreement.failures.isEmpty, "\(agreement.failures.prefix(5))")
  }

  @Test(arguments: ["coco_model", "flickr_human"]) func sets(_ name: String) throws {
    let golden = try GoldenFiles.decode(METEORSet.self, "captions/\(name).expected.json.gz")
    let tokens = try #require(golden.tokenized)
    var agreement = Agreement()
    try compare(
      CaptionCorpus(hypotheses: tokens.res, references: tokens.gts), golden, into: &agreement)
    report(agreement, name)
  }

  @Test(arguments: ["edge_cases", "pretokenized"]) func smallCorpora(_ name: String) throws {
    var agreement = Agreement()
    for golden in try GoldenFiles.decode([METEORSet].self, "captions/\(name).json") {
      let corpus = try CaptionCorpus(
        hypotheses: golden.tokenized?.res ?? golden.res ?? [],
        references: golden.tokenized?.gts ?? golden.gts ?? [])
      try compare(corpus, golden, into: &agreement)
    }
    report(agreement, name)
  }

  @Test func syntheticBig() throws {
    struct Annotations: Decodable {
      struct Image: Decodable { let id: Int }
      struct Annotation: Decodable {
        let image_id: Int
        let caption: String
      }
      let images: [Image]
      let annotations: [Annotation]
    }
    let golden = try GoldenFiles.decode(
      METEORSet.self, "captions/synthetic_big.expected.json.gz")
    let file = try GoldenFiles.decode(
      Annotations.self, "captions/synthetic_big.annotations.json.gz")
    let results = try GoldenFiles.decode(
      [Annotations.Annotation].self, "captions/synthetic_big.results.json.gz")
    let said = Dictionary(uniqueKeysWithValues: results.map { ($0.image_id, $0.caption) })
    let references = Dictionary(grouping: file.annotations, by: \.image_id)
    try compare(
      file.images.map { said[$0.id] ?? "" },
      file.images.map { references[$0.id, default: []].map(\.caption) }, golden,
      "synthetic_big")
  }

  @Test func vatex() throws {
    struct Clip: Decodable {
      let videoID: String
      let enCap: [String]
    }
    let golden = try GoldenFiles.decode(METEORSet.self, "vatex/expected.json")
    let clips = try GoldenFiles.decode([Clip].self, "vatex/references.json")
    let cleaned = try #require(golden.cleaned)
    try compare(
      clips.map { cleaned[$0.videoID] ?? "" }, clips.map(\.enCap), golden, "vatex")
  }

  private func compare(
    _ hypotheses: [String], _ references: [[String]], _ golden: METEORSet, _ label: String
  ) throws {
    let tokenizer = PTBTokenizer()
    var tokens = tokenizer.tokenize(references.flatMap { $0 })[...]
    let corpus = try CaptionCorpus(
      hypotheses: tokenizer.tokenize(hypotheses),
      references: references.map { list in
        defer { tokens = tokens.dropFirst(list.count) }
        return Array(tokens.prefix(list.count))
      })
    var agreement = Agreement()
    try compare(corpus, golden, into: &agreement)
    report(agreement, label)
  }

  @Test func anotherHypothesisChangesTheValues() throws {
    let golden = try GoldenFiles.decode(METEORSet.self, "captions/coco_model.expected.json.gz")
    let tokens = try #require(golden.tokenized)
    var hypotheses = tokens.res
    hypotheses[7] = tokens.gts[7][0] + " somewhere"
    let corpus = try CaptionCorpus(hypotheses: hypotheses, references: tokens.gts)
    let score = try #require(try METEORGolden.metric().scores(of: corpus).first)
    #expect(score.value != golden.corpus["METEOR"])
    #expect(score.samples?[7] != golden.perImage.scores[7])
    #expect(score.samples?[8] == golden.perImage.scores[8])
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let golden = try GoldenFiles.decode(METEORSet.self, "captions/coco_model.expected.json.gz")
    let tokens = try #require(golden.tokenized)
    let corpus = try CaptionCorpus(hypotheses: tokens.res, references: tokens.gts)
    let one = try METEORGolden.metric(threads: 1).scores(of: corpus)[0]
    for threads in [2, 3, 7] {
      let other = try METEORGolden.metric(threads: threads).scores(of: corpus)[0]
      #expect(other.value.bitPattern == one.value.bitPattern)
      #expect(other.samples == one.samples)
      #expect(other.statistics.rows == one.statistics.rows)
    }
  }
}
