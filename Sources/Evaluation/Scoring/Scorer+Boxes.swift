import Datasets

extension Scorer {
  func scoreBoxes(
    _ path: String, _ boxes: BoxReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    throw EvaluationError.metricDoesNotFit(name: "", task: request.card.task.rawValue)
  }
}
