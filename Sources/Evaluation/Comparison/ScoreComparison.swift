import Metrics

/// One score of a run beside the baseline's.
package struct ScoreComparison: Sendable {
  /// How a p value was found.
  package enum Test: Sendable, Equatable {
    case approximateRandomization
    case exactMcNemar
  }

  /// On how many samples the run is better, worse, or the same.
  package struct Counts: Sendable, Equatable {
    /// Samples with a better score.
    package let better: Int
    /// Samples with a worse score.
    package let worse: Int
    /// Samples with the same score.
    package let same: Int
  }

  /// What the difference says.
  package enum Outcome: String, Sendable {
    case better, worse
    /// No sample has another score.
    case same
    /// The p value does not tell chance from change.
    case unclear
  }

  /// The score's name.
  package let name: String
  /// The metric; nil for a score that this version does not know.
  package let metric: MetricCard?
  /// The baseline's value on the common samples.
  package let baseline: Double
  /// The run's value on the common samples.
  package let value: Double
  /// Run - baseline, before the official scorer's rounding.
  package let difference: Double
  /// The interval of the difference; nil where only values are known or the set is too small.
  package let interval: ConfidenceInterval?
  /// Two-sided; nil where only values are known, the set is too small or no test was asked for.
  package let pValue: Double?
  /// How the p value was found.
  package let test: Test?
  /// Nil where no scores of single samples are kept.
  package let counts: Counts?
  /// Nil without a p value.
  package let outcome: Outcome?

  init(
    _ pair: ScorePair, interval: ConfidenceInterval?, pValue: Double?, test: Test?, level: Double
  ) {
    name = pair.name
    metric = pair.metric
    baseline = pair.values.first
    value = pair.values.second
    difference = pair.difference
    self.interval = interval
    counts = pair.counts
    self.pValue = pValue
    self.test = pValue == nil ? nil : test
    outcome = Self.outcome(pair, pValue, counts, level: level)
  }

  private static func outcome(
    _ pair: ScorePair, _ pValue: Double?, _ counts: Counts?, level: Double
  ) -> Outcome? {
    guard let pValue else { return nil }
    if let counts, counts.better + counts.worse == 0, pair.difference == 0 { return .same }
    guard pValue < level, let higherIsBetter = pair.metric?.higherIsBetter else { return .unclear }
    return (pair.difference > 0) == higherIsBetter ? .better : .worse
  }
}

extension ScoreComparison.Counts {
  init(_ first: [Double], _ second: [Double], higherIsBetter: Bool) {
    var (up, down, equal) = (0, 0, 0)
    for (left, right) in zip(first, second) {
      if right > left {
        up += 1
      } else if right < left {
        down += 1
      } else if right == left {
        equal += 1
      }
    }
    self.init(
      better: higherIsBetter ? up : down, worse: higherIsBetter ? down : up, same: equal)
  }
}
