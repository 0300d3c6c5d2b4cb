/// MnR: the mean, over texts that look for their clip (or image), of the right one's rank counted
/// from 1.
///
/// Source: the field's definition; the reference project reports the median alone.
///
/// Quirks kept: none.
public struct MeanRank: RetrievalMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "MnR", produces: ["MnR"], title: "Mean rank", task: "retrieval", scale: "1 and above",
    displayFactor: 1, higherIsBetter: false, source: "the mean of what vid_mdR is the median of",
    summary: "mean rank of a text's clip or image")

  /// The metric with the official settings.
  public init() {}

  /// The score; none without texts that look for something, and none where one of them has no rank.
  public func scores(of ranks: RetrievalRanks) -> [MetricScore] {
    guard let texts = ranks.ofTexts, !texts.ranks.isEmpty else { return [] }
    let known = texts.ranks.compactMap { $0.map { Double($0 + 1) } }
    guard known.count == texts.ranks.count else { return [] }
    let samples = [Double](repeating: .nan, count: ranks.count - known.count) + known
    return [
      MetricScore(
        name: Self.card.name, value: NumpyMean.mean(known), samples: samples,
        statistics: .mean(of: samples, where: { !samples[$0].isNaN }), count: known.count,
        signature: ranks.signature(Self.card.name))
    ]
  }
}
