/// The mean of the soft labels of the predicted answers: 0 for an answer without a label, equality
/// of the plain strings.
///
/// Source: `X-PLUG/mPLUG`, the evaluation on the held-out part during VQA training.
public struct SoftAccuracy: Metric {
  /// What it is.
  public static let card = MetricCard(
    name: "soft_accuracy", produces: ["soft_accuracy"], title: "Soft accuracy", task: "vqa",
    scale: "0 to 1", displayFactor: 100, source: "X-PLUG/mPLUG, vqa_mplug.py",
    summary: "mean soft label of the answers")

  /// The metric with the official settings.
  public init() {}

  /// The one score, for answers in the order of the labels' questions, in which they are added up.
  ///
  /// - Throws: `MetricError.noSamples` or `.countsDiffer`.
  public func scores(of labels: SoftLabels, answers: [String]) throws -> AnswerScores {
    let name = Self.card.name
    guard labels.count > 0 else { throw MetricError.noSamples(metric: name) }
    guard answers.count == labels.count else {
      throw MetricError.countsDiffer(what: "answers", expected: labels.count, found: answers.count)
    }
    let samples = answers.enumerated().map { labels.score(of: $1, to: $0) }
    let score = MetricScore(
      name: name, value: samples.reduce(0, +) / Double(samples.count), samples: samples,
      statistics: .mean(of: samples), count: samples.count,
      signature: Signature(name, ["norm": "none"]))
    return AnswerScores(scores: [score], groups: [], accuracies: samples)
  }
}
