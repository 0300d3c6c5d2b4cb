import Datasets
import Metrics
import Records

extension Scorer {
  /// Scores classes against the right ones.
  func scoreLabels(
    _ path: String, _ labels: LabelReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    let predictions = try dataset(of: request).predictions(at: path)
    let things = request.card.task.sampleNoun
    let hasMadeIDs = references.problems.contains { $0.code == "made_ids" }
    let alignment = try Alignment(
      predicted: predictions.ids, expected: labels.ids, allowPartial: allowPartial,
      // The official NLVR2 script ignores identifiers that its labels do not have.
      passesOverOthers: request.card.task == .reasoning, besides: labels.unlabelled,
      path: path, what: things,
      unknownRemedy: hasMadeIDs
        ? "the list of references has no ids: name its records 0, 1, 2, … in its order, as numbers"
        : Self.otherSplit(things))
    let ids = alignment.references.map { labels.ids[$0] }
    let texts = alignment.predictions.map { predictions.texts[$0] }
    let samples = LabelledSamples(
      labels: alignment.references.map { labels.labels[$0] }, classes: labels.classes,
      groups: labels.groups.map { groups in alignment.references.map { groups[$0] } })

    var scores: [MetricScore] = []
    var groups: [ScoreGroup] = []
    for metric in wanted.metrics {
      guard let metric = metric as? any LabelMetric.Type else {
        throw EvaluationError.metricDoesNotFit(
          name: metric.card.name, task: request.card.task.rawValue)
      }
      let found = try metric.init().scores(of: samples, predictions: texts)
      scores += wanted.reported(found.scores, of: metric)
      groups += found.groups
    }
    if scores.isEmpty {
      throw EvaluationError.metricNeeds(
        name: "consistency", what: "image sets, which the references do not name",
        remedy: "give the official file, whose identifiers name them")
    }
    let said = texts.map { SamplePrediction.text($0) }
    return try report(
      request, references, scores: scores, groups: groups,
      problems: commonProblems(request, references, ids: ids, predictions: said)
        + predictions.problems + Self.others(alignment, things)
        + Self.otherWords(ids, texts, classes: labels.classes),
      samples: ScoredSamples(
        ids: ids, clusters: alignment.references.map { labels.clusters[$0] }, predictions: said,
        scores: scores,
        // Consistency is no mean over samples: its rows say which groups hold.
        statistics: scores.filter { $0.samples == nil }.map { ($0.name, $0.statistics) }),
      read: [predictions.file])
  }

  private static func others(_ alignment: Alignment, _ things: String) -> [Problem] {
    guard alignment.otherCount > 0 else { return [] }
    return [
      Problem(
        code: "other_samples",
        message: "\(alignment.otherCount) predictions are of no \(things) of the set and are "
          + "passed over, as the official script does",
        count: alignment.otherCount, examples: alignment.otherExamples)
    ]
  }

  /// Predictions that are no class: they count as wrong.
  private static func otherWords(
    _ ids: [SampleID], _ texts: [String], classes: [String]
  ) -> [Problem] {
    let wrong = ids.indices.filter { index in
      let text = SamplePrediction.text(texts[index])
      return !text.isBlank && !classes.contains { NLVR2Accuracy.isSameWord($0, texts[index]) }
    }
    guard !wrong.isEmpty else { return [] }
    return [
      Problem(
        code: "unknown_label",
        message: "\(wrong.count) predictions are neither "
          + "\(classes.joined(separator: " nor ")) and count as wrong",
        count: wrong.count, examples: wrong.prefix(3).map { "\(ids[$0])" })
    ]
  }
}
