import Foundation

/// Times of records for readers and for drawings.
enum PageTime {
  /// `2026-11-25 18:32 UTC` for `2026-11-25T18:32:07.251Z`; what is of another form as it is.
  static func text(_ time: String) -> String {
    guard let match = time.wholeMatch(of: /(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z/) else {
      return time
    }
    return "\(match.1) \(match.2) UTC"
  }

  /// Seconds since 1970; nil for what is no such time.
  static func seconds(_ time: String) -> Double? {
    let styles = [true, false].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
    return styles.lazy.compactMap { try? $0.parse(time) }.first?.timeIntervalSince1970
  }
}
