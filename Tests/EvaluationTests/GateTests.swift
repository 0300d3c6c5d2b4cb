import Evaluation
import Foundation
import Records
import TestSupport
import Testing

/// What a gate says of runs made by hand.
@Suite struct GateTests {
  private static let scores = (0..<100).map { Double($0 * 3 % 7) / 7 }

  /// A baseline of runs in a folder of its own, beside which new runs are judged.
  private struct Scene {
    let scratch: TemporaryFolder
    var baseline: Baseline

    init(_ runs: MadeRun...) throws {
      scratch = try TemporaryFolder()
      baseline = Baseline(newAt: scratch("baseline.json"))
      for (index, run) in runs.enumerated() { try run.write(scratch, "kept/\(index)") }
      guard !runs.isEmpty else { return }
      try baseline.update(with: try RunFolders.all(under: scratch("kept")))
    }

    func judge(
      _ runs: MadeRun..., scope: Gate.Scope = .everyEntry, tolerances: Tolerances = Tolerances()
    ) throws -> GateReport {
      let folder = "new/\(UUID().uuidString)"
      for (index, run) in runs.enumerated() { try run.write(scratch, "\(folder)/\(index)") }
      let found = runs.isEmpty ? [] : try RunFolders.all(under: scratch(folder))
      return try Gate(baseline, tolerances: tolerances).judge(found, scope)
    }
  }

  private func changed(
    _ run: MadeRun, _ change: (Int, Double) -> Double, halfWidth: Double? = nil
  ) -> MadeRun {
    var new = MadeRun(Self.scores.enumerated().map(change), halfWidth: halfWidth)
    (new.model, new.references, new.id) = (run.model, run.references, "0000000000ff")
    return new
  }

  @Test func equalRunsPass() throws {
    let run = MadeRun(Self.scores, halfWidth: 0.1)
    let report = try Scene(run).judge(run)
    #expect(report.verdict == .passed)
    #expect(report.judgements.map(\.verdict) == [.pass])
    #expect(report.judgements[0].difference == 0 && report.judgements[0].tolerance == 0)
    #expect(!report.suggestsUpdate)
    #expect(report.summary.hasPrefix("passed: 1 pass; baseline "))
  }

  /// Of one model on the same samples any loss is one, however few they are; a gain is none.
  @Test func exactPolicy() throws {
    let run = MadeRun(Array(Self.scores.prefix(5)), halfWidth: 0.3)
    var scene = try Scene(run)
    var worse = MadeRun(run.lines.indices.map { Self.scores[$0] * 0.99 }, halfWidth: 0.3)
    worse.id = "0000000000ff"
    var better = MadeRun(run.lines.indices.map { Self.scores[$0] * 0.99 + 0.01 }, halfWidth: 0.3)
    better.id = "0000000000fe"
    #expect(try scene.judge(worse).verdict == .cannotTell)
    scene.baseline.minimumSamples = 1
    scene.baseline.isExact = true
    #expect(try scene.judge(worse).verdict == .failed)
    #expect(try scene.judge(run).verdict == .passed)
    #expect(try scene.judge(better).verdict == .passed)
    try scene.baseline.write()
    #expect(try Baseline(scene.baseline.path).isExact)
    #expect(try scene.judge(run.saying("bb")).verdict == .passed)
    scene = try Scene(run.saying("aa"))
    scene.baseline.minimumSamples = 1
    #expect(try scene.judge(run.saying("bb")).verdict == .passed)
    scene.baseline.isExact = true
    #expect(try scene.judge(run.saying("aa")).verdict == .passed)
    let report = try scene.judge(run.saying("bb"))
    #expect(report.verdict == .failed)
    #expect(report.judgements.last?.score == "predictions")
  }

