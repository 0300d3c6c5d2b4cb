import Datasets

extension Scorer {
  func scoreLabels(
    _ path: String, _ labels: LabelReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    throw EvaluationError.metricDoesNotFit(name: "", task: request.card.task.rawValue)
  }
}
