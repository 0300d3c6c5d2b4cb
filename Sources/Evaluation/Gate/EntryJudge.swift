import Datasets
import Foundation
import Metrics
import Records

/// Judges the scores of a run by its entry in the baseline.
///
/// With `loss` what the run is worse by, `reach` how far chance goes from there towards no loss at
/// 95 %, and the tolerance:
///
/// | loss | verdict |
/// | --- | --- |
/// | none | pass; improved if the gain is greater than the reach of chance |
/// | ≤ reach ≤ tolerance | pass |
/// | ≤ reach, reach > tolerance | cannot tell: the set is too small for this tolerance |
/// | > reach, ≤ tolerance | pass |
/// | > reach, > tolerance | regression |
///
/// A score of which no noise is known (a median) is judged by its value alone.
struct EntryJudge {
  private let entry: Baseline.Entry
  private let baseline: Baseline
  private let tolerances: Tolerances
  private let bootstrap: Bootstrap
  private let card: BenchmarkCard?

  init(
    _ entry: Baseline.Entry, _ baseline: Baseline, _ tolerances: Tolerances, _ bootstrap: Bootstrap
  ) {
    self.entry = entry
    self.baseline = baseline
    self.tolerances = tolerances
    self.bootstrap = bootstrap
    card = try? BenchmarkRegistry.card(named: entry.benchmark)
  }

  /// A judgement of each score of the entry, then of those that the run has beside them.
  ///
  /// - Throws: `EvaluationError`, `JSONError` or `RecordError` for samples that cannot be read.
  func judgements(of run: RunFolders.Found, _ notes: inout [String]) throws -> [Judgement] {
    let paired = try pairedScores(run, &notes)
    var judgements = MetricRegistry.ordered(entry.metrics).map { score in
      judge(score, run.record, paired: paired.first { $0.name == score.name })
    }
    for score in MetricRegistry.ordered(run.record.metrics)
    where !entry.metrics.contains(where: { $0.name == score.name }) {
      judgements.append(
        Judgement(new: score, of: run.record, metric: card?.metricCard(ofScore: score.name)))
    }
    return judgements + predictions(of: run.record)
  }

  /// Where chance has no part, other predictions are a judgement of their own: a model that guesses
  /// may be damaged and score the same.
  private func predictions(of record: RunRecord) -> [Judgement] {
    guard baseline.isExact, let expected = entry.predictions, expected != record.predictions,
      entry.references == record.references
    else { return [] }
    return [
      Judgement(
        benchmark: entry.benchmark, split: entry.split, references: entry.references,
        model: entry.model, score: "predictions", metric: nil, verdict: .regression, baseline: nil,
        value: nil, difference: nil, noise: nil, tolerance: nil,
        reason: "other predictions than the baseline's: model, data or program changed")
    ]
  }

  /// Judgements of an entry that has no run.
  func missing(_ reason: String) -> [Judgement] {
    MetricRegistry.ordered(entry.metrics).map { score in
      let isJudged = tolerance(of: score) != .notJudged
      return judgement(of: score, nil, isJudged ? .missing : .notJudged, reason)
    }
  }

  private func tolerance(of score: RunRecord.Metric) -> Tolerance {
    tolerances.tolerance(of: score.name) ?? .atMost(0)
  }

  private func judge(
    _ expected: RunRecord.Metric, _ record: RunRecord, paired: ScoreComparison?
  ) -> Judgement {
    let found = record.metrics.first { $0.name == expected.name }
    guard case .atMost(let limit) = tolerance(of: expected) else {
      return judgement(of: expected, found, .notJudged, "its tolerance is none")
    }
    guard let found else {
      return judgement(of: expected, nil, .missing, "the run has no value of it")
    }
    if let obstacle = Self.obstacle(entry, expected, record, found) {
      return judgement(of: expected, found, .notComparable, obstacle)
    }
    guard let metric = card?.metric(ofScore: expected.name) else {
      return judgement(of: expected, found, .notComparable, "this version has no such metric")
    }
    guard record.count == record.expected, record.status == .complete else {
      return judgement(
        of: expected, found, .cannotTell,
        "the run is partial, \(record.count) of \(record.expected) samples")
    }
    guard found.count >= baseline.minimumSamples else {
      return judgement(
        of: expected, found, .cannotTell,
        "\(found.count) samples, and the policy asks for \(baseline.minimumSamples)")
    }
    let change = Change(expected, found, paired, of: metric, isExact: baseline.isExact)
    let (verdict, reason) = change.verdict(tolerance: limit)
    return judgement(of: expected, found, verdict, reason, change)
  }

  private func judgement(
    of expected: RunRecord.Metric, _ found: RunRecord.Metric?, _ verdict: Judgement.Verdict,
    _ reason: String, _ change: Change? = nil
  ) -> Judgement {
    var limit: Double?
    if case .atMost(let value) = tolerance(of: expected) { limit = value }
    return Judgement(
      benchmark: entry.benchmark, split: entry.split, references: entry.references,
      model: entry.model, score: expected.name,
      metric: card?.metricCard(ofScore: expected.name), verdict: verdict, baseline: expected.value,
      value: found?.value, difference: change?.difference, noise: change?.noise,
      tolerance: limit, reason: reason)
  }

  /// What makes two values incomparable, in words.
  private static func obstacle(
    _ entry: Baseline.Entry, _ expected: RunRecord.Metric, _ record: RunRecord,
    _ found: RunRecord.Metric
  ) -> String? {
    var differing = Signature(parsing: expected.signature)
      .differences(from: Signature(parsing: found.signature))
    if entry.references != record.references {
      // The split in a signature is the reference set again.
      differing.removeAll { $0.hasPrefix("split:") }
      differing.insert("references:\(entry.references) against \(record.references)", at: 0)
    }
    if !(found.unrounded - expected.unrounded).isFinite {
      differing.append("the difference is beyond all numbers")
    }
    return differing.isEmpty ? nil : differing.joined(separator: ", ")
  }

  /// Intervals of differences from the samples of both runs, where the baseline's are at hand; none
  /// where nothing would be compared.
  private func pairedScores(
    _ run: RunFolders.Found, _ notes: inout [String]
  ) throws -> [ScoreComparison] {
    guard let folder = entry.run.map(baseline.resolve) else { return [] }
    let isComparable = entry.metrics.contains { expected in
      run.record.metrics.contains { found in
        found.name == expected.name && Self.obstacle(entry, expected, run.record, found) == nil
      }
    }
    guard isComparable else { return [] }
    for (what, path) in [("baseline", folder), ("run", run.path)]
    where !FileManager.default.fileExists(atPath: path + "/samples.jsonl") {
      notes.append(
        "\(entry.key): the \(what) has no samples (\(path)); judged by the intervals of both")
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

extension Judgement {
  /// A score that the baseline does not have.
  init(new score: RunRecord.Metric, of record: RunRecord, metric: MetricCard?) {
    self.init(
      benchmark: record.benchmark, split: record.split, references: record.references,
      model: record.model, score: score.name,
      metric: metric, verdict: .new, baseline: nil, value: score.value, difference: nil,
      noise: nil, tolerance: nil, reason: "the baseline does not have it")
  }
}
