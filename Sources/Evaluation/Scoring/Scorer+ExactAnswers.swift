import Datasets

extension Scorer {
  func scoreExactAnswers(
    _ path: String, _ answers: ExactAnswerReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    throw EvaluationError.metricDoesNotFit(name: "", task: request.card.task.rawValue)
  }
}
