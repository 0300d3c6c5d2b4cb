import Evaluation
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// Paired statistics of runs made by hand.
@Suite struct RunComparisonTests {
  private func compare(_ first: MadeRun, _ second: MadeRun) throws -> RunComparison {
    let scratch = try TemporaryFolder()
    return try RunComparison(
      baseline: try first.stored(scratch, "a"), run: try second.stored(scratch, "b"))
  }

  private func expectRefusal(
    _ first: MadeRun, _ second: MadeRun, _ parts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: EvaluationError.self, sourceLocation: sourceLocation) {
      _ = try compare(first, second)
    }
    for part in parts {
      #expect(
        error?.description.contains(part) == true, "\(error?.description ?? "")",
        sourceLocation: sourceLocation)
    }
  }

  private static let graded = (0..<40).map { Double($0 * 7 % 11) / 11 }
  private static let better = graded.enumerated().map { min(1, $1 + Double($0 % 3) / 10) }
  private static let images = (0..<40).map { $0 / 2 }

  @Test func gradedScoresOverClusters() throws {
    var run = MadeRun(Self.better, clusters: Self.images)
    run.id = "00000000000b"
    let found = try compare(MadeRun(Self.graded, clusters: Self.images), run)
    #expect(found.count == 40 && found.clusters == 20)
    #expect(found.notes.isEmpty)
    let score = try #require(found.scores.first)
    #expect(found.scores.count == 1 && score.name == "soft_accuracy")
    let gains = zip(Self.graded, Self.better).map { $1 - $0 }
    #expect(abs(score.difference - gains.reduce(0, +) / 40) < 1e-12)
    // The mean of differences, resampled alone, has the same interval: resamples are paired.
    let alone = try #require(
      try Bootstrap().intervals(of: [.mean(of: gains)], clusters: Self.images)[0])
    let interval = try #require(score.interval)
    #expect(abs(interval.lower - alone.lower) < 1e-12 && abs(interval.upper - alone.upper) < 1e-12)
    #expect(score.test == .approximateRandomization)
    let expected = try #require(
      try ApproximateRandomization().pValue(
        .mean(of: Self.graded), .mean(of: Self.better), clusters: Self.images))
    #expect(score.pValue == expected)
    #expect(expected < 0.001 && score.outcome == .better)
    let up = gains.count { $0 > 0 }
    #expect(up > 20)
    #expect(score.counts?.list == [up, 0, 40 - up])
  }

  /// p of 3 better and 9 worse by scipy: 0.14599609375.
  @Test(arguments: [1.0, 100.0]) func rightOrWrong(_ mark: Double) throws {
    let first = (0..<30).map { $0 < 9 ? mark : $0 < 12 ? 0 : $0 % 2 == 0 ? mark : 0 }
    let second = (0..<30).map { $0 < 9 ? 0 : $0 < 12 ? mark : $0 % 2 == 0 ? mark : 0 }
    let found = try compare(MadeRun(first), MadeRun(second))
    let score = try #require(found.scores.first)
    #expect(score.test == .exactMcNemar)
    #expect(abs(try #require(score.pValue) - 0.14599609375) < 1e-12)
    #expect(score.counts?.list == [3, 9, 18])
    #expect(score.outcome == .unclear)
    // Two questions of one image are not independent: no McNemar.
    let images = (0..<30).map { $0 / 2 }
    let clustered = try compare(
      MadeRun(first, clusters: images), MadeRun(second, clusters: images))
    #expect(clustered.scores.first?.test == .approximateRandomization)
    // One graded sample, and it is no matter of right and wrong any more.
    let graded = try compare(MadeRun([mark / 2] + first.dropFirst()), MadeRun(second))
    #expect(graded.scores.first?.test == .approximateRandomization)
  }

  /// The factor between samples and value is found, also where one side is all zero.
  @Test func percentOfFractions() throws {
    let ones = [1.0, 0, 1, 1, 0, 1]
    let found = try compare(MadeRun(ones.map { _ in 0 }), MadeRun(ones, factor: 100))
    let score = try #require(found.scores.first)
    #expect(abs(score.value - 400.0 / 6) < 1e-12 && abs(score.difference - 400.0 / 6) < 1e-12)
    let interval = try #require(score.interval)
    #expect(interval.upper <= 100 && interval.upper > 60)
    expectRefusal(MadeRun(ones), MadeRun(ones, factor: 100), "on another scale")
  }

  @Test func sameRun() throws {
    let run = MadeRun(Self.graded, clusters: Self.images)
    let found = try compare(run, run)
    let score = try #require(found.scores.first)
    #expect(found.notes == ["Both are the same run."])
    #expect(score.difference == 0 && score.pValue == 1 && score.outcome == .same)
    #expect(score.interval?.lower == 0 && score.interval?.upper == 0)
    #expect(score.counts?.list == [0, 0, 40])
  }

  /// Samples are paired by id, of either kind, whatever their order.
  @Test func orderDoesNotMatter() throws {
    let ids = (0..<40).map { $0 % 2 == 0 ? SampleID.int($0) : .string("v\($0)") }
    let first = MadeRun(Self.graded, clusters: Self.images, ids: ids)
    var second = MadeRun(Self.better, clusters: Self.images, ids: ids)
    second.id = "00000000000b"
    let expected = try compare(first, second)
    second.lines.reverse()
    let found = try compare(first, second)
    #expect(found.scores.first?.interval == expected.scores.first?.interval)
    #expect(found.scores.first?.pValue == expected.scores.first?.pValue)
    #expect(found.scores.first?.counts?.list == expected.scores.first?.counts?.list)
    #expect(found.notes.isEmpty)
    // Another pairing gives other counts: the ids decide.
    let shuffled = MadeRun(Self.better.reversed(), clusters: Self.images, ids: ids)
    #expect(try compare(first, shuffled).scores.first?.counts != expected.scores.first?.counts)
  }

  @Test func commonSamplesOfPartialRuns() throws {
    var first = MadeRun(Array(Self.graded[..<30]))
    first.missing = 10
    first.status = "partial"
    var second = MadeRun(
      Array(Self.better[10...]), ids: (11...40).map { SampleID.int($0) })
    second.missing = 10
    second.id = "00000000000b"
    // Clusters of made runs are numbered by place: make them agree.
    second.lines = second.lines.enumerated().map { index, line in
      line.replacing("\"cluster\":\(index),", with: "\"cluster\":\(index + 10),")
    }
    let found = try compare(first, second)
    #expect(found.count == 20)
    let score = try #require(found.scores.first)
    let left = Self.graded[10..<30].reduce(0, +) / 20
    let right = Self.better[10..<30].reduce(0, +) / 20
    #expect(abs(score.baseline - left) < 1e-12 && abs(score.value - right) < 1e-12)
    #expect(abs(score.difference - (right - left)) < 1e-12)
    #expect(found.notes.count == 1)
    #expect(found.notes[0].contains("of the 20 samples that both runs have, of 30 and 30"))
    // The same part of the set on both sides is compared whole.
    let same = try compare(first, first)
    #expect(same.count == 30)
    let others = MadeRun([0.5, 0.5], ids: [98, 99])
    expectRefusal(first, others, "no sample in common")
  }

  @Test func differingReferences() {
    let run = MadeRun(Self.graded)
    var other = run
    other.benchmark = "vqav2"
    expectRefusal(run, other, "the benchmarks differ, mini-vqav2 against vqav2", "/b", "/a")
    other = run
    other.split = "minival"
    expectRefusal(run, other, "the splits differ, val against minival")
    other = run
    other.references = "val@22222222"
    expectRefusal(run, other, "the references differ, val@11111111 against val@22222222")
  }

  @Test func twoWaysOfMeasuring() throws {
    let run = MadeRun(Self.graded)
    var other = run
    other.metrics[0].version = "0.2.0"
    expectRefusal(run, other, "soft_accuracy is measured in two ways: v:0.1.0 against 0.2.0")
    other.metrics[0].way = "norm:y"
    expectRefusal(run, other, "norm:x against y, v:0.1.0 against 0.2.0")
    // With another metric beside it, a note.
    var (first, second) = (run, other)
    first.metrics.append(MadeRun.Metric(name: "MdR", value: 3, count: 40))
    second.metrics.append(MadeRun.Metric(name: "MdR", value: 2.5, count: 40))
    first.metrics.append(MadeRun.Metric(name: "Gone", value: 3, count: 40))
    second.metrics.append(MadeRun.Metric(name: "Come", value: 3, count: 40))
    let found = try compare(first, second)
    #expect(found.scores.map(\.name) == ["MdR"])
    #expect(found.notes.contains { $0.hasPrefix("soft_accuracy is measured in two ways") })
    #expect(found.notes.contains("Only the baseline has Gone."))
    #expect(found.notes.contains("The baseline has no Come."))
    // Values alone, and no word on which is better from a version that does not know the score.
    let score = found.scores[0]
    #expect(score.difference == -0.5 && score.metric == nil)
    #expect(
      score.interval == nil && score.pValue == nil && score.counts == nil && score.outcome == nil)
    second.metrics = [MadeRun.Metric(name: "Come", value: 3, count: 40)]
    expectRefusal(run, second, "they share no metric")
  }

  @Test func valuesAloneNeedEqualSets() throws {
    var first = MadeRun(Self.graded)
    first.metrics.append(MadeRun.Metric(name: "MdR", value: 3, count: 40))
    var second = MadeRun(Array(Self.graded[..<30]))
    second.metrics.append(MadeRun.Metric(name: "MdR", value: 2, count: 30))
    let found = try compare(first, second)
    #expect(found.scores.map(\.name) == ["soft_accuracy"])
    #expect(found.notes.contains { $0.hasPrefix("MdR is not compared: nothing is kept") })
  }

  /// A score of a part of the set that has no sample in common, and one that no double holds.
  @Test func numbersThatAreNone() throws {
    func run(_ places: Range<Int>, part: Int) -> MadeRun {
      var run = MadeRun(
        Array(Self.graded[places]), clusters: places.map(\.self),
        ids: places.map { .int($0) })
      let line = part - places.lowerBound
      run.lines[line] = run.lines[line].replacing("}}", with: ",\"accuracy/x\":50}}")
      run.metrics.append(MadeRun.Metric(name: "accuracy/x", value: 50, count: 1))
      run.metrics.append(MadeRun.Metric(name: "foo", value: part == 0 ? -1e308 : 1e308, count: 3))
      return run
    }
    let found = try compare(run(0..<20, part: 0), run(10..<30, part: 29))
    #expect(found.scores.map(\.name) == ["soft_accuracy"])
    #expect(
      found.notes.contains("accuracy/x is not compared: it concerns none of the common samples."))
    let whole = try compare(run(0..<20, part: 0), run(0..<20, part: 9))
    #expect(whole.notes.contains("foo is not compared: the difference is beyond all numbers."))
  }

  /// Frequencies of the scored images make scores of different sets incomparable.
  @Test func scoresThatDependOnTheSet() throws {
    func run(_ scores: [Double], _ frequencies: String) -> MadeRun {
      var run = MadeRun(scores, named: "CIDEr")
      run.benchmark = "mini-coco-caption"
      run.task = "caption"
      run.metrics[0].way = "df:\(frequencies)"
      return run
    }
    let part = Array(Self.graded[..<30])
    #expect(
      try compare(run(Self.graded, "corpus"), run(Self.better, "corpus")).scores.count == 1)
    expectRefusal(
      run(Self.graded, "corpus"), run(part, "corpus"),
      "CIDEr is not compared: a sample's score depends on the set")
    #expect(try compare(run(Self.graded, "1a2b"), run(part, "1a2b")).scores.first?.difference == 0)
  }

  @Test func groups() throws {
    var (first, second) = (MadeRun(Self.graded), MadeRun(Self.better))
    first.groups = [
      "kind": [
        "b": ["count": 3, "accuracy": 10.0], "a": ["count": 7, "accuracy": 20.0, "x": 1],
        "c": ["count": 5, "accuracy": 1],
      ]
    ]
    second.groups = [
      "kind": [
        "b": ["count": 3, "accuracy": 12.5], "a": ["count": 7, "accuracy": 15.0],
        "c": ["count": 6, "accuracy": 1],
      ], "other": ["a": ["count": 7, "accuracy": 15.0]],
    ]
    let found = try compare(first, second).groups
    #expect(found.map(\.name) == ["a", "b"])
    #expect(found.map(\.difference) == [-5, 2.5])
    #expect(found.map(\.count) == [7, 3])
    #expect(found.allSatisfy { $0.kind == "kind" && $0.score == "accuracy" })
    #expect(found[0].metric?.name == "accuracy")
    // On a part of the set they are of other samples.
    second.lines.removeLast()
    second.metrics = MadeRun(Array(Self.better.dropLast())).metrics
    #expect(try compare(first, second).groups.isEmpty)
  }

  @Test func editedFolders() throws {
    let run = MadeRun(Self.graded)
    var edited = run
    edited.metrics[0] = MadeRun.Metric(
      name: "soft_accuracy", value: run.metrics[0].value + 1e-6, count: 40)
    expectRefusal(run, edited, "its samples give soft_accuracy", "changed after scoring")
    expectRefusal(edited, run, "its samples give soft_accuracy")
    edited = run
    edited.lines[3] = edited.lines[3].replacing("\"cluster\":3", with: "\"cluster\":4")
    expectRefusal(run, edited, "sample 4 belongs to 4, and to 3 in")
    var scratch = try TemporaryFolder()
    edited = run
    edited.lines.removeLast()
    let folder = try edited.write(scratch, "a")
    try scratch.write(
      "a/run.json",
      try String(contentsOfFile: folder + "/run.json", encoding: .utf8)
        .replacing("\"count\":39,\"expected\"", with: "\"count\":40,\"expected\""))
    let error = #expect(throws: EvaluationError.self) {
      _ = try StoredRun(try RunFolders.one(at: folder))
    }
    #expect(error?.description.contains("holds 39 samples and run.json says 40") == true)
    scratch = try TemporaryFolder()
    edited = run
    edited.status = "submission"
    let submission = #expect(throws: EvaluationError.self) {
      _ = try edited.stored(scratch, "a")
    }
    #expect(submission?.description.contains("is a submission") == true)
  }

  /// Two decimals are all that is kept of a VQA sample; more than their rounding is an edit.
  @Test func keptRounded() throws {
    let thirds = [33.33, 66.67, 100, 0, 33.33]
    var run = MadeRun(thirds, named: "accuracy")
    let exact = (100.0 / 3 + 200.0 / 3 + 100 + 0 + 100.0 / 3) / 5
    run.metrics[0] = MadeRun.Metric(name: "accuracy", value: exact, count: 5)
    let found = try compare(run, run)
    #expect(found.scores.first?.value == exact)
    run.metrics[0] = MadeRun.Metric(name: "accuracy", value: exact + 0.006, count: 5)
    expectRefusal(run, run, "its samples give accuracy")
  }

  @Test func sumsInPlaceOfMeans() throws {
    func run(_ rows: [[Double]?], _ value: Double) -> MadeRun {
      var run = MadeRun(rows.map { _ in 0.5 }, named: "Bleu_1")
      run.benchmark = "mini-coco-caption"
      run.task = "caption"
      run.lines = zip(run.lines, rows).map { line, row in
        row.map { line.dropLast() + #","statistics":{"Bleu":\#($0)}}"# } ?? line
      }
      run.metrics[0] = MadeRun.Metric(name: "Bleu_1", value: value, count: rows.count)
      return run
    }
    let rows: [[Double]] = [[3, 2, 1, 0, 4, 3, 2, 1, 4, 4], [1, 0, 0, 0, 4, 3, 2, 1, 4, 4]]
    let better: [[Double]] = [[4, 3, 2, 1, 4, 3, 2, 1, 4, 4], [3, 0, 0, 0, 4, 3, 2, 1, 4, 4]]
    let ratio = (4 + 1e-15) / (8 + 1e-9)
    let length = (8 + 1e-15) / (8 + 1e-9)
    func bleu(_ precision: Double) -> Double { precision * exp1(1 - 1 / length) }
    let first = run(rows, bleu(ratio))
    let second = run(better, bleu((7 + 1e-15) / (8 + 1e-9)))
    let score = try #require(try compare(first, second).scores.first)
    #expect(abs(score.difference - 0.375) < 1e-6)
    // Resamples of two: both the first, both the second, or one of each.
    let interval = try #require(score.interval)
    #expect(abs(interval.lower - 0.25) < 1e-6 && abs(interval.upper - 0.5) < 1e-6)
    // The samples' own scores, all equal here, are what is counted.
    #expect(score.counts?.list == [0, 0, 2])
    expectRefusal(first, run(better, 0.8), "its samples give Bleu_1")
    expectRefusal(
      first, run(better.map { Array($0.dropLast()) }, 0.8), "expected 10 numbers of Bleu",
      "found 9")
    expectRefusal(first, run([better[0], nil], 0.8), "found samples without")
    // Without any rows the values are all that is known.
    #expect(try compare(first, run([nil, nil], 0.8)).scores.first?.interval == nil)
  }

  private func exp1(_ x: Double) -> Double { 1 + x + x * x / 2 }
}

extension ScoreComparison.Counts {
  fileprivate var list: [Int] { [better, worse, same] }
}
