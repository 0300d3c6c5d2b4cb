import Metrics

/// What became of one metric of one run.
package struct Judgement: Sendable {
  /// What was found.
  package enum Verdict: String, Sendable, CaseIterable {
    /// Worse by more than the tolerance, and not by chance.
    case regression
    /// The baseline has it and no run does. A gate that measures nothing does not pass.
    case missing
    /// Measured otherwise than the baseline was.
    case notComparable = "not comparable"
    /// Worse, or too few samples, and the noise is greater than the tolerance.
    case cannotTell = "cannot tell"
    /// Better by more than the noise.
    case improved
    case pass
    /// The baseline does not have it.
    case new
    /// The baseline's tolerance says that it is only shown.
    case notJudged = "not judged"

    /// Whether the gate fails with it.
    package var isFailure: Bool {
      self == .regression || self == .missing || self == .notComparable
    }
  }

  /// By how much a difference may be chance: its 95 % interval.
  package struct Noise: Sendable, Equatable {
    /// The lower end.
    package let low: Double
    /// The upper end.
    package let high: Double
    /// Whether the samples of both runs were paired; else their intervals alone are known.
    package let isPaired: Bool

    /// Puts an interval together.
    package init(low: Double, high: Double, isPaired: Bool) {
      self.low = low
      self.high = high
      self.isPaired = isPaired
    }

    /// Half the width.
    package var halfWidth: Double { (high - low) / 2 }
  }

  /// The benchmark's name.
  package let benchmark: String
  /// The split's name.
  package let split: String
  /// The reference set, as in signatures.
  package let references: String
  /// The model's name.
  package let model: String
  /// The score's name.
  package let score: String
  /// The metric; nil for a score that this version does not know.
  package let metric: MetricCard?
  /// What was found.
  package let verdict: Verdict
  /// The baseline's value; nil for a new metric.
  package let baseline: Double?
  /// The run's value; nil for a missing one.
  package let value: Double?
  /// Run - baseline before rounding; nil where the two cannot be compared.
  package let difference: Double?
  /// Nil where it is not known.
  package let noise: Noise?
  /// Nil where the metric is not judged.
  package let tolerance: Double?
  /// Why, in a few words.
  package let reason: String

  /// Puts a judgement together.
  package init(
    benchmark: String, split: String, references: String, model: String, score: String,
    metric: MetricCard?, verdict: Verdict, baseline: Double?, value: Double?, difference: Double?,
    noise: Noise?, tolerance: Double?, reason: String
  ) {
    self.benchmark = benchmark
    self.split = split
    self.references = references
    self.model = model
    self.score = score
    self.metric = metric
    self.verdict = verdict
    self.baseline = baseline
    self.value = value
    self.difference = difference
    self.noise = noise
    self.tolerance = tolerance
    self.reason = reason
  }

  /// Whether the value is better than the baseline's, be it by chance.
  package var isBetter: Bool {
    guard let difference, verdict == .pass || verdict == .improved else { return false }
    return difference != 0 && (difference > 0) == (metric?.higherIsBetter ?? true)
  }
}
