import Metrics

extension BenchmarkCard {
  /// The metric that a name means on this benchmark: one of its own metrics that produces a score of
  /// the name, else any of the task with the name. `accuracy` is exact match on MSRVTT-QA and
  /// agreement with ten people on VQAv2.
  package func metric(named name: String) -> (any Metric.Type)? {
    MetricRegistry.metric(ofScore: name, among: allMetrics)
      ?? MetricRegistry.metric(named: name, task: task.rawValue)
  }

  /// The metric behind a score of a run or a publication; the score of a group, such as
  /// `accuracy/yes-no`, is that of what stands before the slash.
  package func metric(ofScore score: String) -> (any Metric.Type)? {
    metric(named: score) ?? metric(named: MetricRegistry.whole(ofScore: score))
  }

  /// The card of the metric behind a score of a run or a publication.
  package func metricCard(ofScore score: String) -> MetricCard? { metric(ofScore: score)?.card }
}
