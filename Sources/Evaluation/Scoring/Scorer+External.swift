import Datasets
import Metrics
import Records

/// Values of a metric that another program computed, for `score --external`.
public struct ExternalScores: Sendable {
  let metric: any ExternalMetric.Type
  let content: ExternalScoreFile

  /// Reads a file with the values of a metric.
  ///
  /// - Throws: `EvaluationError.notExternal` for a metric that the suite computes itself,
  ///   `.unknownMetric`; what `ExternalScoreFile` throws.
  public init(metric name: String, path: String) throws {
    let external = MetricRegistry.all.compactMap { $0 as? any ExternalMetric.Type }
    guard let metric = external.first(where: { $0.card.name == name }) else {
      let known = external.map { $0.card.name }
      guard MetricRegistry.names.contains(name) else {
        throw EvaluationError.unknownMetric(name: name, known: known)
      }
      throw EvaluationError.notExternal(name: name, known: known)
    }
    self.metric = metric
    content = try ExternalScoreFile(at: path, metric: name)
  }
}

extension Scorer {
  /// Refuses values of a metric of another task, and a metric without values that must have some.
  ///
  /// - Throws: `EvaluationError.metricDoesNotFit` or `.metricNeeds`.
  func checkExternal(_ wanted: MetricSelection, task: BenchmarkTask) throws {
    for scores in external where scores.metric.card.task != task.rawValue {
      throw EvaluationError.metricDoesNotFit(name: scores.metric.card.name, task: task.rawValue)
    }
    for metric in wanted.metrics where metric is any ExternalMetric.Type {
      let name = metric.card.name
      guard external.contains(where: { $0.metric.card.name == name }) else {
        throw EvaluationError.metricNeeds(
          name: name, what: "values that another program computed",
          remedy: "give them with --external \(name)=FILE")
      }
    }
  }

  /// The scores of the samples at hand from the files of `external`.
  ///
  /// - Throws: `DatasetError` where a sample has no value or a value no sample.
  func externalScores(of ids: [SampleID], noun: String) throws -> [MetricScore] {
    try external.map { scores in
      let card = scores.metric.card
      let alignment = try Alignment(
        predicted: scores.content.ids, expected: ids, allowPartial: false,
        passesOverOthers: allowPartial, path: scores.content.file.path,
        what: "\(noun) with a value of \(card.name)",
        unknownRemedy: "give values of the scored samples only",
        missingRemedy: "compute \(card.name) of every scored sample")
      return try scores.metric.init().score(
        of: alignment.predictions.map { scores.content.values[$0] },
        digest: String(scores.content.file.sha256.prefix(8)))
    }
  }
}
