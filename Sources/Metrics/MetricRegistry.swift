/// All metrics of the suite. A new one is a file and a line here.
public enum MetricRegistry {
  /// The metrics in the order in which lists show them.
  public static let all: [any Metric.Type] = [
    BLEU.self,
    METEOR.self,
    ROUGEL.self,
    CIDEr.self,
    PlainCIDEr.self,
    SPICE.self,
    VQAAccuracy.self,
    MPLUGVQAAccuracy.self,
    SoftAccuracy.self,
    RetrievalRecall.self,
    MedianRank.self,
    MeanRank.self,
    EntailmentAccuracy.self,
    NLVR2Accuracy.self,
    ExactMatch.self,
    GroundingAccuracy.self,
    MPLUGGroundingAccuracy.self,
  ]

  /// The names of all metrics.
  public static var names: [String] { all.map { $0.card.name } }

  /// The metric of a task with a name: its own or, as in `Bleu_4`, that of a score which it
  /// produces, the first in the order of the list where several do.
  public static func metric(named name: String, task: String) -> (any Metric.Type)? {
    let fitting = all.filter { $0.card.task == task }
    return fitting.first { $0.card.name == name }
      ?? fitting.first { $0.card.produces.contains(name) }
  }

  /// The metric that produces a score. Names of scores repeat: `accuracy` is one thing of VQAv2 and
  /// another of NLVR2.
  ///
  /// - Parameter names: The metrics of a benchmark, by their own names.
  public static func metric(
    ofScore score: String, among names: [String]
  ) -> (any Metric.Type)? {
    names.lazy.compactMap { name in all.first { $0.card.name == name } }
      .first { $0.card.produces.contains(score) }
  }

  /// The score that a part belongs to, such as `accuracy` for `accuracy/yes-no`; the score itself
  /// where it is no part.
  public static func whole(ofScore score: String) -> String {
    score.split(separator: "/").first.map(String.init) ?? score
  }

  /// The card of the metric that produces a score.
  ///
  /// - Parameter names: The metrics of a benchmark, by their own names.
  public static func card(ofScore score: String, among names: [String]) -> MetricCard? {
    metric(ofScore: score, among: names)?.card
  }
}
