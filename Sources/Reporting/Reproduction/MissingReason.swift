/// Why a cell of the paper's tables is empty, or has nothing to be held against.
package enum MissingReason: Sendable, Equatable {
  /// The paper prints no number.
  case noPublishedValue
  /// Nobody published weights that could be run; `pretrained` where those before fine-tuning are.
  case noCheckpoint(pretrained: Bool)
  /// Only the official server can score; the run folder whose submission is ready, if there is one.
  case serverOnly(submission: String?)
  /// There is no run, or none whose model's name has one of some words.
  case notRun(named: [String])
  /// A run left samples out.
  case partial(count: Int, expected: Int)
  /// A run is on other data than the paper's.
  case otherData(String)
  /// A run's weights are not those of a trained model.
  case weights(String)
  /// A run lacks the metric.
  case otherMetrics

  /// The name in JSON.
  package var kind: String {
    switch self {
    case .noPublishedValue: "no_published_value"
    case .noCheckpoint: "no_checkpoint"
    case .serverOnly: "server_only"
    case .notRun: "not_run"
    case .partial: "partial"
    case .otherData: "other_data"
    case .weights: "weights"
    case .otherMetrics: "other_metrics"
    }
  }

  /// For a person.
  package var text: String {
    switch self {
    case .noPublishedValue: "no published value"
    case .noCheckpoint(pretrained: false): "no checkpoint published"
    case .noCheckpoint(pretrained: true): "no checkpoint published but the pretrained one"
    case .serverOnly(submission: nil):
      "answers known to the test server only, no submission ready"
    case .serverOnly(let path?):
      "answers known to the test server only, submission ready in \(path)"
    case .notRun(named: []): "not run"
    case .notRun(let words): "not run by a name with \(words.joined(separator: " or "))"
    case .partial(let count, let expected): "partial run: \(count) of \(expected)"
    case .otherData(let what): "other data: \(what)"
    case .weights(let note): "a run with \(note) weights does not count"
    case .otherMetrics: "the run lacks the metric"
    }
  }
}
