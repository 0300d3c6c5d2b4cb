/// SNLI-VE accuracy: the share of pairs whose class is the right one, a fraction; each right class
/// has its share as a group.
///
/// Source: Xie et al., "Visual Entailment" (2019). The data set has no official scorer, and
/// `X-PLUG/mPLUG` publishes the reader of the data alone; its `compute_acc` averages in float32 and is
/// never called. Here it is hits / total in double precision, every pair once.
///
/// Quirks kept: none.
public struct EntailmentAccuracy: LabelMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "entailment", produces: ["accuracy"], title: "Accuracy", task: "entailment",
    scale: "0 to 1", displayFactor: 100, source: "hits / total (no official program)",
    summary: "share of pairs with the right class")

  /// The metric with the usual settings.
  public init() {}

  /// The one score, and the share of right predictions among the pairs of each class.
  ///
  /// - Throws: `MetricError.noSamples` or `.countsDiffer`.
  public func scores(of samples: LabelledSamples, predictions: [String]) throws -> LabelScores {
    try samples.check(predictions: predictions, metric: Self.card.name)
    // Bytes: `String` compares by canonical equivalence.
    let hits = zip(samples.labels, predictions).map { label, prediction in
      label.utf8.elementsEqual(prediction.utf8) ? 1.0 : 0.0
    }
    let accuracy = MetricScore(
      name: "accuracy", value: hits.reduce(0, +) / Double(hits.count), samples: hits,
      statistics: .mean(of: hits), count: hits.count,
      signature: Signature(
        "accuracy", ["task": "entailment", "classes": "\(samples.classes.count)"]))
    return LabelScores(scores: [accuracy], groups: Self.groups(samples, hits))
  }

  private static func groups(_ samples: LabelledSamples, _ hits: [Double]) -> [ScoreGroup] {
    samples.classes.compactMap { name in
      let own = zip(samples.labels, hits).filter { $0.0.utf8.elementsEqual(name.utf8) }.map(\.1)
      guard !own.isEmpty else { return nil }
      let share = own.reduce(0, +) / Double(own.count)
      return ScoreGroup(
        metric: "accuracy", kind: "gold_label", name: name, count: own.count, value: share,
        unrounded: share)
    }
  }
}
