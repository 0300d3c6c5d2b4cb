import Metrics
import Records

/// What runs must hold against: a file that is committed, schema `mplug-eval/baseline/1`.
///
/// It has the numbers of one run for each benchmark, split, model and reference set, with their 95 %
/// intervals: with those of a new run they tell a change from noise, though coarsely, as if the two
/// runs had nothing in common. An entry may name the run's folder, by a path from the baseline's
/// own; with the samples in it the two runs are paired, and much smaller changes show.
package struct Baseline: Sendable {
  /// The schema's name.
  package static let schema = "mplug-eval/baseline/1"
  /// Below how many samples nothing is judged, where the file does not say.
  package static let defaultMinimum = 20

  /// One run.
  package struct Entry: Sendable {
    /// The benchmark's name.
    package let benchmark: String
    /// The split's name; `custom` for files that were given.
    package let split: String
    /// The model's name.
    package let model: String
    /// The reference set, as in signatures.
    package let references: String
    /// The run's id.
    package let id: String
    /// How many samples were scored.
    package let count: Int
    /// The numbers that runs are held against.
    package let metrics: [RunRecord.Metric]
    /// The run's folder, from the folder of the baseline file on; nil where it is not kept.
    package let run: String?
    /// `RunRecord.predictions`; nil where the run did not say.
    package let predictions: String?
  }

  /// The file.
  package let path: String
  /// A remark of its owner, which updates keep.
  package var comment: String?
  /// Below how many samples a metric is not judged.
  package var minimumSamples: Int
  /// Whether the runs are of one model on the same samples, so that chance has no part in any
  /// difference: a smaller number is a worse one, however few the samples, and other predictions
  /// mean another model, whatever they score.
  package var isExact = false
  /// By how much metrics may become worse.
  package var tolerances: Tolerances
  /// In the order of benchmark, split, references and model, none twice.
  package private(set) var entries: [Entry]

  /// A baseline without entries, for a file that is not there yet.
  package init(newAt path: String) {
    self.init(
      path: path, comment: nil, minimumSamples: Self.defaultMinimum,
      tolerances: Tolerances(fallback: .atMost(0)), entries: [])
  }

  init(
    path: String, comment: String?, minimumSamples: Int, tolerances: Tolerances, entries: [Entry]
  ) {
    self.path = path
    self.comment = comment
    self.minimumSamples = minimumSamples
    self.tolerances = tolerances
    self.entries = entries.sorted { $0.key < $1.key }
  }

  /// The names of all metrics, and of those that they are parts of.
  package var scoreNames: [String] {
    let names = entries.flatMap { $0.metrics.map(\.name) }
    return Set(names + names.map(MetricRegistry.whole)).sorted()
  }

  /// Takes the numbers of runs over: an entry for each, in place of the one that it had.
  ///
  /// A run over references that the baseline does not have replaces an entry of the same benchmark,
  /// split and model that has no run any more. All other entries stay.
  ///
  /// - Throws: `EvaluationError.badRun` for a partial run.
  package mutating func update(with runs: [RunFolders.Found]) throws {
    let new = try RunFolders.newest(of: runs).map { try Entry($0, baseline: path) }
    let keys = Set(new.map(\.key))
    let added = keys.subtracting(entries.map(\.key))
    let replaced = Set(added.map(\.withoutReferences))
    let kept = entries.filter {
      !keys.contains($0.key) && !replaced.contains($0.key.withoutReferences)
    }
    entries = (kept + new).sorted { $0.key < $1.key }
  }
}

/// What an entry of a baseline, or a run, is of.
struct GateKey: Hashable, Comparable, CustomStringConvertible {
  let benchmark: String
  let split: String
  let references: String
  let model: String

  init(_ record: RunRecord) {
    (benchmark, split) = (record.benchmark, record.split)
    (references, model) = (record.references, record.model)
  }

  init(_ entry: Baseline.Entry) {
    (benchmark, split) = (entry.benchmark, entry.split)
    (references, model) = (entry.references, entry.model)
  }

  var withoutReferences: [String] { [benchmark, split, model] }

  var description: String { "\(benchmark)/\(split) of \(model)" }

  static func < (first: GateKey, second: GateKey) -> Bool {
    first.parts.lexicographicallyPrecedes(second.parts)
  }

  private var parts: [String] { [benchmark, split, references, model] }
}

extension Baseline.Entry {
  var key: GateKey { GateKey(self) }
}

extension RunFolders {
  /// Of several runs of one model over one reference set the one that ended last; submissions, which
  /// have no scores, are passed over.
  static func newest(of runs: [Found]) -> [Found] {
    var chosen: [GateKey: Found] = [:]
    for run in runs where run.record.status != .submission {
      let key = GateKey(run.record)
      if let other = chosen[key], run.record.finished < other.record.finished { continue }
      chosen[key] = run
    }
    return chosen.sorted { $0.key < $1.key }.map(\.value)
  }
}
