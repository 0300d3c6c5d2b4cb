import Datasets
import Metrics
import Records

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
    let known = baseline.scoreNames
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
    let entryKeys = Set(baseline.entries.map(\.key))
    for entry in baseline.entries {
      let own = waiting.firstIndex { GateKey($0.record) == entry.key }
      // Without a run over its references: one over others, which no other entry waits for.
      let other = waiting.firstIndex { run in
        let key = GateKey(run.record)
        return key.withoutReferences == entry.key.withoutReferences && !entryKeys.contains(key)
      }
      let judge = EntryJudge(entry, baseline, tolerances, bootstrap)
      if let place = own ?? other {
        judgements += try judge.judgements(of: waiting.remove(at: place), &notes)
      } else if scope == .everyEntry {
        let isHandedIn = runs.contains { GateKey($0.record) == entry.key }
        judgements += judge.missing(
          isHandedIn ? "the run is a submission without scores" : "no run of it was found")
      }
    }
    for run in waiting {
      let card = try? BenchmarkRegistry.card(named: run.record.benchmark)
      judgements += MetricRegistry.ordered(run.record.metrics).map {
        Judgement(new: $0, of: run.record, metric: card?.metricCard(ofScore: $0.name))
      }
    }
    let report = GateReport(baseline: baseline.path, judgements: judgements, notes: notes)
    guard report.judgedCount > 0 else { throw nothingToJudge(newest) }
    return report
  }

  private func nothingToJudge(_ runs: [RunFolders.Found]) -> EvaluationError {
    let keys = Set(runs.map { GateKey($0.record) })
    let reason: String
    if baseline.entries.isEmpty {
      reason = "has no run to hold others against"
    } else if keys.isDisjoint(with: baseline.entries.map(\.key)) {
      let own = Set(baseline.entries.map(\.key.description)).sorted()
      reason =
        "has no entry for \(Set(keys.map(\.description)).sorted().joined(separator: ", ")), only "
        + "for \(own.prefix(5).joined(separator: ", "))\(own.count > 5 ? ", …" : "")"
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
