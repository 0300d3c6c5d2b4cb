import Datasets
import Metrics
import Records
import Text

extension Scorer {
  /// Tokenizes both sides, each as one document, and scores captions.
  ///
  /// A partial set is scored as the official code scores a list of images: all corpus statistics
  /// come from the images that are scored.
  func scoreCaptions(
    _ path: String, _ captions: CaptionReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    let (predictions, cleaningProblems) = try predictions(at: path, for: request)
    let noun = try dataset(of: request).sampleNoun
    let alignment = try Alignment(
      predicted: predictions.ids, expected: captions.ids, allowPartial: allowPartial,
      path: path, what: noun,
      unknownRemedy: Self.otherSplit(noun))
    let ids = alignment.references.map { captions.ids[$0] }
    let hypotheses = alignment.predictions.map { predictions.texts[$0] }
    let said = hypotheses.map { SamplePrediction.text($0) }
    let humanCaptions = alignment.references.map { captions.captions[$0] }

    let tokenizer = PTBTokenizer()
    let flat = humanCaptions.flatMap { $0 }
    let tokenizedFlat = tokenizer.tokenize(flat)
    var tokenized: [[String]] = []
    tokenized.reserveCapacity(humanCaptions.count)
    var next = 0
    for group in humanCaptions {
      tokenized.append(Array(tokenizedFlat[next..<next + group.count]))
      next += group.count
    }
    let corpus = try CaptionCorpus(
      hypotheses: tokenizer.tokenize(hypotheses), references: tokenized)

    var scores: [MetricScore] = []
    var statistics: [(name: String, rows: SampleStatistics)] = []
    var unavailable: [Problem] = []
    for metric in wanted.metrics where !(metric is any ExternalMetric.Type) {
      guard let found = try wanted.scores(of: metric, for: corpus, with: resources) else {
        let reason = (metric as? any ResourceMetric.Type)?.notAvailable
        unavailable.append(.notAvailable(metric, reason ?? "not available"))
        continue
      }
      scores += wanted.reported(found, of: metric)
      // A mean's statistics are its samples' scores; those of BLEU's orders are the same rows.
      if let rows = found.first?.statistics, rows.width > 2 {
        statistics.append((metric.card.name, rows))
      }
    }
    if scores.isEmpty, external.isEmpty, let first = unavailable.first {
      throw EvaluationError.notAvailable(first.message)
    }
    if let cleaning { scores = scores.map { $0.stating("clean", cleaning.rawValue) } }
    scores += try externalScores(of: ids, noun: noun)
    if captions.letterCase != "raw" {
      scores = scores.map { $0.stating("refs", captions.letterCase) }
    }
    var problems = commonProblems(request, references, ids: ids, predictions: said)
    problems += predictions.problems + cleaningProblems + unavailable
    problems += tokenizerProblems(tokenizer, ids: ids, hypotheses: hypotheses, references: flat)
    problems += scores.flatMap { score in
      score.notes.map { Problem(code: "metric_note", message: "\(score.name): \($0)", count: 1) }
    }
    return try report(
      request, references, scores: scores, groups: [], problems: problems,
      samples: ScoredSamples(
        ids: ids, clusters: ids, predictions: said, scores: scores, statistics: statistics),
      read: [predictions.file] + [frequencies?.file].compactMap(\.self)
        + external.map(\.content.file))
  }

  /// Captions from which on the official run pairs the wrong lines; ours keeps them apart.
  private func tokenizerProblems(
    _ tokenizer: PTBTokenizer, ids: [SampleID], hypotheses: [String], references: [String]
  ) -> [Problem] {
    func problem(_ code: String, _ what: String, _ find: ([String]) -> [Int]) -> Problem? {
      let inHypotheses = find(hypotheses)
      let inReferences = find(references)
      guard !inHypotheses.isEmpty || !inReferences.isEmpty else { return nil }
      return Problem(
        code: code,
        message: "\(inHypotheses.count) predictions and \(inReferences.count) references \(what) "
          + "(the official tokenizer would shift every caption after it)",
        count: inHypotheses.count + inReferences.count,
        examples: inHypotheses.prefix(3).map { "\(ids[$0])" })
    }
    return [
      problem(
        "line_break", "hold a line end other than LF; it counts as a space",
        tokenizer.captionsWithLineBreaks),
      problem(
        "open_tag", "open a quotation in a tag and do not close it; it ends with the caption",
        tokenizer.captionsWithOpenTags),
    ].compactMap(\.self)
  }
}

extension MetricScore {
  /// The same score with a field more in its signature.
  func stating(_ key: String, _ text: String) -> MetricScore {
    MetricScore(
      name: name, value: value, unrounded: unrounded, samples: samples, statistics: statistics,
      count: count, signature: signature.adding(key, text), notes: notes)
  }
}
