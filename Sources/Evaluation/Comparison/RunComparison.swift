import Datasets
import Metrics
import Records

/// A run beside the baseline: paired statistics over the samples that both have.
package struct RunComparison: Sendable {
  /// What is computed for each score.
  package struct Settings: Sendable {
    /// Makes the intervals of differences.
    package var bootstrap: Bootstrap
    /// Gives p values; none without it.
    package var randomization: ApproximateRandomization?
    /// Below which p a difference is called one.
    package var level: Double

    /// Settings, by default with p values.
    package init(
      bootstrap: Bootstrap = Bootstrap(),
      randomization: ApproximateRandomization? = ApproximateRandomization(), level: Double = 0.05
    ) {
      self.bootstrap = bootstrap
      self.randomization = randomization
      self.level = level
    }
  }

  /// The first run.
  package let baseline: RunRecord
  /// The first run's folder.
  package let baselinePath: String
  /// The second run.
  package let run: RunRecord
  /// The second run's folder.
  package let runPath: String
  /// How many samples are common; the numbers are theirs.
  package let count: Int
  /// How many clusters those make.
  package let clusters: Int
  /// The scores that both runs have, in the order of the metric registry.
  package let scores: [ScoreComparison]
  /// The parts of the set that both runs have numbers of, in order.
  package let groups: [GroupComparison]
  /// What a reader of the numbers must know, a line each.
  package let notes: [String]
  /// How it was computed.
  package let settings: Settings

  /// Compares two runs.
  ///
  /// - Throws: `EvaluationError.incomparable` for runs over different references, without common
  ///   samples or without a score measured in one way; `.badRun` for a folder whose files
  ///   contradict each other.
  package init(
    baseline: StoredRun, run: StoredRun, settings: Settings = Settings()
  ) throws {
    try Self.requireSameReferences(baseline, run)
    let benchmark = try? BenchmarkRegistry.card(named: run.record.benchmark)
    let pairing = try SamplePairing(baseline, run)
    var notes = Self.notes(on: pairing, baseline, run)
    var pairs: [ScorePair] = []
    var withheld: [String] = []
    for (first, second) in Self.shared(baseline, run, notes: &notes) {
      switch try ScorePair.of(first, second, baseline, run, pairing, benchmark) {
      case .compared(let pair): pairs.append(pair)
      case .withheld(let reason): withheld.append("\(first.name) \(reason)")
      }
    }
    guard !pairs.isEmpty else {
      throw EvaluationError.incomparable(
        first: baseline.path, second: run.path,
        reason: withheld.isEmpty ? "they share no metric" : withheld.joined(separator: "; "),
        remedy: "score both with the same version and settings")
    }
    notes += withheld.map { "\($0)." }
    self.baseline = baseline.record
    baselinePath = baseline.path
    self.run = run.record
    runPath = run.path
    count = pairing.count
    clusters = pairing.clusterCount
    self.settings = settings
    scores = try Self.compare(pairs, pairing, settings)
    groups =
      pairing.coversBoth ? GroupComparison.shared(baseline.record, run.record, benchmark) : []
    self.notes = notes
  }

  /// - Throws: `EvaluationError.incomparable`.
  private static func requireSameReferences(_ first: StoredRun, _ second: StoredRun) throws {
    for (what, left, right) in [
      ("benchmarks", first.record.benchmark, second.record.benchmark),
      ("splits", first.record.split, second.record.split),
      ("references", first.record.references, second.record.references),
    ] where left != right {
      throw EvaluationError.incomparable(
        first: first.path, second: second.path,
        reason: "the \(what) differ, \(left) against \(right)",
        remedy: "compare runs of one benchmark, split and reference set")
    }
  }

  private static func notes(
    on pairing: SamplePairing, _ first: StoredRun, _ second: StoredRun
  ) -> [String] {
    if first.record.id == second.record.id, pairing.coversBoth {
      return ["Both are the same run."]
    }
    if !pairing.coversBoth {
      return [
        "The sets differ: the numbers are of the \(pairing.count) samples that both runs have, of "
          + "\(first.record.count) and \(second.record.count)."
      ]
    }
    if first.record.count < first.record.expected {
      return [
        "Both runs are partial: \(pairing.count) of \(first.record.expected) samples."
      ]
    }
    return []
  }

  /// The metrics that both have, in the order of the registry; a note for each other one.
  private static func shared(
    _ first: StoredRun, _ second: StoredRun, notes: inout [String]
  ) -> [(RunRecord.Metric, RunRecord.Metric)] {
    var found: [(RunRecord.Metric, RunRecord.Metric)] = []
    for metric in MetricRegistry.ordered(first.record.metrics) {
      if let other = second.record.metrics.first(where: { $0.name == metric.name }) {
        found.append((metric, other))
      } else {
        notes.append("Only the baseline has \(metric.name).")
      }
    }
    for metric in MetricRegistry.ordered(second.record.metrics)
    where !first.record.metrics.contains(where: { $0.name == metric.name }) {
      notes.append("The baseline has no \(metric.name).")
    }
    return found
  }

  /// All intervals from the same resamples.
  private static func compare(
    _ pairs: [ScorePair], _ pairing: SamplePairing, _ settings: Settings
  ) throws -> [ScoreComparison] {
    let paired = pairs.indices.filter { pairs[$0].paired != nil }
    let intervals = try settings.bootstrap.differences(
      of: pairs.compactMap { pair in pair.paired.map { ($0.first, $0.second) } },
      clusters: pairing.clusters)
    var interval: [Int: ConfidenceInterval] = [:]
    for (index, found) in zip(paired, intervals) { interval[index] = found }
    let tests = try Self.tests(pairs, pairing, settings)
    return pairs.enumerated().map { index, pair in
      ScoreComparison(
        pair, interval: interval[index], pValue: tests[index].pValue, test: tests[index].test,
        level: settings.level)
    }
  }

  /// McNemar's exact test where samples are right or wrong and independent of one another; for all
  /// other scores one randomization.
  private static func tests(
    _ pairs: [ScorePair], _ pairing: SamplePairing, _ settings: Settings
  ) throws -> [(pValue: Double?, test: ScoreComparison.Test?)] {
    var tests = [(pValue: Double?, test: ScoreComparison.Test?)](
      repeating: (nil, nil), count: pairs.count)
    guard let randomization = settings.randomization else { return tests }
    let isIndependent = pairing.clusterCount == pairing.count
    var randomized: [Int] = []
    for (index, pair) in pairs.enumerated() {
      if isIndependent, pair.isRightOrWrong, let counts = pair.counts {
        let pValue = McNemar.exact(better: counts.better, worse: counts.worse)
        tests[index] = (pValue, .exactMcNemar)
      } else if pair.paired != nil {
        randomized.append(index)
      }
    }
    let pValues = try randomization.pValues(
      of: randomized.compactMap { index in pairs[index].paired.map { ($0.first, $0.second) } },
      clusters: pairing.clusters)
    for (index, pValue) in zip(randomized, pValues) {
      tests[index] = (pValue, .approximateRandomization)
    }
    return tests
  }
}

extension MetricRegistry {
  /// Metrics of a run in the order of the registry, unknown ones last by name.
  package static func ordered(_ metrics: [RunRecord.Metric]) -> [RunRecord.Metric] {
    let known = all.flatMap { $0.card.produces }
    func place(_ name: String) -> (Int, String) {
      (known.firstIndex(of: name) ?? known.count, name)
    }
    return metrics.sorted { place($0.name) < place($1.name) }
  }
}