  /// With the samples of both runs a loss of three samples shows; without them it is noise.
  @Test func pairing() throws {
    let run = MadeRun(Self.scores, halfWidth: 0.06)
    var scene = try Scene(run)
    let worse = changed(run, { $0 % 5 == 0 ? max(0, $1 - 0.1) : $1 }, halfWidth: 0.06)
    var report = try scene.judge(worse)
    #expect(report.verdict == .failed)
    #expect(report.judgements[0].verdict == .regression)
    #expect(report.judgements[0].noise?.isPaired == true)
    #expect(try #require(report.judgements[0].noise).high < 0)
    let loss = try #require(report.judgements[0].difference)
    #expect(loss < -0.005 && loss > -0.03)
    // Tolerated.
    report = try scene.judge(worse, tolerances: Tolerances(fallback: .atMost(0.03)))
    #expect(report.verdict == .passed)
    #expect(report.judgements[0].reason == "worse, within the tolerance")
    // The baseline's folder is gone: a note, and the wide noise of two intervals.
    try FileManager.default.removeItem(atPath: scene.scratch("kept"))
    report = try scene.judge(worse)
    #expect(report.verdict == .cannotTell)
    let noise = try #require(report.judgements[0].noise)
    #expect(!noise.isPaired && abs(noise.halfWidth - 0.06 * 2.0.squareRoot()) < 1e-12)
    #expect(report.notes.count == 1 && report.notes[0].contains("the baseline has no samples"))
    // Another run than the entry's in its place is refused.
    try worse.write(scene.scratch, "kept/0")
    let error = #expect(throws: EvaluationError.self) { _ = try scene.judge(worse) }
    #expect(error?.description.contains("is run 0000000000ff and not 00000000000a") == true)
    // A folder elsewhere has no name in the baseline, and no note.
    scene = try Scene(run)
    scene.baseline = Baseline(newAt: scene.scratch("elsewhere/baseline.json"))
    try scene.baseline.update(with: try RunFolders.all(under: scene.scratch("kept")))
    report = try scene.judge(worse)
    #expect(report.verdict == .cannotTell && report.notes.isEmpty)
  }

  @Test func improvements() throws {
    let run = MadeRun(Self.scores, halfWidth: 0.06)
    let scene = try Scene(run)
    let report = try scene.judge(changed(run, { $0 % 5 == 0 ? $1 + 0.1 : $1 }))
    #expect(report.verdict == .passed && report.suggestsUpdate)
    #expect(report.judgements[0].verdict == .improved)
    let lucky = try scene.judge(changed(run, { $0 == 3 ? $1 + 0.001 : $1 }))
    #expect(lucky.judgements[0].verdict == .pass && lucky.suggestsUpdate)
  }

