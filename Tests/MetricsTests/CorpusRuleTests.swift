import Metrics
import Testing

/// What run folders keep of each sample gives the corpus value again.
@Suite("Corpus rules") struct CorpusRuleTests {
  private static let corpus = (
    hypotheses: ["a dog runs on grass", "two cats", "a man riding a red bike down a street", ""],
    references: [
      ["a dog is running on the grass", "the dog runs"], ["two cats sleep on a bed"],
      ["a man rides a bike", "a man riding a bicycle down the street", "a biker"], ["a tree"],
    ]
  )

  /// A metric that keeps something else than a mean must say so: compare and check rely on it.
  @Test(arguments: MetricRegistry.all.indices) func captionMetrics(_ index: Int) throws {
    let type = MetricRegistry.all[index]
    guard let caption = type as? any CaptionMetric.Type else { return }
    let corpus = try CaptionCorpus(
      hypotheses: Self.corpus.hypotheses, references: Self.corpus.references)
    let scores = try caption.init().scores(of: corpus)
    for score in scores {
      // As the scorer keeps them: the first score's rows under the metric's own name.
      let kept = try #require(scores.first).statistics
      try expectValue(of: score, by: type, keeping: (type.card.name, kept))
    }
  }

  @Test(arguments: MetricRegistry.all.indices) func labelMetrics(_ index: Int) throws {
    let type = MetricRegistry.all[index]
    guard let label = type as? any LabelMetric.Type else { return }
    let samples = LabelledSamples(
      labels: ["a", "b", "a", "a", "b"], classes: ["a", "b"], groups: ["1", "2", "1", "3", "3"])
    for score in try label.init().scores(of: samples, predictions: ["a", "b", "b", "a", "b"]).scores
    {
      // Rows of scores without values of samples are kept under the score's name.
      try expectValue(of: score, by: type, keeping: (score.name, score.statistics))
    }
  }

  @Test(arguments: MetricRegistry.all.indices) func groundingMetrics(_ index: Int) throws {
    let type = MetricRegistry.all[index]
    guard let grounding = type as? any GroundingMetric.Type else { return }
    let truth = PixelBox(x: 10, y: 10, width: 50, height: 40)
    let boxes = try GroundedBoxes(
      predicted: [truth, PixelBox(x: 20, y: 10, width: 50, height: 40)], truth: [truth, truth],
      imageSizes: [PixelSize(width: 100, height: 80), PixelSize(width: 100, height: 80)])
    for score in try grounding.init().scores(of: boxes) {
      try expectValue(of: score, by: type, keeping: (score.name, score.statistics))
    }
  }

  /// Both directions; of each score the queries that it concerns.
  @Test(arguments: MetricRegistry.all.indices) func retrievalMetrics(_ index: Int) throws {
    let type = MetricRegistry.all[index]
    guard let retrieval = type as? any RetrievalMetric.Type else { return }
    let ranks = RetrievalRanks(
      side: .video, origin: .rankings,
      ofImages: QueryRanks(queries: [0, 1], ranks: [0, 7]),
      ofTexts: QueryRanks(queries: [0, 1, 2, 3, 4], ranks: [0, 4, 12, 1, 0]))
    let scores = try retrieval.init().scores(of: ranks)
    #expect(!scores.isEmpty)
    for score in scores where score.name != "MdR" {
      let kept = try #require(scores.first).statistics
      try expectValue(of: score, by: type, keeping: (type.card.name, kept))
    }
    guard case .valuesOnly = MedianRank.corpusRule(of: "MdR", signature: Signature("MdR")) else {
      Issue.record("a median is no sum")
      return
    }
  }

  private func expectValue(
    of score: MetricScore, by type: any Metric.Type, keeping kept: (name: String, SampleStatistics)
  ) throws {
    var rule = type.corpusRule(of: score.name, signature: score.signature)
    if case .withinSet(let inner) = rule { rule = inner }
    switch rule {
    case .mean(let decimals):
      #expect(decimals == nil)
      try expectMean(score)
    case .sums(let name, let width, let value):
      #expect(name == kept.name)
      #expect(width == kept.1.width)
      let found = SampleStatistics(width: width, rows: kept.1.rows, value: value).whole
      #expect(MetricLaws.isNear(found, score.unrounded), "\(score.name)")
    case .valuesOnly, .withinSet:
      Issue.record("\(score.name): the samples of this metric give its value")
    }
  }

  private func expectMean(_ score: MetricScore) throws {
    let samples = try #require(score.samples)
    let present = samples.filter { !$0.isNaN }
    let mean = present.reduce(0, +) / Double(present.count)
    #expect(present.count == score.count)
    #expect(MetricLaws.isNear(mean, score.unrounded), "\(score.name)")
  }

  @Test func bleuHasARuleForItsOwnScoresOnly() {
    let signature = Signature("Bleu_1")
    for (index, name) in BLEU.card.produces.enumerated() {
      guard case .sums("Bleu", 10, let value) = BLEU.corpusRule(of: name, signature: signature)
      else {
        Issue.record("\(name)")
        continue
      }
      let sums: [Double] = [8, 6, 4, 2, 10, 9, 8, 7, 10, 10]
      let precision = [0.8, 0.7302967433402214, 0.6436595897, 0.5253]
      #expect(abs(sums.withUnsafeBufferPointer(value) - precision[index]) < 1e-3, "\(name)")
    }
    guard case .valuesOnly = BLEU.corpusRule(of: "Bleu_5", signature: signature) else {
      Issue.record("there is no BLEU-5")
      return
    }
  }

  /// Frequencies of the scored images bind a score to its set; those of a table do not.
  @Test(arguments: ["corpus", "1a2b3c4d"]) func frequenciesDecide(_ source: String) {
    for metric in [CIDEr.self, PlainCIDEr.self] as [any Metric.Type] {
      let signature = Signature(metric.card.name, ["nrefs": "5"]).adding("df", source)
      switch metric.corpusRule(of: metric.card.name, signature: signature) {
      case .withinSet(.mean(nil)): #expect(source == "corpus")
      case .mean(nil): #expect(source != "corpus")
      default: Issue.record("\(metric.card.name)")
      }
    }
  }

  @Test func vqaAccuracyIsKeptAsPrinted() {
    for metric in [VQAAccuracy.self, MPLUGVQAAccuracy.self] as [any Metric.Type] {
      guard case .mean(2) = metric.corpusRule(of: "accuracy/other", signature: Signature("a"))
      else {
        Issue.record("\(metric.card.name)")
        continue
      }
    }
    guard case .mean(nil) = SoftAccuracy.corpusRule(of: "soft_accuracy", signature: Signature("a"))
    else {
      Issue.record("soft accuracy is a plain mean")
      return
    }
  }

  /// Of each answer type the samples that have it, and no others, give its value.
  @Test func partsKeepTheirSamplesAlone() throws {
    var references = VQAReferences()
    let people = ["yes", "yes", "yes", "no"]
    for (id, type) in [(1, "yes/no"), (2, "other"), (3, "yes/no")] {
      references.append(
        questionID: id, imageID: id, questionType: "is", answerType: type, answers: people)
    }
    let found = try VQAAccuracy().scores(of: references, answers: ["yes", "no", "no"])
    let part = try #require(found.scores.first { $0.name == "accuracy/yes-no" })
    let samples = try #require(part.samples)
    #expect(samples.map(\.isNaN) == [false, true, false])
    let kept = samples.filter { !$0.isNaN }
    #expect(part.count == 2)
    #expect(abs(kept.reduce(0, +) / 2 - part.unrounded) <= 0.005)
  }
}
