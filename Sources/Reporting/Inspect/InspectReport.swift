import Datasets
import Evaluation
import Metrics
import Records

/// One sample of a run with how its scores come about, for `inspect`.
package struct InspectReport: Sendable {
  let record: RunRecord
  let card: BenchmarkCard?
  let path: String
  let dataNote: String?
  let sample: ViewedSample
  let traces: [SampleTrace]
  /// How many samples the references have under the id.
  let sameIDs: Int

  /// Looks at a sample.
  ///
  /// - Parameters:
  ///   - place: Its place in the run.
  ///   - sameIDs: How many samples have its id.
  /// - Throws: as `RunView.sample(at:)` and `RunView.traces(at:)`.
  package init(of place: Int, in view: RunView, sameIDs: Int = 1) throws {
    record = view.record
    card = view.card
    path = view.path
    dataNote = view.dataNote
    sample = try view.sample(at: place)
    traces = try view.traces(at: place)
    self.sameIDs = sameIDs
  }

  /// The text of the checkpoint's note on its weights, such as `untrained`; nil where it has none.
  var weightsNote: String? { record.protocol["weights"]?.string }
}

extension SampleTrace {
  /// What the trace is of, as the scores are called.
  var name: String {
    switch self {
    case .answer, .exactAnswer, .label: "accuracy"
    case .softLabels: "soft_accuracy"
    case .caption: "captions"
    case .box: "grounding"
    case .query: "rank"
    }
  }
}
