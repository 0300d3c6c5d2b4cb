/// MdR: the median, over texts that look for their clip (or image), of the right one's rank counted
/// from 1.
///
/// Source: `X-PLUG/mPLUG`, `itm_eval` of the video retrieval script (`vid_mdR`).
///
/// Quirks kept: the mean of the two middle ranks for an even number of texts, and only this direction,
/// as the original.
public struct MedianRank: RetrievalMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "MdR", produces: ["MdR"], title: "Median rank", task: "retrieval", scale: "1 and above",
    displayFactor: 1, higherIsBetter: false, source: "X-PLUG/mPLUG, itm_eval (vid_mdR)",
    summary: "median rank of a text's clip or image")

  /// The metric with the official settings.
  public init() {}

  /// What is kept of single queries, their ranks, gives no median by adding up.
  public static func corpusRule(of score: String, signature: Signature) -> CorpusRule {
    .valuesOnly
  }

  /// The score; none without texts that look for something, and none where half of them or more
  /// have no rank.
  public func scores(of ranks: RetrievalRanks) -> [MetricScore] {
    guard let texts = ranks.ofTexts else { return [] }
    // A row says which of the ranks that occur is the query's: their sums are a histogram.
    let bins = Set(texts.ranks).map { $0.map { Double($0 + 1) } ?? .infinity }.sorted()
    var columns: [Double: Int] = [:]
    for (column, bin) in bins.enumerated() { columns[bin] = column }
    var rows = [Double](repeating: 0, count: ranks.count * bins.count)
    let first = ranks.count - texts.ranks.count
    for (query, rank) in texts.ranks.enumerated() {
      let column = columns[rank.map { Double($0 + 1) } ?? .infinity] ?? 0
      rows[(first + query) * bins.count + column] = 1
    }
    guard !bins.isEmpty else { return [] }
    let statistics = SampleStatistics(width: bins.count, rows: rows) { sums in
      Self.median(sums, of: bins)
    }
    let value = statistics.whole
    guard value.isFinite else { return [] }
    return [
      MetricScore(
        name: Self.card.name, value: value, samples: nil, statistics: statistics,
        count: texts.ranks.count, signature: ranks.signature(Self.card.name))
    ]
  }

  /// The median of a histogram, as numpy takes it.
  private static func median(_ counts: UnsafeBufferPointer<Double>, of bins: [Double]) -> Double {
    let total = counts.reduce(0, +)
    guard total > 0 else { return .nan }
    func value(at place: Double) -> Double {
      var passed = 0.0
      for (bin, count) in zip(bins, counts) {
        passed += count
        if passed > place { return bin }
      }
      return .nan
    }
    let lower = ((total - 1) / 2).rounded(.down)
    let upper = (total / 2).rounded(.down)
    return (value(at: lower) + value(at: upper)) / 2
  }
}
