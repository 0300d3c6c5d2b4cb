import Datasets
import Metrics

/// The metrics that a run uses, and which of their scores it reports.
struct MetricSelection {
  /// Each metric once, in the order of its first mention.
  let metrics: [any Metric.Type]
  /// For metrics of which single scores were named, as `Bleu_4`: those; others report all.
  private let named: [String: Set<String>]
  /// Document frequencies in place of those of the scored images.
  private let frequencies: DocumentFrequencies?

  /// Looks names up: those of metrics, or of scores that the benchmark reports.
  ///
  /// - Throws: `EvaluationError.unknownMetric`; `.metricDoesNotFit` for one of another task;
  ///   `.frequenciesUnused` where a table was given and no metric weighs by it.
  init(_ names: [String], of benchmark: BenchmarkCard, frequencies: DocumentFrequencies?) throws {
    var metrics: [any Metric.Type] = []
    var named: [String: Set<String>] = [:]
    var whole: Set<String> = []
    for name in names {
      guard let metric = benchmark.metric(named: name) else {
        let isElsewhere = MetricRegistry.all.contains {
          $0.card.name == name || $0.card.produces.contains(name)
        }
        throw isElsewhere
          ? EvaluationError.metricDoesNotFit(name: name, task: benchmark.task.rawValue)
          : EvaluationError.unknownMetric(name: name, known: MetricRegistry.names)
      }
      let card = metric.card
      if !metrics.contains(where: { $0.card.name == card.name }) { metrics.append(metric) }
      if card.name == name {
        whole.insert(name)
      } else {
        named[card.name, default: []].insert(name)
      }
    }
    if frequencies != nil, !metrics.contains(where: { $0 is any FrequencyWeightedMetric.Type }) {
      throw EvaluationError.frequenciesUnused(metrics: metrics.map { $0.card.name })
    }
    self.metrics = metrics
    self.named = named.filter { !whole.contains($0.key) }
    self.frequencies = frequencies
  }

  /// The scores of a metric that were asked for.
  func reported(_ scores: [MetricScore], of metric: any Metric.Type) -> [MetricScore] {
    guard let names = named[metric.card.name] else { return scores }
    return scores.filter { names.contains($0.name) }
  }

  /// A caption metric with its settings: the official ones but for document frequencies.
  ///
  /// - Throws: `EvaluationError.metricDoesNotFit`.
  func captionMetric(_ metric: any Metric.Type) throws -> any CaptionMetric {
    if let frequencies, let weighted = metric as? any FrequencyWeightedMetric.Type {
      return weighted.init(frequencies: frequencies)
    }
    guard let metric = metric as? any CaptionMetric.Type else {
      throw EvaluationError.metricDoesNotFit(name: metric.card.name, task: "caption")
    }
    return metric.init()
  }
}
