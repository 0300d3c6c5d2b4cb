import Datasets
import Metrics

/// The range over which values of a score are drawn, from 0.
struct ScoreAxis {
  /// The right end, above 0.
  let top: Double

  /// The metric's own range where the values are in it, else a round number above them.
  init(of card: MetricCard?, values: [Double]) {
    let greatest = values.filter(\.isFinite).max() ?? 0
    let natural = card?.scale.hasPrefix("percent") == true ? 100.0 : 1
    // What has no upper end (ranks, CIDEr) ends at a round number.
    let isBounded = card.map { $0.scale.hasSuffix("0 to 100") || $0.scale == "0 to 1" } ?? false
    top = isBounded && greatest <= natural ? natural : PlotNumber.niceCeiling(greatest)
  }

  /// Where a value stands, 0 to 1.
  func place(_ value: Double) -> Double { min(1, max(0, value / top)) }
}
