import Metrics
import Testing

@Suite("Caption metrics")
struct CaptionMetricTests {
  private static let metrics: [any CaptionMetric] = [BLEU(), ROUGEL(), CIDEr(), PlainCIDEr()]

  private func small() throws -> GoldenCaptions {
    try GoldenFiles.fixture(GoldenCaptions.self, "captions/small.json")
  }

  @Test func smallCorpus() throws {
    let golden = try small()
    let corpus = try CaptionCorpus(
      hypotheses: golden.hypotheses, references: golden.references)
    var agreement = Agreement()
    for score in try Self.metrics.flatMap({ try $0.scores(of: corpus) }) {
      agreement.compare(score.value, try #require(golden.corpus[score.name]), score.name)
      agreement.compare(score.samples, golden.perImage.values[score.name] ?? [], score.name)
      try MetricLaws.check(score, samples: corpus.count)
    }
    #expect(agreement.values == 7 * (1 + corpus.count))
    #expect(agreement.failures.isEmpty, "\(agreement.failures)")
  }

  @Test func anotherHypothesisChangesEveryValue() throws {
    let golden = try small()
    var hypotheses = golden.hypotheses
    hypotheses[1] = "a boat on a shore"
    let corpus = try CaptionCorpus(hypotheses: hypotheses, references: golden.references)
    for score in try Self.metrics.flatMap({ try $0.scores(of: corpus) }) {
      #expect(score.value != golden.corpus[score.name])
      #expect(score.samples?[1] != golden.perImage.values[score.name]?[1])
    }
  }

  @Test func theOrderOfImagesDoesNotMatter() throws {
    let golden = try small()
    let corpus = try CaptionCorpus(
      hypotheses: golden.hypotheses.reversed(), references: golden.references.reversed())
    for score in try Self.metrics.flatMap({ try $0.scores(of: corpus) }) {
      #expect(MetricLaws.isNear(score.value, try #require(golden.corpus[score.name])))
      let samples = try #require(golden.perImage.values[score.name])
      #expect(score.samples == samples.reversed())
    }
  }

  @Test func aPerfectPredictionIsTheMaximum() throws {
    let references = [
      ["two red kites over the beach"], ["a boat on the sand"], ["an old clock tower at noon"],
    ]
    let perfect = try CaptionCorpus(hypotheses: references.map { $0[0] }, references: references)
    let other = try CaptionCorpus(
      hypotheses: ["two red kites", "a boat on the sea", "the clock"], references: references)
    for metric in Self.metrics {
      for (best, worse) in zip(try metric.scores(of: perfect), try metric.scores(of: other)) {
        #expect(best.value > worse.value)
        let maximum = best.name.hasPrefix("CIDEr") ? 10.0 : 1
        #expect(abs(best.value - maximum) < 1e-8)
      }
    }
  }

  @Test func aSingleImageScoresZeroAndSaysSo() throws {
    let corpus = try CaptionCorpus(hypotheses: ["a dog"], references: [["a dog"]])
    for metric in [CIDEr(), PlainCIDEr()] as [any CaptionMetric] {
      let score = try #require(try metric.scores(of: corpus).first)
      #expect(score.value == 0)
      #expect(score.notes.count == 1)
    }
    #expect(try ROUGEL().scores(of: corpus)[0].notes.isEmpty)
  }

  @Test func signatures() throws {
    let golden = try small()
    let corpus = try CaptionCorpus(
      hypotheses: golden.hypotheses, references: golden.references, tokenization: "none")
    let signatures = try Self.metrics.flatMap { try $0.scores(of: corpus) }
      .map(\.signature.description)
    #expect(
      signatures == [
        "Bleu_1|nrefs:2-3|tok:none|n:1|reflen:closest|smooth:coco",
        "Bleu_2|nrefs:2-3|tok:none|n:2|reflen:closest|smooth:coco",
        "Bleu_3|nrefs:2-3|tok:none|n:3|reflen:closest|smooth:coco",
        "Bleu_4|nrefs:2-3|tok:none|n:4|reflen:closest|smooth:coco",
        "ROUGE-L|nrefs:2-3|tok:none|beta:1.2",
        "CIDEr-D|nrefs:2-3|tok:none|n:4|sigma:6|df:corpus",
        "CIDEr|nrefs:2-3|tok:none|n:4|df:corpus",
      ])
  }

  @Test func longCaptionsAgreeWithShortOnes() throws {
    // More than 64 words go through another subsequence algorithm: 70 words, 69 of them in common.
    let words = (0..<70).map { "w\($0 % 50)" }
    let corpus = try CaptionCorpus(
      hypotheses: [words.joined(separator: " ")],
      references: [[words.dropFirst().joined(separator: " ")]])
    let score = try #require(try ROUGEL().scores(of: corpus).first)
    let precision = 69.0 / 70
    #expect(abs(score.value - 2.44 * precision / (1 + 1.44 * precision)) < 1e-12)
  }

  @Test func whatHasNoNumberIsAnError() throws {
    #expect(throws: MetricError.noSamples(metric: "captions")) {
      try CaptionCorpus(hypotheses: [], references: [])
    }
    #expect(throws: MetricError.countsDiffer(what: "reference lists", expected: 1, found: 0)) {
      try CaptionCorpus(hypotheses: ["a"], references: [])
    }
    #expect(throws: MetricError.noReference(image: 1)) {
      try CaptionCorpus(hypotheses: ["a", "b"], references: [["a"], []])
    }
    let empty = try CaptionCorpus(hypotheses: ["a", "b"], references: [[""], [" "]])
    #expect(throws: MetricError.noReferenceWord(metric: "CIDEr")) {
      try CIDEr().scores(of: empty)
    }
    // ROUGE-L sees words where there are none: one empty piece, or two.
    #expect(try ROUGEL().scores(of: empty)[0].value == 0)
  }
}
