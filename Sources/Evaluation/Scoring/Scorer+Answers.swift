import Datasets
import Metrics
import Records

extension Scorer {
  /// Scores answers against human answers, and against soft labels where the split has them.
  func scoreAnswers(
    _ path: String, _ answers: AnswerReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    let predictions = try dataset(of: request).predictions(at: path)
    let alignment = try Alignment(
      predicted: predictions.ids, expected: answers.ids, allowPartial: allowPartial,
      path: path, what: "questions",
      unknownRemedy: Self.otherSplit("questions"))
    let isComplete = alignment.references.count == answers.ids.count
    let ids = alignment.references.map { answers.ids[$0] }
    let images = alignment.references.map { answers.imageIDs[$0] }
    let texts = alignment.predictions.map { predictions.texts[$0] }

    let said = texts.map { SamplePrediction.text($0) }
    var scores: [MetricScore] = []
    var groups: [ScoreGroup] = []
    var problems = commonProblems(request, references, ids: ids, predictions: said)
    problems += predictions.problems
    for metric in wanted.metrics {
      let result: AnswerScores
      switch metric {
      case let metric as any AnswerMetric.Type:
        guard let all = answers.humanAnswers else {
          problems.append(.notAvailable(metric, "not available: it needs the human answers"))
          continue
        }
        let human = isComplete ? all : all.selecting(alignment.references)
        result = try metric.init().scores(of: human, answers: texts)
      case is SoftAccuracy.Type:
        guard let labels = answers.softLabels else {
          problems.append(
            .notAvailable(metric, "not available: it needs the label file, minival.json"))
          continue
        }
        result = try SoftAccuracy().scores(
          of: isComplete ? labels : labels.selecting(alignment.references), answers: texts)
      case is ExactMatch.Type:
        throw EvaluationError.answersDoNotFit(
          metric: metric.card.name, needs: "one answer to each question",
          remedy: "\(request.card.name) has several: use --metrics \(VQAAccuracy.card.name)")
      default:
        throw EvaluationError.metricDoesNotFit(name: metric.card.name, task: "vqa")
      }
      scores += wanted.reported(result.scores, of: metric)
      groups += result.groups
    }
    if scores.isEmpty {
      throw EvaluationError.metricNeeds(
        name: wanted.names,
        what: "human answers or labels that the references do not hold",
        remedy: "name other metrics with --metrics, or add the files")
    }
    return try report(
      request, references, scores: scores, groups: groups, problems: problems,
      samples: ScoredSamples(
        ids: ids, clusters: images, predictions: said, scores: scores),
      read: [predictions.file])
  }
}
