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

  /// The metrics' names, for messages.
  var names: String { metrics.map { $0.card.name }.joined(separator: ", ") }

  /// The scores of a metric that were asked for.
  func reported(_ scores: [MetricScore], of metric: any Metric.Type) -> [MetricScore] {
    guard let names = named[metric.card.name] else { return scores }
    return scores.filter { names.contains($0.name) }
  }

  /// The scores of a caption metric with its settings: the official ones but for document
  /// frequencies; nil where its data are not at hand.
  ///
  /// - Throws: `EvaluationError.metricDoesNotFit`, and what the metric throws.
  func scores(
    of metric: any Metric.Type, for corpus: CaptionCorpus, with resources: MetricResources
  ) throws -> [MetricScore]? {
    if let frequencies, let weighted = metric as? any FrequencyWeightedMetric.Type {
      return try weighted.init(frequencies: frequencies).scores(of: corpus)
    }
    switch metric {
    case let metric as any ResourceMetric.Type:
      return try metric.init(resources)?.scores(of: corpus)
    case let metric as any CaptionMetric.Type:
      return try metric.init().scores(of: corpus)
    default:
      throw EvaluationError.metricDoesNotFit(name: metric.card.name, task: "caption")
    }
  }
}
