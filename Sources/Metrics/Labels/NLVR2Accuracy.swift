import Text

/// NLVR2's two numbers, fractions: accuracy, the share of right predictions, and consistency, the
/// share of groups (one sentence over the image pairs of one set) in which every prediction is right.
///
/// A prediction is right if it equals the label when both are lower-cased; any other word is wrong.
///
/// Source: Suhr et al., "A Corpus for Reasoning about Natural Language Grounded in Photographs" (ACL
/// 2019); `lil-lab/nlvr`, `nlvr2/eval/metrics.py`.
///
/// Quirks kept: nothing is stripped here, so ` True` is another word and wrong.
public struct NLVR2Accuracy: LabelMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "nlvr2", produces: ["accuracy", "consistency"], title: "NLVR2 accuracy, consistency",
    task: "reasoning", scale: "0 to 1", displayFactor: 100,
    source: "lil-lab/nlvr, nlvr2/eval/metrics.py",
    summary: "right statements; sentences that are right for all their image pairs")

  /// Consistency adds up rows of groups, which stand at one sample of each: a part of the set may lack
  /// that one.
  public static func corpusRule(of score: String, signature: Signature) -> CorpusRule {
    score == "consistency"
      ? .withinSet(.sums(of: score, width: 2) { $0[0] / $0[1] }) : .mean()
  }

  /// The metric with the official settings.
  public init() {}

  /// Accuracy, then consistency where the samples have groups.
  ///
  /// - Throws: `MetricError.noSamples` or `.countsDiffer`.
  public func scores(of samples: LabelledSamples, predictions: [String]) throws -> LabelScores {
    try samples.check(predictions: predictions, metric: Self.card.name)
    let hits = zip(samples.labels, predictions).map { label, prediction in
      Self.isSameWord(label, prediction) ? 1.0 : 0.0
    }
    let accuracy = MetricScore(
      name: "accuracy", value: hits.reduce(0, +) / Double(hits.count), samples: hits,
      statistics: .mean(of: hits), count: hits.count,
      signature: Signature("accuracy", ["task": "nlvr2", "case": "ignored"]))
    guard let groups = samples.groups else { return LabelScores(scores: [accuracy]) }
    return LabelScores(scores: [accuracy, Self.consistency(of: groups, hits)])
  }

  /// Whether two words are equal when lower-cased as Python does it.
  public static func isSameWord(_ first: String, _ second: String) -> Bool {
    PythonLowercase.lowercased(first).utf8.elementsEqual(PythonLowercase.lowercased(second).utf8)
  }

  /// A group's row `[1 if all of it is right, 1]` stands at its first sample, the others have zeros:
  /// rows add up to groups as long as what is resampled holds whole groups, as image sets do.
  ///
  /// There is no value of a sample: a mean over samples would weigh groups by their size.
  private static func consistency(of groups: [String], _ hits: [Double]) -> MetricScore {
    var firsts: [String: Int] = [:]
    var rows = [Double](repeating: 0, count: 2 * groups.count)
    for (sample, group) in groups.enumerated() {
      if let first = firsts[group] {
        rows[2 * first] = min(rows[2 * first], hits[sample])
      } else {
        firsts[group] = sample
        rows[2 * sample] = hits[sample]
        rows[2 * sample + 1] = 1
      }
    }
    let statistics = SampleStatistics(width: 2, rows: rows) { $0[0] / $0[1] }
    return MetricScore(
      name: "consistency", value: statistics.whole, samples: nil, statistics: statistics,
      count: firsts.count,
      signature: Signature(
        "consistency", ["task": "nlvr2", "group": "set+sentence", "case": "ignored"]))
  }
}
