import Datasets
import Metrics
import Records

/// A part of the set, such as a question type, beside the baseline's.
package struct GroupComparison: Sendable {
  /// By what the set is divided.
  package let kind: String
  /// Which part this is.
  package let name: String
  /// How many samples it has.
  package let count: Int
  /// The score's name.
  package let score: String
  /// The metric; nil for a score that this version does not know.
  package let metric: MetricCard?
  /// The baseline's value.
  package let baseline: Double
  /// The run's value.
  package let value: Double

  /// Run - baseline.
  package var difference: Double { value - baseline }

  /// The parts that both runs have with as many samples, in the order of kind, name and metric.
  static func shared(
    _ first: RunRecord, _ second: RunRecord, _ benchmark: BenchmarkCard?
  ) -> [GroupComparison] {
    (first.groups.object?.sorted ?? []).flatMap { kind in
      (kind.value.object?.sorted ?? []).flatMap { part -> [GroupComparison] in
        let other = second.groups[kind.key]?[part.key]
        guard let count = part.value["count"]?.int, other?["count"]?.int == count else { return [] }
        return (part.value.object?.sorted ?? []).compactMap { member in
          guard member.key != "count", let baseline = member.value.double,
            let value = other?[member.key]?.double
          else { return nil }
          return GroupComparison(
            kind: kind.key, name: part.key, count: count, score: member.key,
            metric: benchmark?.metricCard(ofScore: member.key), baseline: baseline, value: value)
        }
      }
    }
  }
}
