/// R@1, R@5 and R@10 in both directions: the percentage of queries that have a right candidate among
/// their first K, and the means of these.
///
/// `txt_*` are images that look for their texts; the best placed of an image's texts counts, however
/// many it has. `img_*` (`vid_*` over clips) are texts that look for their image. `r_mean` is the
/// mean of both directions' means. Resampling has one row a query, images first: the cluster of an
/// image should be that of its texts.
///
/// Source: Karpathy and Fei-Fei, "Deep Visual-Semantic Alignments" (CVPR 2015); `X-PLUG/mPLUG`,
/// `itm_eval` of the retrieval scripts.
///
/// Quirks kept: the queries of both directions weigh alike in `r_mean`, however many there are. The
/// order of equal scores is defined where the original's is not: see `RetrievalRanks`.
public struct RetrievalRecall: RetrievalMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "retrieval",
    produces: [
      "txt_r1", "txt_r5", "txt_r10", "txt_r_mean", "img_r1", "img_r5", "img_r10", "img_r_mean",
      "vid_r1", "vid_r5", "vid_r10", "vid_r_mean", "r_mean",
    ],
    title: "Recall at 1, 5, 10", task: "retrieval", scale: "percent, 0 to 100", displayFactor: 1,
    source: "X-PLUG/mPLUG, itm_eval",
    summary: "queries with a right candidate among the first K")

  /// The metric with the official settings.
  public init() {}

  private static let bounds = [1, 5, 10]
  /// Numbers of one direction in a row: hits for each bound, and 1 for the query.
  private static let width = bounds.count + 1

  /// The rows that `scores(of:)` adds up give each score its value.
  public static func corpusRule(of score: String, signature: Signature) -> CorpusRule {
    value(of: score).map { .sums(of: card.name, width: 2 * width, value: $0) } ?? .valuesOnly
  }

  /// The scores of the directions that there are, and `r_mean` where there are both.
  ///
  /// - Throws: `MetricError.noSamples` without a query.
  public func scores(of ranks: RetrievalRanks) throws -> [MetricScore] {
    guard ranks.count > 0 else { throw MetricError.noSamples(metric: Self.card.name) }
    let rows = Self.rows(of: ranks)
    let signature = ranks.signature(Self.card.name)
    var scores: [MetricScore] = []
    func append(_ name: String, _ value: Double, _ count: Int, samples: [Double]?) {
      guard let statistic = Self.value(of: name) else { return }
      scores.append(
        MetricScore(
          name: name, value: value, samples: samples,
          statistics: SampleStatistics(width: 2 * Self.width, rows: rows, value: statistic),
          count: count, signature: signature))
    }
    var means: [Double] = []
    for (prefix, queries, column) in [
      ("txt", ranks.ofImages, 0),
      (ranks.side == .image ? "img" : "vid", ranks.ofTexts, Self.width),
    ] {
      guard let queries, !queries.ranks.isEmpty else { continue }
      let count = queries.ranks.count
      let recalls = Self.bounds.map { 100 * Double(queries.count(below: $0)) / Double(count) }
      for (index, bound) in Self.bounds.enumerated() {
        append(
          "\(prefix)_r\(bound)", recalls[index], count,
          samples: Self.samples(rows, column) { $0[index] })
      }
      means.append((recalls[0] + recalls[1] + recalls[2]) / 3)
      append(
        "\(prefix)_r_mean", means[means.count - 1], count,
        samples: Self.samples(rows, column) { ($0[0] + $0[1] + $0[2]) / 3 })
    }
    if means.count == 2 {
      append("r_mean", (means[0] + means[1]) / 2, ranks.count, samples: nil)
    }
    return scores
  }

  /// What a score is of the sums of rows; nil for a name that is none of these.
  private static func value(
    of score: String
  ) -> (@Sendable (_ sums: UnsafeBufferPointer<Double>) -> Double)? {
    if score == "r_mean" { return { (mean($0, from: 0) + mean($0, from: width)) / 2 } }
    let column: Int
    switch score.prefix(4) {
    case "txt_": column = 0
    case "img_", "vid_": column = width
    default: return nil
    }
    let name = score.dropFirst(4)
    if name == "r_mean" { return { mean($0, from: column) } }
    guard let index = bounds.firstIndex(where: { name == "r\($0)" }) else { return nil }
    return { recall($0, index, from: column) }
  }

  private static func recall(
    _ sums: UnsafeBufferPointer<Double>, _ index: Int, from column: Int
  ) -> Double {
    100 * sums[column + index] / sums[column + bounds.count]
  }

  private static func mean(_ sums: UnsafeBufferPointer<Double>, from column: Int) -> Double {
    (recall(sums, 0, from: column) + recall(sums, 1, from: column)
      + recall(sums, 2, from: column)) / 3
  }

  /// `[queries, 8]`: the columns of the other direction are 0.
  private static func rows(of ranks: RetrievalRanks) -> [Double] {
    var rows = [Double](repeating: 0, count: ranks.count * 2 * width)
    var next = 0
    for (queries, column) in [(ranks.ofImages, 0), (ranks.ofTexts, width)] {
      for rank in queries?.ranks ?? [] {
        for (index, bound) in bounds.enumerated() where (rank ?? .max) < bound {
          rows[next + column + index] = 1
        }
        rows[next + column + bounds.count] = 1
        next += 2 * width
      }
    }
    return rows
  }

  /// A percentage of each query from its hits; not a number for queries of the other direction.
  private static func samples(
    _ rows: [Double], _ column: Int, _ value: (_ hits: [Double]) -> Double
  ) -> [Double] {
    stride(from: 0, to: rows.count, by: 2 * width).map { start in
      guard rows[start + column + bounds.count] == 1 else { return .nan }
      return 100 * value(Array(rows[(start + column)..<(start + column + bounds.count)]))
    }
  }
}
