import Datasets

extension Scorer {
  func scoreRetrieval(
    _ path: String, _ retrieval: RetrievalReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    throw EvaluationError.metricDoesNotFit(name: "", task: request.card.task.rawValue)
  }
}
