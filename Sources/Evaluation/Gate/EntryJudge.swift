import Foundation
import Metrics
import Records

/// Judges the metrics of one run by its entry in the baseline.
///
/// With `loss` what the run is worse by, `reach` how far chance goes in that direction at 95 %, and
/// the tolerance:
///
/// | loss | verdict |
/// | --- | --- |
/// | none | pass; improved if the gain is greater than the reach of chance |
/// | ≤ reach ≤ tolerance | pass |
/// | ≤ reach, reach > tolerance | cannot tell: the set is too small for this tolerance |
/// | > reach, ≤ tolerance | pass |
/// | > reach, > tolerance | regression |
///
/// A metric of which no noise is known (a median) is judged by its value alone.
struct EntryJudge {
  private let entry: Baseline.Entry
  private let baseline: Baseline
  private let run: RunFolders.Found
  private let tolerances: Tolerances
  private let bootstrap: Bootstrap

  init(
    _ entry: Baseline.Entry, _ baseline: Baseline, _ run: RunFolders.Found,
    _ tolerances: Tolerances, _ bootstrap: Bootstrap
  ) {
    self.entry = entry
    self.baseline = baseline
    self.run = run
    self.tolerances = tolerances
    self.bootstrap = bootstrap
  }

  /// A judgement of each metric of the entry, then of those that the run has beside them.
  ///
  /// - Throws: `EvaluationError`, `JSONError` or `RecordError` for samples that cannot be read.
  func judgements(_ notes: inout [String]) throws -> [Judgement] {
    let paired = try pairedScores(&notes)
    var judgements = MetricRegistry.ordered(entry.metrics).map { metric in
      judge(metric, paired: paired.first { $0.name == metric.name })
    }
    for metric in MetricRegistry.ordered(run.record.metrics)
    where !entry.metrics.contains(where: { $0.name == metric.name }) {
      judgements.append(Judgement(new: metric, of: run.record))
    }
    return judgements
  }

  private func judge(_ expected: RunRecord.Metric, paired: ScoreComparison?) -> Judgement {
    let tolerance = tolerances.tolerance(of: expected.name) ?? .atMost(0)
    let found = run.record.metrics.first { $0.name == expected.name }
    func judgement(_ verdict: Judgement.Verdict, _ reason: String) -> Judgement {
      Judgement(
        entry, expected, verdict, value: found?.value, tolerance: tolerance, reason: reason)
    }
    guard case .atMost(let limit) = tolerance else {
      return judgement(.notJudged, "its tolerance is none")
    }
    guard let found else { return judgement(.missing, "the run has no value of it") }
    let differing = Self.differences(entry, expected, run.record, found)
    guard differing.isEmpty else {
      return judgement(.notComparable, differing.joined(separator: ", "))
    }
    let record = run.record
    guard record.count == record.expected, record.status == .complete else {
      return judgement(
        .cannotTell, "the run is partial, \(record.count) of \(record.expected) samples")
    }
    guard found.count >= baseline.minimumSamples else {
      return judgement(
        .cannotTell,
        "\(found.count) samples, and the policy asks for \(baseline.minimumSamples)")
    }
    let metric = MetricRegistry.metric(ofScore: expected.name, task: record.task)
    let change = Change(
      expected, found, paired, higherIsBetter: metric?.card.higherIsBetter ?? true,
      hasNoise: metric.map { type in
        let rule = type.corpusRule(
          of: expected.name, signature: Signature(parsing: expected.signature))
        if case .valuesOnly = rule { return false }
        return true
      } ?? true)
    let (verdict, reason) = change.verdict(tolerance: limit)
    return Judgement(
      benchmark: entry.benchmark, split: entry.split, model: entry.model, metric: expected.name,
      verdict: verdict, baseline: expected.value, value: found.value,
      difference: change.difference, noise: change.noise, tolerance: limit,
      higherIsBetter: change.higherIsBetter, reason: reason)
  }

  /// What makes the two values incomparable, in words.
  private static func differences(
    _ entry: Baseline.Entry, _ expected: RunRecord.Metric, _ record: RunRecord,
    _ found: RunRecord.Metric
  ) -> [String] {
    var differing: [String] = []
    if entry.references != record.references {
      differing.append("references:\(entry.references) against \(record.references)")
    }
    // The split in a signature is the reference set again.
    differing += Signature(parsing: expected.signature)
      .differences(from: Signature(parsing: found.signature))
      .filter { differing.isEmpty || !$0.hasPrefix("split:") }
    return differing
  }

  /// Intervals of differences from the samples of both runs, where the baseline's are at hand; none
  /// where nothing would be compared.
  private func pairedScores(_ notes: inout [String]) throws -> [ScoreComparison] {
    guard let folder = entry.run.map(baseline.resolve) else { return [] }
    let isComparable = entry.metrics.contains { expected in
      run.record.metrics.contains { found in
        found.name == expected.name
          && Self.differences(entry, expected, run.record, found).isEmpty
      }
    }
    guard isComparable else { return [] }
    for (what, path) in [("baseline", folder), ("run", run.path)]
    where !FileManager.default.fileExists(atPath: path + "/samples.jsonl") {
      notes.append(
        "\(entry.key): the \(what)'s samples are not there (\(path)); it is judged by intervals alone"
      )
      return []
    }
    let found = try RunFolders.one(at: folder)
    guard found.record.id == entry.id else {
      throw EvaluationError.badBaseline(
        path: baseline.path,
        reason: "names \(folder) for \(entry.key), which is run \(found.record.id) and not "
          + entry.id, remedy: "take the numbers of that run over with --update")
    }
    return try RunComparison(
      baseline: try StoredRun(found), run: try StoredRun(run),
      settings: RunComparison.Settings(bootstrap: bootstrap, randomization: nil)
    ).scores
  }
}
