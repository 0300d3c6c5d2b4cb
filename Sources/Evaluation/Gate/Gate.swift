import Foundation
import Metrics
import Records
import Text

/// Holds runs against a baseline.
package struct Gate: Sendable {
  /// Which entries of the baseline must have a run.
  package enum Scope: Sendable {
    /// All: a results folder is checked.
    case everyEntry
    /// Those of the runs at hand: a single run folder is checked.
    case entriesOfRuns
  }

  private let baseline: Baseline
  private let tolerances: Tolerances
  private let bootstrap: Bootstrap

  /// A gate for a baseline.
  ///
  /// - Parameter tolerances: What goes before the baseline's own.
  /// - Throws: `EvaluationError.unknownTolerance` for a metric that the baseline does not have.
  package init(
    _ baseline: Baseline, tolerances: Tolerances = Tolerances(), bootstrap: Bootstrap = Bootstrap()
  ) throws {
    let known = baseline.metricNames
    for name in tolerances.named.keys.sorted() where !known.contains(name) {
      throw EvaluationError.unknownTolerance(metric: name, known: known)
    }
    self.baseline = baseline
    self.tolerances = tolerances.overriding(baseline.tolerances)
    self.bootstrap = bootstrap
  }

  /// Judges runs; of several of one model over one reference set the one that ended last.
  ///
  /// - Throws: `EvaluationError.badBaseline` where nothing is judged; `.badRun`, `JSONError` or
  ///   `RecordError` for samples that cannot be read.
  package func judge(_ runs: [RunFolders.Found], _ scope: Scope) throws -> GateReport {
    let newest = RunFolders.newest(of: runs)
    var notes = Self.notes(on: runs, newest)
    var judgements: [Judgement] = []
    var waiting = newest
    let keys = Set(newest.map { GateKey($0.record) })
    let entryKeys = Set(baseline.entries.map(\.key))
    for entry in baseline.entries {
      let own = waiting.firstIndex { GateKey($0.record) == entry.key }
      // Without a run over its references: one over others, which nothing else is waiting for.
      let other = waiting.firstIndex { run in
        let key = GateKey(run.record)
        return key.withoutReferences == entry.key.withoutReferences && !entryKeys.contains(key)
      }
      if let place = own ?? other {
        judgements += try EntryJudge(
          entry, baseline, waiting.remove(at: place), tolerances, bootstrap
        ).judgements(&notes)
      } else if scope == .everyEntry {
        let hasSubmission = runs.contains { GateKey($0.record) == entry.key }
        judgements += missing(
          entry, hasSubmission ? "the run is a submission without scores" : "no run of it was found"
        )
      }
    }
    for run in waiting {
      judgements += run.record.metrics.map { Judgement(new: $0, of: run.record) }
    }
    let report = GateReport(baseline: baseline.path, judgements: judgements, notes: notes)
    guard report.judgedCount > 0 else { throw nothingToJudge(keys) }
    return report
  }

  private func missing(_ entry: Baseline.Entry, _ reason: String) -> [Judgement] {
    MetricRegistry.ordered(entry.metrics).map { metric in
      let tolerance = tolerances.tolerance(of: metric.name) ?? .atMost(0)
      return Judgement(
        entry, metric, tolerance == .notJudged ? .notJudged : .missing, tolerance: tolerance,
        reason: reason)
    }
  }

  private func nothingToJudge(_ keys: Set<GateKey>) -> EvaluationError {
    let reason: String
    if baseline.entries.isEmpty {
      reason = "has no run to hold others against"
    } else if keys.isDisjoint(with: baseline.entries.map(\.key)) {
      let models = Set(baseline.entries.map { GateKey($0).description }).sorted()
      reason =
        "has no entry for \(keys.map(\.description).sorted().joined(separator: ", ")), only for "
        + models.prefix(5).joined(separator: ", ") + (models.count > 5 ? ", …" : "")
    } else {
      reason = "judges no metric: every tolerance is none"
    }
    return EvaluationError.badBaseline(
      path: baseline.path, reason: reason,
      remedy: "add the run with --update, or score with the --model that the baseline has")
  }

  private static func notes(
    on runs: [RunFolders.Found], _ newest: [RunFolders.Found]
  ) -> [String] {
    newest.compactMap { run in
      let key = GateKey(run.record)
      let count = runs.count { GateKey($0.record) == key && $0.record.status != .submission }
      return count > 1 ? "Of \(count) runs of \(key) the newest counts: \(run.path)" : nil
    }
  }
}

extension Judgement {
  /// A metric that the baseline has and that is not held against a value.
  init(
    _ entry: Baseline.Entry, _ metric: RunRecord.Metric, _ verdict: Verdict, value: Double? = nil,
    difference: Double? = nil, noise: Noise? = nil, tolerance: Tolerance, reason: String
  ) {
    var limit: Double?
    if case .atMost(let value) = tolerance { limit = value }
    self.init(
      benchmark: entry.benchmark, split: entry.split, model: entry.model, metric: metric.name,
      verdict: verdict, baseline: metric.value, value: value, difference: difference,
      noise: noise, tolerance: limit, higherIsBetter: true, reason: reason)
  }

  /// A metric that the baseline does not have.
  init(new metric: RunRecord.Metric, of record: RunRecord) {
    self.init(
      benchmark: record.benchmark, split: record.split, model: record.model, metric: metric.name,
      verdict: .new, baseline: nil, value: metric.value, difference: nil, noise: nil,
      tolerance: nil, higherIsBetter: true, reason: "the baseline does not have it")
  }
}
