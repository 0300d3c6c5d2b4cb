import Dispatch

/// A confidence interval of a corpus value.
public struct ConfidenceInterval: Sendable, Hashable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The confidence, such as 0.95.
  public let level: Double
  /// How many resamples it stands on; those that gave no number are left out.
  public let resamples: Int

  /// Puts an interval together.
  public init(lower: Double, upper: Double, level: Double, resamples: Int) {
    self.lower = lower
    self.upper = upper
    self.level = level
    self.resamples = resamples
  }
}

/// Percentile intervals by the bootstrap over clusters.
///
/// Each resample draws as many clusters as there are, with replacement; the statistics' values of
/// the resamples are sorted, and the ends of the interval are their (1 ± level)/2 quantiles, linear
/// between neighbours (numpy's default). All statistics see the same resamples. The result depends
/// on the seed, not on the number of threads.
///
/// What a metric counts over the whole corpus stays fixed, such as CIDEr's document frequencies.
///
/// Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
public struct Bootstrap: Sendable {
  /// How many resamples are drawn.
  public let resamples: Int
  /// The seed.
  public let seed: UInt64
  /// The confidence of the intervals.
  public let level: Double

  /// A bootstrap with some settings.
  public init(resamples: Int = 1000, seed: UInt64 = 12345, level: Double = 0.95) {
    precondition(resamples > 0 && level > 0 && level < 1, "resamples and a level below 1")
    self.resamples = resamples
    self.seed = seed
    self.level = level
  }

  /// The interval of each statistic; nil if there are fewer than two clusters, or if no resample
  /// gave a number.
  ///
  /// - Parameters:
  ///   - statistics: All over the same samples in the same order.
  ///   - clusters: The cluster of each sample, by any numbers; nil if each sample is its own.
  /// - Throws: `MetricError.countsDiffer`.
  public func intervals(
    of statistics: [SampleStatistics], clusters: [Int]? = nil
  ) throws -> [ConfidenceInterval?] {
    guard !statistics.isEmpty else { return [] }
    let (distinct, columns) = Self.shared(statistics)
    let sums = try ClusterSums(distinct, clusters: clusters)
    guard sums.count >= 2 else { return statistics.map { _ in nil } }
    let values = draw(statistics, columns, sums)
    return statistics.indices.map { index in
      interval(of: (0..<resamples).map { values[$0 * statistics.count + index] })
    }
  }

  /// The interval of the difference second - first of two systems' values on the same samples, for
  /// each pair.
  ///
  /// - Throws: `MetricError.countsDiffer`.
  public func differences(
    of pairs: [(first: SampleStatistics, second: SampleStatistics)], clusters: [Int]? = nil
  ) throws -> [ConfidenceInterval?] {
    for pair in pairs where pair.first.count != pair.second.count {
      throw MetricError.countsDiffer(
        what: "samples of the second system", expected: pair.first.count,
        found: pair.second.count)
    }
    // Pairs with the same rows (those of BLEU-1 to BLEU-4) stay recognizable by where those lie.
    var joined: [[UnsafePointer<Double>?]: [Double]] = [:]
    let differences = pairs.map { pair in
      let place = [pair.first, pair.second].map { $0.rows.withUnsafeBufferPointer(\.baseAddress) }
      let difference = SampleStatistics.difference(
        of: pair.second, minus: pair.first, rows: joined[place])
      joined[place] = difference.rows
      return difference
    }
    return try intervals(of: differences, clusters: clusters)
  }

  /// Statistics with the same rows (those of BLEU-1 to BLEU-4) are added up once: the distinct ones,
  /// and the first column of each statistic.
  private static func shared(
    _ statistics: [SampleStatistics]
  ) -> (distinct: [SampleStatistics], columns: [Int]) {
    var distinct: [SampleStatistics] = []
    var starts: [UnsafePointer<Double>?: Int] = [:]
    var width = 0
    let columns = statistics.map { part in
      let place = part.rows.withUnsafeBufferPointer { $0.baseAddress }
      if let column = starts[place], !part.rows.isEmpty { return column }
      let column = width
      starts[place] = column
      distinct.append(part)
      width += part.width
      return column
    }
    return (distinct, columns)
  }

  /// `[resamples, statistics]`.
  private func draw(
    _ statistics: [SampleStatistics], _ columns: [Int], _ sums: ClusterSums
  ) -> [Double] {
    let width = sums.width
    let clusters = sums.count
    let seed = seed
    return sums.rows.withUnsafeBufferPointer { rows in
      [Double](unsafeUninitializedCapacity: resamples * statistics.count) { values, count in
        nonisolated(unsafe) let values = values
        nonisolated(unsafe) let rows = rows
        DispatchQueue.concurrentPerform(iterations: resamples) { resample in
          var generator = SeededGenerator(seed: seed, stream: UInt64(resample))
          withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { totals in
            totals.initialize(repeating: 0)
            for _ in 0..<clusters {
              let start = generator.index(below: clusters) &* width
              for index in 0..<width { totals[index] += rows[start &+ index] }
            }
            for (index, part) in statistics.enumerated() {
              let own = UnsafeBufferPointer(
                rebasing: UnsafeBufferPointer(totals)[
                  columns[index]..<columns[index] + part.width])
              values[resample * statistics.count + index] = part.value(own)
            }
          }
        }
        count = resamples * statistics.count
      }
    }
  }

  private func interval(of values: [Double]) -> ConfidenceInterval? {
    let sorted = values.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else { return nil }
    let tail = (1 - level) / 2
    return ConfidenceInterval(
      lower: Self.quantile(tail, of: sorted), upper: Self.quantile(1 - tail, of: sorted),
      level: level, resamples: sorted.count)
  }

  private static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let place = part * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
