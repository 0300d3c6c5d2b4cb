/// What a metric must know of each sample to give its corpus value for any set of samples: one row
/// of numbers a sample, which are added up, and the function from the sums to the value.
///
/// A mean has the row `[score, 1]` and the function `sums[0] / sums[1]`; BLEU has matches, guesses
/// and lengths. Resampling needs nothing else.
public struct SampleStatistics: Sendable {
  /// Numbers in a row.
  public let width: Int
  /// All rows, `[samples, width]`.
  public let rows: [Double]
  /// The corpus value from the sums of the rows of some samples; not a number if they give none.
  public let value: @Sendable (_ sums: UnsafeBufferPointer<Double>) -> Double

  /// Wraps rows that lie one after the other.
  public init(
    width: Int, rows: [Double],
    value: @escaping @Sendable (_ sums: UnsafeBufferPointer<Double>) -> Double
  ) {
    precondition(width > 0 && rows.count % width == 0, "rows must be whole")
    self.width = width
    self.rows = rows
    self.value = value
  }

  /// How many samples there are.
  public var count: Int { rows.count / width }

  /// The statistics of a mean times a factor.
  public static func mean(of scores: [Double], times factor: Double = 1) -> SampleStatistics {
    var rows: [Double] = []
    rows.reserveCapacity(2 * scores.count)
    for score in scores {
      rows.append(score)
      rows.append(1)
    }
    return SampleStatistics(width: 2, rows: rows) { $0[0] / $0[1] * factor }
  }

  /// The statistics of a mean over some of the samples; the rows of the others are zero.
  ///
  /// - Parameters:
  ///   - isMember: Whether the sample at an index, counted from 0, is one of them.
  ///   - value: The mean from the sums of scores and of samples, on the scale of the metric.
  package static func mean(
    of scores: [Double], where isMember: (Int) -> Bool,
    value: @escaping @Sendable (_ sums: UnsafeBufferPointer<Double>) -> Double = { $0[0] / $0[1] }
  ) -> SampleStatistics {
    var rows: [Double] = []
    rows.reserveCapacity(2 * scores.count)
    for (sample, score) in scores.enumerated() {
      let counts = isMember(sample)
      rows.append(counts ? score : 0)
      rows.append(counts ? 1 : 0)
    }
    return SampleStatistics(width: 2, rows: rows, value: value)
  }

  /// The corpus value of some samples, counted from 0; not a number if they give none.
  public func value(of samples: some Sequence<Int>) -> Double {
    var sums = [Double](repeating: 0, count: width)
    for sample in samples {
      for index in 0..<width { sums[index] += rows[sample * width + index] }
    }
    return sums.withUnsafeBufferPointer(value)
  }

  /// The corpus value of all samples.
  public var whole: Double { value(of: 0..<count) }

  /// The statistics of the difference of two systems' values over the same samples.
  ///
  /// - Parameter rows: The rows of both side by side, if they are at hand.
  static func difference(
    of first: SampleStatistics, minus second: SampleStatistics, rows: [Double]? = nil
  ) -> SampleStatistics {
    precondition(first.count == second.count, "the same samples")
    let (middle, left, right) = (first.width, first.value, second.value)
    return SampleStatistics(
      width: first.width + second.width, rows: rows ?? sideBySide(first, second)
    ) { sums in
      left(UnsafeBufferPointer(rebasing: sums[..<middle]))
        - right(UnsafeBufferPointer(rebasing: sums[middle...]))
    }
  }

  private static func sideBySide(
    _ first: SampleStatistics, _ second: SampleStatistics
  ) -> [Double] {
    var rows: [Double] = []
    rows.reserveCapacity(first.rows.count + second.rows.count)
    for sample in 0..<first.count {
      rows.append(contentsOf: first.rows[sample * first.width..<(sample + 1) * first.width])
      rows.append(contentsOf: second.rows[sample * second.width..<(sample + 1) * second.width])
    }
    return rows
  }
}
