/// All metrics of the suite. A new one is a file and a line here.
public enum MetricRegistry {
  /// The metrics in the order in which lists show them.
  public static let all: [any Metric.Type] = [
    BLEU.self,
    ROUGEL.self,
    CIDEr.self,
    PlainCIDEr.self,
    SPICE.self,
    VQAAccuracy.self,
    MPLUGVQAAccuracy.self,
    SoftAccuracy.self,
  ]

  /// The names of all metrics.
  public static var names: [String] { all.map { $0.card.name } }

  /// The metric with a name: its own or, as in `Bleu_4`, that of a score which it produces.
  public static func metric(named name: String) -> (any Metric.Type)? {
    all.first { $0.card.name == name } ?? all.first { $0.card.produces.contains(name) }
  }

  /// The metric of a task that produces a score, by the score's name or, as in `accuracy/indoor`,
  /// by what stands before the slash; nil where this version has none.
  public static func metric(ofScore score: String, task: String) -> (any Metric.Type)? {
    let whole = score.split(separator: "/").first.map(String.init) ?? score
    let candidates = all.filter { $0.card.task == task }
    for name in [score, whole] {
      for metric in candidates where metric.card.produces.contains(name) { return metric }
      for metric in candidates where metric.card.name == name { return metric }
    }
    return nil
  }
}
