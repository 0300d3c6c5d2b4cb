import Foundation
import Metrics

/// How values of a score are written on the official scorer's scale: with two digits of a percentage,
/// four of a ratio.
struct ScoreNumber {
  private let isPercent: Bool

  /// The form for a metric; that of a ratio for one that this version does not know.
  init(of card: MetricCard?) { isPercent = card?.displayFactor == 1 }

  /// A value.
  func text(_ value: Double) -> String { String(format: "%.\(digits)f", value) }

  /// How many digits stand behind the point.
  var digits: Int { isPercent ? 2 : 4 }

  /// A difference, with its sign; what rounds to nothing has none.
  func difference(_ value: Double) -> String {
    let text = String(format: isPercent ? "%+.2f" : "%+.4f", value)
    return text.contains { ("1"..."9").contains($0) } ? text : String(text.dropFirst())
  }

  /// The ends of an interval of values.
  func interval(_ low: Double, _ high: Double) -> String { "\(text(low)) to \(text(high))" }

  /// The ends of an interval of differences.
  func differenceInterval(_ low: Double, _ high: Double) -> String {
    "\(difference(low)) to \(difference(high))"
  }

  /// A p value.
  static func pValue(_ value: Double) -> String {
    value < 0.0001 ? "<0.0001" : String(format: "%.4f", value)
  }
}
