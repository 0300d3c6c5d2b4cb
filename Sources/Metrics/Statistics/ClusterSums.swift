/// Samples that belong together (the questions of an image) as one unit of resampling: the rows of
/// each cluster, added up.
struct ClusterSums {
  /// How many clusters there are.
  let count: Int
  /// Numbers in a row.
  let width: Int
  /// `[clusters, width]`, clusters in the order of first appearance.
  let rows: [Double]

  /// Sums of the rows of several statistics, one beside the other.
  ///
  /// - Parameter clusters: The cluster of each sample, by any numbers; nil if each sample is its own.
  /// - Throws: `MetricError.countsDiffer` if there is not one cluster and one row for each sample.
  init(_ statistics: [SampleStatistics], clusters: [Int]?) throws {
    let samples = clusters?.count ?? statistics.first?.count ?? 0
    for part in statistics where part.count != samples {
      throw MetricError.countsDiffer(
        what: "rows of sample statistics", expected: samples, found: part.count)
    }
    let width = statistics.reduce(0) { $0 + $1.width }
    let places = clusters.map(Self.places)
    let count = places.map { ($0.max() ?? -1) + 1 } ?? samples
    var sums = [Double](repeating: 0, count: count * width)
    var column = 0
    for part in statistics {
      part.rows.withUnsafeBufferPointer { rows in
        for sample in 0..<samples {
          let target = (places?[sample] ?? sample) * width + column
          for index in 0..<part.width {
            sums[target + index] += rows[sample * part.width + index]
          }
        }
      }
      column += part.width
    }
    self.width = width
    self.count = count
    rows = sums
  }

  /// Clusters numbered from 0 in the order of first appearance.
  private static func places(_ clusters: [Int]) -> [Int] {
    var known: [Int: Int] = [:]
    return clusters.map { cluster in
      if let place = known[cluster] { return place }
      let place = known.count
      known[cluster] = place
      return place
    }
  }
}
