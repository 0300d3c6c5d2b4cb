import Evaluation
import Foundation
import Records
import TestSupport
import Testing

/// Baseline files: written, read back, updated, refused.
@Suite struct BaselineTests {
  private static let scores = (0..<30).map { Double($0 % 7) / 7 }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func writesWhatItReads() throws {
    let scratch = try TemporaryFolder()
    try MadeRun(Self.scores, halfWidth: 0.1).write(scratch, "runs/a")
    var other = MadeRun(Self.scores.map { $0 / 2 }, halfWidth: 0.1)
    other.model = "b"
    other.id = "00000000000b"
    try other.write(scratch, "runs/b")
    var baseline = Baseline(newAt: scratch("runs/baseline.json"))
    try baseline.update(with: try RunFolders.all(under: scratch("runs")))
    baseline.comment = "mine"
    try baseline.write()
    let written = try text(scratch("runs/baseline.json"))
    let again = try Baseline(scratch("runs/baseline.json"))
    #expect(again.comment == "mine")
    #expect(again.minimumSamples == 20)
    #expect(again.tolerances == Tolerances(fallback: .atMost(0)))
    #expect(again.entries.map(\.model) == ["a", "b"])
    #expect(again.entries.map(\.run) == ["a", "b"])
    #expect(again.entries.map(\.count) == [30, 30])
    #expect(again.entries[0].metrics.first?.interval != nil)
    try again.write()
    #expect(try text(scratch("runs/baseline.json")) == written)
    // Sorted members, one a line, and no machine's paths.
    #expect(written.hasPrefix("{\n  \"comment\": \"mine\",\n  \"policy\": {\n"))
    #expect(!written.contains(scratch.path))
    let names = written.matches(of: /(?m)^  "(\w+)"/).map { String($0.1) }
    #expect(names == ["comment", "policy", "runs", "schema", "tolerances"])
    // The same runs give the same bytes.
    var anew = Baseline(newAt: scratch("runs/baseline.json"))
    try anew.update(with: try RunFolders.all(under: scratch("runs")))
    anew.comment = "mine"
    try anew.write()
    #expect(try text(scratch("runs/baseline.json")) == written)
  }

  /// A run outside of the baseline's folder is not named: a clone would not have it.
  @Test func runsElsewhere() throws {
    let scratch = try TemporaryFolder()
    try MadeRun(Self.scores).write(scratch, "runs/a")
    try scratch.write("results/x", "")
    var baseline = Baseline(newAt: scratch("results/baseline.json"))
    try baseline.update(with: try RunFolders.all(under: scratch("runs")))
    #expect(baseline.entries.map(\.run) == [nil])
    // Nor one without samples.
    try FileManager.default.removeItem(atPath: scratch("runs/a/samples.jsonl"))
    baseline = Baseline(newAt: scratch("baseline.json"))
    try baseline.update(with: try RunFolders.all(under: scratch("runs")))
    #expect(baseline.entries.map(\.run) == [nil])
  }

  @Test func updatesKeepWhatHasNoRun() throws {
    let scratch = try TemporaryFolder()
    func found(_ run: MadeRun, _ name: String) throws -> RunFolders.Found {
      try RunFolders.one(at: try run.write(scratch, name))
    }
    let run = MadeRun(Self.scores)
    var baseline = Baseline(newAt: scratch("baseline.json"))
    var other = run
    other.model = "b"
    try baseline.update(with: [try found(run, "1"), try found(other, "2")])
    baseline.tolerances.named["soft_accuracy"] = .atMost(0.5)
    baseline.minimumSamples = 7
    var changed = run
    changed.id = "0000000000ff"
    try baseline.update(with: [try found(changed, "3")])
    #expect(baseline.entries.map(\.id) == ["0000000000ff", "00000000000a"])
    #expect(baseline.tolerances.named["soft_accuracy"] == .atMost(0.5))
    #expect(baseline.minimumSamples == 7)
    // Over other references: in place of the old ones.
    changed.references = "val@22222222"
    try baseline.update(with: [try found(changed, "4")])
    #expect(baseline.entries.map(\.references) == ["val@11111111", "val@22222222"])
    #expect(baseline.entries.map(\.model) == ["b", "a"])
    // Two reference sets that both have a run live side by side, also when one of them is renewed.
    try baseline.update(with: [try found(changed, "5"), try found(run, "6")])
    #expect(baseline.entries.count == 3)
    try baseline.update(with: [try found(run, "7")])
    #expect(baseline.entries.count == 3)
    // Of two runs of one thing the newer.
    var older = run
    older.id = "0000000000ee"
    older.finished = "2025-01-01T00:00:00.000Z"
    try baseline.update(with: [try found(run, "8"), try found(older, "9")])
    #expect(!baseline.entries.map(\.id).contains("0000000000ee"))
  }

