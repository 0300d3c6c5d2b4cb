/// How often values occur: each by itself where they are few, else in bins of one width.
package struct Distribution: Sendable {
  /// One bar.
  package struct Bin: Sendable, Equatable {
    /// The smallest value of the bin.
    package let low: Double
    /// The value at which the next begins; `low` where the bin is one value.
    package let high: Double
    /// How many values it has.
    package let count: Int
  }

  /// The bars in ascending order.
  package let bins: [Bin]
  /// How many values there are.
  package let count: Int
  /// Their mean.
  package let mean: Double
  /// Whether each bar is one value.
  package let isDiscrete: Bool

  /// The most values that are drawn one by one.
  package static let discreteLimit = 11
  /// Bins where there are more.
  package static let binCount = 20

  /// Counts values; those that are no numbers do not count. Nil where none is left.
  ///
  /// - Parameter top: Where the bins end, above 0; the first begins at 0, or at a smaller value.
  package init?(_ values: [Double], top: Double) {
    let values = values.filter(\.isFinite)
    guard !values.isEmpty else { return nil }
    count = values.count
    mean = values.reduce(0, +) / Double(values.count)
    var counts: [Double: Int] = [:]
    for value in values {
      counts[value, default: 0] += 1
      if counts.count > Self.discreteLimit { break }
    }
    isDiscrete = counts.count <= Self.discreteLimit
    if isDiscrete {
      bins = counts.sorted { $0.key < $1.key }
        .map { Bin(low: $0.key, high: $0.key, count: $0.value) }
      return
    }
    let low = min(0, values.min() ?? 0)
    let width = (top - low) / Double(Self.binCount)
    var filled = Array(repeating: 0, count: Self.binCount)
    for value in values {
      // The right end belongs to the last bin.
      filled[
        min(Self.binCount - 1, max(0, Int((value - low) / (top - low) * Double(Self.binCount))))] +=
        1
    }
    bins = filled.enumerated().map { place, count in
      Bin(
        low: low + Double(place) * width, high: low + Double(place + 1) * width, count: count)
    }
  }

  /// The count of the highest bar.
  package var highest: Int { bins.map(\.count).max() ?? 0 }
}
