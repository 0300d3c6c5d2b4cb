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
  ]

  /// The names of all metrics.
  public static var names: [String] { all.map { $0.card.name } }

  /// The metric with a name: its own or, as in `Bleu_4`, that of a score which it produces.
  public static func metric(named name: String) -> (any Metric.Type)? {
    all.first { $0.card.name == name } ?? all.first { $0.card.produces.contains(name) }
  }
}
