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
    }
  }
}