  @Test func partialRunsAreNoBaseline() throws {
    let scratch = try TemporaryFolder()
    var run = MadeRun(Self.scores)
    run.missing = 3
    run.status = "partial"
    try run.write(scratch, "a")
    var baseline = Baseline(newAt: scratch("baseline.json"))
    let error = #expect(throws: EvaluationError.self) {
      try baseline.update(with: try RunFolders.all(under: scratch("a")))
    }
    #expect(error?.description.contains("is partial, 30 of 33 samples") == true)
    #expect(baseline.entries.isEmpty)
  }

  private static let entry = """
    {"benchmark": "b", "split": "s", "model": "m", "references": "r", "id": "1", "count": 3,
     "metrics": {"accuracy": {"value": 1, "count": 3, "signature": "x"}}}
    """

  @Test(arguments: [
    ("", "the file is empty"), ("[]", "is no baseline of schema"), ("{}", "(found none)"),
    (#"{"schema": "mplug-eval/run/1"}"#, "(found mplug-eval/run/1)"),
    (#"{"schema": "mplug-eval/baseline/1"}"#, "has no list of runs"),
    (#"{"schema": "mplug-eval/baseline/1", "runs": {}}"#, "has no list of runs"),
    ("@, \"tolerance\": {}", "an unknown member 'tolerance'"),
    ("@, \"tolerances\": []", "tolerances is no object"),
    ("@, \"tolerances\": {\"accuracy\": -1}", "tolerances.accuracy is no tolerance"),
    ("@, \"tolerances\": {\"accuracy\": \"1\"}", "tolerances.accuracy is no tolerance"),
    ("@, \"tolerances\": {\"default\": true}", "tolerances.default is no tolerance"),
    (
      "@, \"tolerances\": {\"acuracy\": 1}", "'acuracy', which is no metric; did you mean accuracy?"
    ),
    ("@, \"tolerances\": {\"accuracy\": NaN}", "NaN is not JSON"),
    ("@, \"comment\": 3", "comment is no text"),
    ("@, \"policy\": 3", "policy is no object"),
    ("@, \"policy\": {\"minimum\": 3}", "policy.minimum is wrong"),
    ("@, \"policy\": {\"minimum_samples\": -3}", "policy.minimum_samples is wrong"),
    ("@, \"policy\": {\"minimum_samples\": 2.5}", "policy.minimum_samples is wrong"),
    ("@, \"schema\": 1", "stands twice"),
  ])
  func refused(_ content: String, _ words: String) throws {
    let scratch = try TemporaryFolder()
    let text =
      content.hasPrefix("@")
      ? "{\"schema\": \"mplug-eval/baseline/1\", \"runs\": [\(Self.entry)]\(content.dropFirst())}"
      : content
    let path = try scratch.write("baseline.json", text)
    let error = #expect(throws: (any Error).self) { _ = try Baseline(path) }
    #expect(error.map { "\($0)" }?.contains(words) == true, "\(error.map { "\($0)" } ?? "")")
    #expect(error.map { "\($0)" }?.hasPrefix(path) == true)
  }

  @Test(arguments: [
    ("\"benchmark\": \"b\", ", "", "runs[1] has no \"benchmark\""),
    ("\"id\": \"1\"", "\"id\": 1", "runs[1] has no \"id\""),
    ("\"count\": 3,\n", "\"count\": 3.5,\n", "runs[1] has no \"count\""),
    (
      "{\"accuracy\": {\"value\": 1, \"count\": 3, \"signature\": \"x\"}}", "{}",
      "runs[1] has no \"metrics\""
    ),
    ("\"value\": 1", "\"value\": null", "runs[1].metrics.accuracy lacks a value"),
    ("\"value\": 1, ", "", "runs[1].metrics.accuracy lacks a value"),
    ("\"id\": \"1\"", "\"id\": \"1\", \"run\": 3", "runs[1].run is no path"),
    ("\"id\": \"1\"", "\"id\": \"2\"", "has b/s of m over r twice"),
  ])
  func refusedEntries(_ old: String, _ new: String, _ words: String) throws {
    let scratch = try TemporaryFolder()
    let changed = Self.entry.replacing(old, with: new)
    #expect(changed != Self.entry)
    let path = try scratch.write(
      "baseline.json",
      "{\"schema\": \"mplug-eval/baseline/1\", \"runs\": [\(Self.entry), \(changed)]}")
    let error = #expect(throws: EvaluationError.self) { _ = try Baseline(path) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }
}
