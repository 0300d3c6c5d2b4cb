import Text

/// What can go wrong between references, predictions and metrics.
public enum EvaluationError: Error, Sendable, CustomStringConvertible {
  /// No metric has the name.
  case unknownMetric(name: String, known: [String])
  /// The metric is computed by the suite and not taken from elsewhere.
  case notExternal(name: String, known: [String])
  /// The metric needs another kind of prediction.
  case metricDoesNotFit(name: String, task: String)
  /// Document frequencies were given and no metric weighs by them.
  case frequenciesUnused(metrics: [String])
  /// The metric needs data that the references do not have.
  case metricNeeds(name: String, what: String, remedy: String)
  /// A number came out that is none: our mistake, or a set on which the metric is not defined.
  case notFinite(name: String, value: Double)
  /// A run folder cannot be read.
  case badRun(path: String, reason: String, remedy: String)
  /// A folder holds no run.
  case noRuns(path: String)
  /// A folder holds several runs where one is wanted.
  case severalRuns(path: String, runs: [String])
  /// Two runs cannot be compared.
  case incomparable(first: String, second: String, reason: String, remedy: String)
  /// A baseline file cannot be used.
  case badBaseline(path: String, reason: String, remedy: String)
  /// A tolerance was given for a metric that is not checked.
  case unknownTolerance(metric: String, known: [String])

  /// What is wrong and how to mend it, on one line.
  public var description: String {
    switch self {
    case .unknownMetric(let name, let known):
      "unknown metric '\(name)'\(NearestNames.hint(for: name, among: known)) "
        + "`mplug-eval list metrics` shows all"
    case .notExternal(let name, let known):
      "metric '\(name)' is computed here and not taken from a file; --external takes "
        + "\(known.joined(separator: ", "))=FILE"
    case .metricDoesNotFit(let name, let task):
      "metric '\(name)' does not score the task '\(task)'; "
        + "`mplug-eval list metrics` shows the task of each"
    case .frequenciesUnused(let metrics):
      "document frequencies were given, and \(metrics.joined(separator: ", ")) use none; leave "
        + "them out or add --metrics CIDEr"
    case .metricNeeds(let name, let what, let remedy):
      "metric '\(name)' needs \(what); \(remedy)"
    case .notFinite(let name, let value):
      "metric '\(name)' came out as \(value), which is no score; please report it with the files"
    case .badRun(let path, let reason, let remedy):
      "\(path): \(reason); \(remedy)"
    case .noRuns(let path):
      "\(path): holds no run folder (no run.json); `mplug-eval score … --output \(path)` makes one"
    case .severalRuns(let path, let runs):
      "\(path): holds \(runs.count) runs and one is wanted; name one of them: "
        + runs.prefix(3).joined(separator: ", ") + (runs.count > 3 ? ", …" : "")
    case .incomparable(let first, let second, let reason, let remedy):
      "\(second) cannot be compared with \(first): \(reason); \(remedy)"
    case .badBaseline(let path, let reason, let remedy):
      "\(path): \(reason); \(remedy)"
    case .unknownTolerance(let metric, let known):
      "no run of the baseline has a metric '\(metric)' to tolerate"
        + "\(NearestNames.hint(for: metric, among: known)) it has \(known.joined(separator: ", "))"
    }
  }
}
