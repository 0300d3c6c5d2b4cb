import Metrics
import Records

/// A run folder with what its samples got: one side of a comparison.
package struct StoredRun: Sendable {
  /// The folder.
  package let path: String
  /// Its `run.json`.
  package let record: RunRecord
  /// Its `samples.jsonl`.
  package let samples: StoredSamples

  /// Reads a run folder.
  ///
  /// - Throws: `EvaluationError.badRun` for a submission, which has no scores, and where both files
  ///   do not belong together; what `StoredSamples` throws.
  package init(_ found: RunFolders.Found) throws {
    path = found.path
    record = found.record
    guard record.status != .submission else {
      throw EvaluationError.badRun(
        path: path, reason: "is a submission: only the official server has its scores",
        remedy: "compare runs of a split whose answers are public")
    }
    samples = try StoredSamples("\(path)/samples.jsonl")
    guard samples.count == record.count else {
      throw EvaluationError.badRun(
        path: samples.path,
        reason: "holds \(samples.count) samples and run.json says "
          + "\(record.count)", remedy: Self.remedy)
    }
  }

  /// How the folder is mended whose files contradict each other.
  static let remedy = "the folder was changed after scoring: score the predictions again"

  /// Model and run id, as tables name the run.
  package var name: String { "\(record.model) (run \(record.id))" }

  /// What the samples give for a score, in the order of the file; nil where nothing that is kept of
  /// them gives its value.
  ///
  /// - Throws: `EvaluationError.badRun` where the samples do not give the value of `run.json`.
  func statistics(of metric: RunRecord.Metric, by rule: CorpusRule) throws -> ScoreStatistics? {
    switch rule {
    case .valuesOnly: return nil
    case .withinSet(let rule): return try statistics(of: metric, by: rule)
    case .mean:
      guard let scores = samples.scores(named: metric.name) else { return nil }
      // A score may concern some of the samples only.
      let mean = SampleStatistics.mean(of: scores, where: { !scores[$0].isNaN })
      let whole = mean.whole
      let factors = [1.0, 100].filter { factor in
        isNear(whole * factor, metric.unrounded, within: rule.rounding * factor)
      }
      guard !factors.isEmpty else { throw mismatch(metric, whole) }
      return ScoreStatistics(sums: mean, factors: factors, scores: scores)
    case .sums(let name, let width, let value):
      guard let kept = samples.statistics(named: name) else { return nil }
      guard kept.width == width, !kept.rows.contains(where: \.isNaN) else {
        throw EvaluationError.badRun(
          path: samples.path,
          reason: "expected \(width) numbers of \(name) in each sample's statistics, found "
            + (kept.width == width ? "samples without" : "\(kept.width)"), remedy: Self.remedy)
      }
      let sums = SampleStatistics(width: width, rows: kept.rows, value: value)
      let whole = sums.whole
      guard isNear(whole, metric.unrounded, within: 0) else { throw mismatch(metric, whole) }
      return ScoreStatistics(
        sums: sums, factors: [1], scores: samples.scores(named: metric.name))
    }
  }

  /// Equal but for the last digits, which the order of a sum and the system's library decide.
  private func isNear(_ found: Double, _ expected: Double, within rounding: Double) -> Bool {
    abs(found - expected) <= rounding + 1e-9 * max(1, abs(expected))
  }

  private func mismatch(_ metric: RunRecord.Metric, _ found: Double) -> EvaluationError {
    EvaluationError.badRun(
      path: samples.path,
      reason: "its samples give \(metric.name) \(found) and run.json says \(metric.unrounded)",
      remedy: Self.remedy)
  }
}

/// What the samples of a run give for one score.
struct ScoreStatistics: Sendable {
  /// For resampling, before the factor.
  let sums: SampleStatistics
  /// By what the value may have to be multiplied to be on the score's scale: one of these.
  let factors: [Double]
  /// The score of each sample, not a number where it has none; nil where none are kept.
  let scores: [Double]?

  /// The same of some of the samples, in the order given.
  func selecting(_ places: [Int]) -> ScoreStatistics {
    let width = sums.width
    var rows: [Double] = []
    rows.reserveCapacity(places.count * width)
    for place in places { rows += sums.rows[place * width..<(place + 1) * width] }
    return ScoreStatistics(
      sums: SampleStatistics(width: width, rows: rows, value: sums.value), factors: factors,
      scores: scores.map { scores in places.map { scores[$0] } })
  }

  /// For resampling, on the score's scale.
  func statistics(factor: Double) -> SampleStatistics {
    guard factor != 1 else { return sums }
    let value = sums.value
    return SampleStatistics(width: sums.width, rows: sums.rows) { value($0) * factor }
  }
}

extension CorpusRule {
  /// By how much a mean of the kept scores may differ from that of the unrounded ones.
  fileprivate var rounding: Double {
    guard case .mean(let decimals?) = self else { return 0 }
    var unit = 1.0
    for _ in 0..<decimals { unit /= 10 }
    return unit / 2
  }
}
