import Foundation
import Metrics
import Records

/// The difference of a score from its baseline, and what chance may have to do with it.
package struct Change: Sendable {
  /// Run - baseline before rounding; 0 where only the last digits differ, which the machine decides.
  package let difference: Double
  private let higherIsBetter: Bool
  /// Nil where it is not known.
  package let noise: Judgement.Noise?
  /// Whether a metric of this kind has noise that could be known.
  private let hasNoise: Bool

  /// - Parameters:
  ///   - paired: The comparison of both runs' samples, where they are at hand.
  ///   - isExact: Whether chance has nothing to do with it: the same model on the same samples.
  package init(
    _ expected: RunRecord.Metric, _ found: RunRecord.Metric, _ paired: ScoreComparison?,
    of metric: any Metric.Type, isExact: Bool = false
  ) {
    let difference = found.unrounded - expected.unrounded
    let isEqual =
      abs(difference) <= 1e-9 * max(abs(expected.unrounded), abs(found.unrounded))
    self.difference = isEqual ? 0 : difference
    higherIsBetter = metric.card.higherIsBetter
    let signature = Signature(parsing: expected.signature)
    guard !isExact else {
      (hasNoise, noise) = (false, nil)
      return
    }
    if case .valuesOnly = metric.corpusRule(of: expected.name, signature: signature) {
      hasNoise = false
    } else {
      hasNoise = true
    }
    if let interval = paired?.interval {
      noise = Judgement.Noise(low: interval.lower, high: interval.upper, isPaired: true)
    } else if let left = expected.interval, let right = found.interval {
      // As if the two runs were independent, which overstates the noise of most pairs.
      let half = hypot((left.high - left.low) / 2, (right.high - right.low) / 2)
      let (low, high) = (difference - half, difference + half)
      noise =
        low.isFinite && high.isFinite
        ? Judgement.Noise(low: low, high: high, isPaired: false) : nil
    } else {
      noise = nil
    }
  }

  /// What to say of it, and why. See `EntryJudge` for the rule.
  package func verdict(tolerance: Double) -> (Judgement.Verdict, String) {
    let gain = higherIsBetter ? difference : -difference
    if gain == 0 { return (.pass, "equal") }
    guard let noise else {
      if gain > 0 { return (.pass, "better") }
      if hasNoise { return (.cannotTell, "worse, on too few samples to know by how much") }
      return -gain > tolerance ? (.regression, "worse, by its value alone") : (.pass, "tolerated")
    }
    // How far the interval reaches from the difference towards no difference.
    let reach = difference > 0 ? difference - noise.low : noise.high - difference
    if gain > 0 {
      return gain > reach ? (.improved, "better") : (.pass, "better, within the noise")
    }
    if -gain > reach {
      return -gain > tolerance ? (.regression, "worse") : (.pass, "worse, within the tolerance")
    }
    return reach > tolerance
      ? (.cannotTell, "worse, within the noise, which is greater than the tolerance")
      : (.pass, "worse, within noise and tolerance")
  }
}
