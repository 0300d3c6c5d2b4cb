import Metrics
import Testing

/// What holds for every metric.
enum MetricLaws {
  /// Samples and statistics describe all samples, the statistics' value of the whole is the corpus
  /// value, and rows may be added up in parts (shards) and in any order.
  static func check(_ score: MetricScore, samples: Int) throws {
    let statistics = score.statistics
    #expect(statistics.count == samples)
    if let own = score.samples { #expect(own.count == samples) }
    #expect(isNear(statistics.whole, score.unrounded), "\(score.name)")
    #expect(isNear(statistics.value(of: (0..<samples).reversed()), score.unrounded))
    var shards = [[Double]](repeating: Array(repeating: 0, count: statistics.width), count: 3)
    for sample in 0..<samples {
      for index in 0..<statistics.width {
        shards[sample % 3][index] += statistics.rows[sample * statistics.width + index]
      }
    }
    let merged = (0..<statistics.width).map { index in shards.reduce(0) { $0 + $1[index] } }
    #expect(isNear(merged.withUnsafeBufferPointer(statistics.value), score.unrounded))
  }

  /// Equal to 1e-12 of the greater one: sums in another order.
  static func isNear(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-12 * max(abs(left), abs(right), 1)
  }
}
