import Foundation
import Metrics

/// Values of scores as tables on the official scale show them.
enum ScoreNumber {
  /// As many digits as the official scorer's scale asks for: two of a percentage, four of a ratio.
  static func text(_ value: Double, of score: String) -> String {
    String(format: isPercent(score) ? "%.2f" : "%.4f", value)
  }

  /// A difference, with its sign.
  static func difference(_ value: Double, of score: String) -> String {
    let text = String(format: isPercent(score) ? "%+.2f" : "%+.4f", value)
    // What rounds to nothing has no sign.
    return text.contains { ("1"..."9").contains($0) } ? text : String(text.dropFirst())
  }

  /// Two ends.
  static func interval(
    _ low: Double, _ high: Double, of score: String,
    as format: (Double, String) -> String = { text($0, of: $1) }
  ) -> String {
    "\(format(low, score)) to \(format(high, score))"
  }

  /// A p value; below what is printed as such.
  static func pValue(_ value: Double) -> String {
    value < 0.0001 ? "<0.0001" : String(format: "%.4f", value)
  }

  private static func isPercent(_ score: String) -> Bool {
    MetricRegistry.displayFactor(of: score) == 1
  }
}