  /// A gate that measures nothing does not pass.
  @Test func missingRuns() throws {
    let run = MadeRun(Self.scores)
    var other = run
    other.model = "b"
    let scene = try Scene(run, other)
    var report = try scene.judge(run)
    #expect(report.verdict == .failed)
    #expect(report.judgements.map(\.verdict) == [.pass, .missing])
    #expect(report.judgements[1].reason == "no run of it was found")
    #expect(report.judgements[1].value == nil)
    // A single run folder answers for itself alone.
    report = try scene.judge(run, scope: .entriesOfRuns)
    #expect(report.verdict == .passed && report.judgements.count == 1)
    // A submission is no run.
    other.status = "submission"
    report = try scene.judge(run, other)
    #expect(report.judgements[1].verdict == .missing)
    #expect(report.judgements[1].reason.contains("submission"))
    // Nor is a run without the metric a value of it.
    var without = run
    without.metrics = [MadeRun.Metric(name: "accuracy", value: 3, count: 100)]
    report = try scene.judge(without, scope: .entriesOfRuns)
    #expect(report.verdict == .failed)
    #expect(report.judgements.map(\.verdict) == [.missing, .new])
    // Where it is not judged it may be missing.
    report = try scene.judge(
      run, other, tolerances: Tolerances(named: ["soft_accuracy": .atMost(0)]))
    #expect(report.verdict == .failed)
    let error = #expect(throws: EvaluationError.self) {
      _ = try scene.judge(run, tolerances: Tolerances(fallback: .notJudged))
    }
    #expect(error?.description.contains("judges no metric") == true)
  }

  @Test func nothingToJudge() throws {
    let run = MadeRun(Self.scores)
    let scene = try Scene(run)
    var other = run
    other.model = "b"
    let error = #expect(throws: EvaluationError.self) {
      _ = try scene.judge(other, scope: .entriesOfRuns)
    }
    #expect(
      error?.description.contains(
        "has no entry for mini-vqav2/val of b, only for mini-vqav2/val of a") == true)
    let empty = #expect(throws: EvaluationError.self) { _ = try Scene().judge(run) }
    #expect(empty?.description.contains("has no run to hold others against") == true)
    // Beside a run that is judged it is new.
    let report = try scene.judge(run, other)
    #expect(report.verdict == .passed && report.suggestsUpdate)
    #expect(report.judgements.map(\.verdict) == [.pass, .new])
  }

  @Test func otherWaysOfMeasuring() throws {
    let run = MadeRun(Self.scores)
    let scene = try Scene(run)
    var other = run
    other.references = "val@22222222"
    var report = try scene.judge(other)
    #expect(report.verdict == .failed)
    #expect(report.judgements.map(\.verdict) == [.notComparable])
    #expect(
      report.judgements[0].reason == "references:val@11111111 against val@22222222")
    other = run
    other.metrics[0].version = "0.2.0"
    report = try scene.judge(other)
    #expect(report.judgements[0].verdict == .notComparable)
    #expect(report.judgements[0].reason == "v:0.1.0 against 0.2.0")
    #expect(report.judgements[0].difference == nil)
    other.metrics[0].way = "norm:y"
    #expect(
      try scene.judge(other).judgements[0].reason == "norm:x against y, v:0.1.0 against 0.2.0")
    // A score that this version does not know, in both.
    var unknown = run
    unknown.metrics.append(MadeRun.Metric(name: "foo", value: 3, count: 100))
    report = try Scene(unknown).judge(unknown)
    #expect(report.verdict == .failed)
    #expect(report.judgements.map(\.verdict) == [.pass, .notComparable])
  }

  /// Two reference sets of one split are two things.
  @Test func twoReferenceSets() throws {
    let run = MadeRun(Self.scores)
    var other = run
    other.references = "val@22222222"
    let scene = try Scene(run, other)
    #expect(try scene.judge(run, other).judgements.map(\.verdict) == [.pass, .pass])
    #expect(try scene.judge(run).judgements.map(\.verdict) == [.pass, .missing])
    #expect(try scene.judge(run, scope: .entriesOfRuns).judgements.map(\.verdict) == [.pass])
  }

  @Test func tooFewSamples() throws {
    let run = MadeRun(Array(Self.scores[..<19]), halfWidth: 0.1)
    var scene = try Scene(run)
    var report = try scene.judge(run)
    #expect(report.verdict == .cannotTell)
    #expect(report.judgements[0].reason == "19 samples, and the policy asks for 20")
    scene.baseline.minimumSamples = 19
    #expect(try scene.judge(run).verdict == .passed)
    // A regression beside it counts for more.
    var bad = MadeRun(Self.scores, halfWidth: 0.001)
    bad.model = "b"
    scene = try Scene(run, bad)
    var worse = changed(bad, { $1 / 2 }, halfWidth: 0.001)
    worse.model = "b"
    report = try scene.judge(run, worse)
    #expect(report.verdict == .failed)
    #expect(report.judgements.map(\.verdict) == [.cannotTell, .regression])
    #expect(report.summary.hasPrefix("failed: 1 regression, 1 cannot tell; baseline "))
  }

  @Test func partialRuns() throws {
    let run = MadeRun(Self.scores)
    let scene = try Scene(run)
    var part = MadeRun(Array(Self.scores[..<60]))
    part.missing = 40
    part.status = "partial"
    let report = try scene.judge(part)
    #expect(report.verdict == .cannotTell)
    #expect(report.judgements[0].reason == "the run is partial, 60 of 100 samples")
  }

  /// The newest of several runs counts, also where an older one was better.
  @Test func severalRuns() throws {
    let run = MadeRun(Self.scores)
    let scene = try Scene(run)
    var worse = changed(run, { $1 / 2 })
    worse.finished = "2026-02-01T00:00:00.000Z"
    let report = try scene.judge(run, worse)
    #expect(report.verdict == .failed)
    #expect(report.notes.contains { $0.hasPrefix("Of 2 runs of mini-vqav2/val of a the newest") })
    worse.finished = "2025-02-01T00:00:00.000Z"
    #expect(try scene.judge(worse, run).verdict == .passed)
  }

  @Test func unknownTolerances() throws {
    let scene = try Scene(MadeRun(Self.scores))
    let error = #expect(throws: EvaluationError.self) {
      _ = try Gate(scene.baseline, tolerances: Tolerances(named: ["soft_acuracy": .atMost(1)]))
    }
    #expect(error?.description.contains("did you mean soft_accuracy?") == true)
  }

  @Test func corruptSamples() throws {
    let run = MadeRun(Self.scores)
    let scene = try Scene(run)
    try scene.scratch.write(
      "kept/0/samples.jsonl", "{\"id\": 1, \"cluster\": 2, \"scores\": {}}\n{")
    #expect(throws: JSONError.self) { _ = try scene.judge(changed(run, { $1 })) }
  }
}
