import Datasets
import Metrics
import Records

/// One score of two runs, made ready for statistics.
struct ScorePair {
  /// What samples of both runs give, in one order.
  struct Paired {
    let first: SampleStatistics
    let second: SampleStatistics
    /// The samples' scores, not a number where a sample has none; nil where none are kept.
    let scores: (first: [Double], second: [Double])?
  }

  /// Whether a score can be compared.
  enum Outcome {
    case compared(ScorePair)
    /// It cannot, and why, as the end of a sentence that begins with the score's name.
    case withheld(String)
  }

  let name: String
  /// The metric; nil for a score that this version does not know.
  let metric: MetricCard?
  /// The values on the common samples.
  let values: (first: Double, second: Double)
  /// Their difference before the official scorer's rounding, second - first.
  let difference: Double
  /// Nil where only the values are known.
  let paired: Paired?

  /// Puts the numbers of two runs beside each other.
  ///
  /// - Throws: `EvaluationError.badRun` where the samples of a run do not give its value.
  static func of(
    _ first: RunRecord.Metric, _ second: RunRecord.Metric, _ baseline: StoredRun,
    _ run: StoredRun, _ pairing: SamplePairing, _ benchmark: BenchmarkCard?
  ) throws -> Outcome {
    let signature = Signature(parsing: first.signature)
    let differing = signature.differences(from: Signature(parsing: second.signature))
    guard differing.isEmpty else {
      return .withheld("is measured in two ways: \(differing.joined(separator: ", "))")
    }
    let metric = benchmark?.metric(ofScore: first.name)
    let rule = metric?.corpusRule(of: first.name, signature: signature) ?? .valuesOnly
    if case .withinSet = rule, !pairing.coversBoth {
      return .withheld("is not compared: a sample's score depends on the set, and the sets differ")
    }
    guard let left = try baseline.statistics(of: first, by: rule),
      let right = try run.statistics(of: second, by: rule)
    else {
      guard pairing.coversBoth else {
        return .withheld("is not compared: nothing is kept of single samples, and the sets differ")
      }
      guard (second.unrounded - first.unrounded).isFinite else {
        return .withheld("is not compared: the difference is beyond all numbers")
      }
      return .compared(
        ScorePair(
          name: first.name, metric: metric?.card,
          values: (first.value, second.value), difference: second.unrounded - first.unrounded,
          paired: nil))
    }
    guard let factor = left.factors.first(where: right.factors.contains) else {
      throw EvaluationError.badRun(
        path: run.samples.path,
        reason: "\(first.name) of its samples is on another scale than in "
          + baseline.samples.path, remedy: StoredRun.remedy)
    }
    let pair = ScorePair(
      first, second, pairing.first.map(left.selecting) ?? left,
      pairing.second.map(right.selecting) ?? right, factor: factor, metric: metric?.card,
      isWhole: pairing.coversBoth)
    guard pair.difference.isFinite else {
      return .withheld("is not compared: it concerns none of the common samples")
    }
    return .compared(pair)
  }

  private init(
    name: String, metric: MetricCard?, values: (first: Double, second: Double),
    difference: Double, paired: Paired?
  ) {
    self.name = name
    self.metric = metric
    self.values = values
    self.difference = difference
    self.paired = paired
  }

  private init(
    _ first: RunRecord.Metric, _ second: RunRecord.Metric, _ left: ScoreStatistics,
    _ right: ScoreStatistics, factor: Double, metric: MetricCard?, isWhole: Bool
  ) {
    let paired = Paired(
      first: left.statistics(factor: factor), second: right.statistics(factor: factor),
      scores: left.scores.flatMap { own in right.scores.map { (own, $0) } })
    // The values of the whole set are known to the last digit; samples may be kept rounded.
    let parts = (first: paired.first.whole, second: paired.second.whole)
    self.init(
      name: first.name, metric: metric,
      values: isWhole ? (first.value, second.value) : parts,
      difference: isWhole ? second.unrounded - first.unrounded : parts.second - parts.first,
      paired: paired)
  }
}

extension ScorePair {
  /// On how many samples the second run is better, worse, or the same; nil where no scores of
  /// samples are kept.
  var counts: ScoreComparison.Counts? {
    paired?.scores.map {
      ScoreComparison.Counts($0.first, $0.second, higherIsBetter: metric?.higherIsBetter ?? true)
    }
  }

  /// Whether all scores are 0 or one full mark: 1, or 100 where samples are kept in percent.
  var isRightOrWrong: Bool {
    guard let (first, second) = paired?.scores else { return false }
    let mark = (first.first { $0 != 0 } ?? second.first { $0 != 0 }) ?? 1
    guard mark == 1 || mark == 100 else { return false }
    return first.allSatisfy { $0 == 0 || $0 == mark } && second.allSatisfy { $0 == 0 || $0 == mark }
  }
}
