import Evaluation
import Metrics
import Records
import Testing

/// The rule of the gate, case by case.
@Suite struct ChangeTests {
  /// A score of which less is better and nothing is kept, as of a median rank.
  private struct MedianRank: Metric {
    static let card = MetricCard(
      name: "MdR", produces: ["MdR"], title: "Median rank", task: "retrieval", scale: "from 1",
      displayFactor: 1, higherIsBetter: false, source: "made up", summary: "made up")

    static func corpusRule(of score: String, signature: Signature) -> CorpusRule { .valuesOnly }
  }

  /// A mean of which less is better.
  private struct MeanRank: Metric {
    static let card = MetricCard(
      name: "MnR", produces: ["MnR"], title: "Mean rank", task: "retrieval", scale: "from 1",
      displayFactor: 1, higherIsBetter: false, source: "made up", summary: "made up")
  }

  /// The verdict on a value with an interval of a half-width, against one of the same.
  private func verdict(
    _ expected: Double, _ found: Double, halfWidth: Double? = nil, tolerance: Double,
    of metric: any Metric.Type = SoftAccuracy.self
  ) -> (verdict: Judgement.Verdict, reason: String) {
    func score(_ value: Double) -> RunRecord.Metric {
      RunRecord.Metric(
        name: metric.card.name, value: value, unrounded: value,
        interval: halfWidth.map { (value - $0, value + $0) }, count: 100, signature: "x")
    }
    let (verdict, reason) = Change(score(expected), score(found), nil, of: metric)
      .verdict(tolerance: tolerance)
    return (verdict, reason)
  }

  /// Half-widths of 3 and 4 give the difference one of 5; here both are 3, so about 4.24.
  @Test(arguments: [
    // Worse by 10, which is no chance.
    (90.0, 0.0, Judgement.Verdict.regression), (90, 9.9, .regression), (90, 10, .pass),
    (90, 20, .pass),
    // Worse by 1: chance, and chance may be more than what is tolerated.
    (99, 0, .cannotTell), (99, 0.5, .cannotTell), (99, 2, .cannotTell), (99, 4.2, .cannotTell),
    (99, 4.3, .pass),
    // Not worse.
    (100, 0, .pass), (101, 0, .pass), (104.2, 0, .pass), (104.3, 0, .improved),
    (110, 50, .improved),
  ])
  func intervals(_ found: Double, _ tolerance: Double, _ expected: Judgement.Verdict) {
    #expect(verdict(100, found, halfWidth: 3, tolerance: tolerance).verdict == expected)
    // The same with the sign turned, where less is better.
    #expect(
      verdict(100, 200 - found, halfWidth: 3, tolerance: tolerance, of: MeanRank.self).verdict
        == expected)
  }

  /// Deterministic runs that are equal pass whatever the noise; the machine's last digits are none.
  @Test func equalValues() {
    for halfWidth in [nil, 0, 50] as [Double?] {
      #expect(verdict(1.23, 1.23, halfWidth: halfWidth, tolerance: 0) == (.pass, "equal"))
      #expect(
        verdict(1.23, 1.23 * (1 - 1e-12), halfWidth: halfWidth, tolerance: 0) == (.pass, "equal"))
    }
    #expect(verdict(0, 0, tolerance: 0).verdict == .pass)
    // Without any noise the smallest true loss is one.
    #expect(verdict(1.23, 1.229, halfWidth: 0, tolerance: 0).verdict == .regression)
    #expect(verdict(1.23, 1.23 * (1 - 1e-8), halfWidth: 0, tolerance: 0).verdict == .regression)
  }

  /// A set too small for an interval tells nothing of a loss.
  @Test func noInterval() {
    #expect(verdict(1, 0.5, tolerance: 0.1).verdict == .cannotTell)
    #expect(verdict(1, 0.5, tolerance: 1).verdict == .cannotTell)
    #expect(verdict(1, 1.5, tolerance: 0).verdict == .pass)
  }

  /// A median is judged by its value.
  @Test func valuesAlone() {
    #expect(verdict(3, 4, tolerance: 0.5, of: MedianRank.self).verdict == .regression)
    #expect(verdict(3, 4, tolerance: 1, of: MedianRank.self).verdict == .pass)
    #expect(verdict(3, 2, tolerance: 0, of: MedianRank.self).verdict == .pass)
    #expect(verdict(3, 3, tolerance: 0, of: MedianRank.self).verdict == .pass)
  }
}
