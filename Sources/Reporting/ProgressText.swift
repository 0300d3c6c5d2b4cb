import Foundation

/// How far a long step is, in words.
package enum ProgressText {
  /// `[#####---------------] 3120 of 12480 media files, 412 a second, 23 s left`
  ///
  /// - Parameters:
  ///   - what: The things that are counted, in the plural.
  ///   - seconds: How long the step has taken so far.
  ///   - before: How many of `done` an earlier process did, which say nothing of the pace.
  ///   - failures: How many failed; shown where there are any.
  package static func line(
    _ done: Int, of total: Int, what: String, seconds: Double, before: Int = 0, failures: Int = 0,
    withBar: Bool
  ) -> String {
    let filled = total > 0 ? 20 * min(done, total) / total : 20
    let bar =
      "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: 20 - filled)
      + "] "
    let rate = seconds > 0 ? Double(done - before) / seconds : 0
    let pace =
      rate > 0
      ? ", \(ofRate(rate)) a second" + ", \(left(total - done - failures, rate)) left" : ""
    let failed = failures > 0 ? ", \(failures) failed" : ""
    return (withBar ? bar : "") + "\(done) of \(total) \(what)\(pace)\(failed)"
  }

  /// Of slow steps with a digit more.
  private static func ofRate(_ rate: Double) -> String {
    String(format: rate < 10 ? "%.2g" : "%.0f", rate)
  }

  /// `23 s`, `4 min`, `2.5 h`.
  private static func left(_ count: Int, _ rate: Double) -> String {
    let seconds = Double(max(0, count)) / rate
    return switch seconds {
    case ..<100: String(format: "%.0f s", seconds)
    case ..<6000: String(format: "%.0f min", seconds / 60)
    default: String(format: "%.1f h", seconds / 3600)
    }
  }
}
