import Metrics
import Testing

@Suite("Statistics")
struct StatisticsTests {
  /// Values of a separate implementation in Python.
  @Test func generatorIsTheSameEverywhere() {
    func first(_ seed: UInt64, _ stream: UInt64) -> [UInt64] {
      var generator = SeededGenerator(seed: seed, stream: stream)
      return (0..<3).map { _ in generator.next() }
    }
    #expect(
      first(12345, 0) == [0x8012_c4aa_e368_9631, 0x360e_ed3f_9140_644c, 0x61a9_5372_24ef_0d60])
    #expect(
      first(12345, 1) == [0x9de0_bd8b_7429_5ce2, 0xcb95_44d0_88df_10e5, 0xe75e_36f8_ffc6_9297])
    #expect(first(0, 0) == [0xc78b_4f51_77dd_b86b, 0x7262_e567_0215_a9e4, 0x00ec_e032_bf7e_105f])
  }

  @Test func indicesAreEquallyLikely() {
    var generator = SeededGenerator(seed: 1)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60000 { counts[generator.index(below: 6)] += 1 }
    // Five standard deviations of a binomial count are 456.
    for count in counts { #expect(abs(count - 10000) < 456) }
  }

  /// The ends come from a separate implementation in Python with numpy's quantiles.
  @Test func bootstrapOverClusters() throws {
    let scores = [0.1, 0.5, 0.2, 0.9, 0.4, 0.7]
    let clusters = [3, 3, 8, 1, 1, 5]
    let bootstrap = Bootstrap(resamples: 200, seed: 7, level: 0.9)
    let interval = try #require(
      try bootstrap.intervals(of: [.mean(of: scores)], clusters: clusters)[0])
    #expect(abs(interval.lower - 0.2857142857142857) < 1e-14)
    #expect(abs(interval.upper - 0.6576190476190474) < 1e-14)
    #expect(interval.resamples == 200)
    let other = try #require(try bootstrap.intervals(of: [.mean(of: scores)])[0])
    #expect(other != interval)
    let seeded = Bootstrap(resamples: 200, seed: 8, level: 0.9)
    #expect(try seeded.intervals(of: [.mean(of: scores)], clusters: clusters)[0] != interval)
  }

  @Test func allStatisticsSeeTheSameResamples() throws {
    let scores = (0..<50).map { Double($0 * $0 % 17) }
    let mean = SampleStatistics.mean(of: scores)
    let doubled = SampleStatistics.mean(of: scores.map { 2 * $0 })
    let shared = SampleStatistics(width: 2, rows: mean.rows) { 3 * $0[0] / $0[1] }
    let found = try Bootstrap().intervals(of: [mean, doubled, shared])
    let alone = try Bootstrap().intervals(of: [mean])
    let first = try #require(found[0])
    #expect(alone[0] == first)
    #expect(abs(try #require(found[1]).lower - 2 * first.lower) < 1e-12)
    #expect(abs(try #require(found[2]).upper - 3 * first.upper) < 1e-12)
  }

  @Test func bootstrapWithoutANumber() throws {
    let mean = SampleStatistics.mean(of: [1, 2, 3])
    #expect(try Bootstrap().intervals(of: [mean], clusters: [4, 4, 4]) == [nil])
    #expect(try Bootstrap().intervals(of: []).isEmpty)
    let none = SampleStatistics(width: 2, rows: [0, 0, 0, 0]) { $0[0] / $0[1] }
    #expect(try Bootstrap().intervals(of: [none]) == [nil])
    // Half of the resamples of two samples lack the one that counts.
    let rare = SampleStatistics(width: 2, rows: [5, 1, 0, 0]) { $0[0] / $0[1] }
    let interval = try #require(try Bootstrap().intervals(of: [rare])[0])
    #expect(interval.lower == 5 && interval.upper == 5)
    #expect((700..<800).contains(interval.resamples))
    #expect(throws: MetricError.self) { try Bootstrap().intervals(of: [mean], clusters: [1]) }
  }

  @Test func differencesArePaired() throws {
    let first = (0..<100).map { Double($0 % 10) }
    let second = first.map { $0 + 1 }
    let found = try Bootstrap().differences(
      of: [(.mean(of: first), .mean(of: second)), (.mean(of: second), .mean(of: first))])
    let up = try #require(found[0])
    let down = try #require(found[1])
    #expect(abs(up.lower - 1) < 1e-12 && abs(up.upper - 1) < 1e-12)
    #expect(abs(down.lower + 1) < 1e-12 && abs(down.upper + 1) < 1e-12)
  }

  /// Exact p-values by going through all 256 and 64 swaps: 1/4 and 1/8.
  @Test func randomizationAgreesWithEnumeration() throws {
    let test = ApproximateRandomization()
    let ones = SampleStatistics.mean(of: [1, 1, 1, 1, 1, 1, 1, 1])
    let some = SampleStatistics.mean(of: [1, 0, 1, 1, 0, 1, 0, 1])
    #expect(abs(try #require(try test.pValue(some, ones)) - 0.25) < 0.02)
    let left = SampleStatistics.mean(of: [0.3, 0.9, 0.1, 0.5, 0.6, 0.2])
    let right = SampleStatistics.mean(of: [0.6, 0.8, 0.5, 0.9, 0.6, 0.4])
    let p = try #require(try test.pValue(left, right))
    #expect(abs(p - 0.125) < 0.015)
    #expect(try test.pValue(left, right) == p)
    #expect(abs(try #require(try test.pValue(right, left)) - p) < 0.015)
    #expect(try test.pValue(left, left) == 1)
  }

  @Test func randomizationByCluster() throws {
    let ones = SampleStatistics.mean(of: Array(repeating: 1, count: 40))
    let zeros = SampleStatistics.mean(of: Array(repeating: 0, count: 40))
    let test = ApproximateRandomization()
    // Two clusters: all or none swapped reach the observed difference, half of the trials.
    let clusters = (0..<40).map { $0 % 2 }
    #expect(abs(try #require(try test.pValue(zeros, ones, clusters: clusters)) - 0.5) < 0.025)
    #expect(try test.pValue(zeros, ones) == 1.0 / 10001)
    #expect(try test.pValue(zeros, ones, clusters: Array(repeating: 9, count: 40)) == nil)
  }

  /// Pairs that share trials get what each gets alone, bit for bit, also beside pairs of other rows,
  /// of equal rows elsewhere in memory, and without a value.
  @Test func randomizationOfManyPairs() throws {
    func rows(_ step: Int) -> [Double] { (0..<120).map { Double(($0 * step) % 17) } }
    func ratio(_ rows: [Double], power: Int) -> SampleStatistics {
      SampleStatistics(width: 2, rows: rows) { sums in
        (0..<power).reduce(1) { product, _ in product * sums[0] / (sums[1] + 1) }
      }
    }
    let (left, right) = (rows(5), rows(7))
    let other = SampleStatistics.mean(of: rows(3).suffix(60))
    let none = SampleStatistics(width: 2, rows: left) { _ in .nan }
    let pairs: [(first: SampleStatistics, second: SampleStatistics)] = [
      (ratio(left, power: 1), ratio(right, power: 1)), (other, ratio(left, power: 1)),
      (ratio(left, power: 2), ratio(right.map { $0 }, power: 2)), (none, ratio(right, power: 1)),
      (ratio(right, power: 1), ratio(left, power: 1)),
      (ratio(left, power: 1), ratio(right, power: 3)),
    ]
    let test = ApproximateRandomization(trials: 500)
    let clusters = (0..<60).map { $0 / 2 }
    let together = try test.pValues(of: pairs, clusters: clusters)
    let alone = try pairs.map { try test.pValue($0.first, $0.second, clusters: clusters) }
    #expect(together == alone)
    #expect(together[3] == nil && together[0] != together[5] && together[0] != together[1])
    #expect(try test.pValues(of: []) == [])
    let narrow = SampleStatistics(width: 1, rows: Array(repeating: 1, count: 60)) { $0[0] }
    #expect(throws: MetricError.self) { try test.pValues(of: pairs + [(other, narrow)]) }
  }

  /// Values of scipy 1.17, `binomtest(b, b + c, 0.5).pvalue`.
  @Test(arguments: [
    (0, 0, 1), (0, 1, 1), (1, 1, 1), (0, 5, 0.0625), (5, 0, 0.0625), (3, 9, 0.14599609375),
    (12, 25, 0.04703102743951604), (10, 11, 1), (40, 70, 0.005447429511444476),
    (1000, 1100, 0.03072070786424249), (100000, 101000, 0.02586239243973295),
    (5000, 6000, 1.5489950994864605e-21),
  ])
  func mcNemar(_ better: Int, _ worse: Int, _ expected: Double) {
    #expect(abs(McNemar.exact(better: better, worse: worse) - expected) <= 1e-9 * expected)
  }

  @Test func mcNemarOfScores() throws {
    #expect(try McNemar.exact(first: [0, 0, 0, 0, 0, 1], second: [1, 1, 1, 1, 1, 1]) == 0.0625)
    #expect(throws: MetricError.notBinary(what: "score", sample: 1)) {
      try McNemar.exact(first: [0, 0.5], second: [1, 1])
    }
    #expect(throws: MetricError.self) { try McNemar.exact(first: [0], second: []) }
  }
}
