import Evaluation
import Foundation
import Records
import Reporting
import TestSupport

/// A results folder with run records of a test's making.
struct WrittenRuns {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes the `run.json` of a run with one number and an interval of one point on either side.
  func add(
    _ model: String, _ benchmark: String, _ split: String, _ metric: String, _ value: Double?,
    margin: Double = 0.01, count: Int = 100, expected: Int = 100, weights: String? = nil,
    status: RunRecord.Status? = nil, shortfall: String? = nil, configuration: String? = nil,
    finished: String = "2026-01-01T00:00:00.000Z"
  ) throws {
    var how = JSONObject([("predictions", "model")])
    if let weights { how["weights"] = .string(weights) }
    if let configuration { how["model"] = ["model": .string(configuration)] }
    let id = SHA256.hexDigest(of: Array("\(model) \(benchmark) \(split) \(finished)".utf8))
    let number = value.map {
      RunRecord.Metric(
        name: metric, value: $0, unrounded: $0, interval: ($0 - margin, $0 + margin), count: count,
        signature: "\(metric)|v:1")
    }
    let record = RunRecord(
      references: "\(split)@11111111",
      status: status ?? (count == expected ? .complete : .partial), benchmark: benchmark,
      split: split, task: "any", model: model, id: String(id.prefix(12)), count: count,
      expected: expected, metrics: number.map { [$0] } ?? [], groups: [:],
      problems: shortfall.map { [Problem(code: "official_count", message: $0, count: 1)] } ?? [],
      protocol: .object(how), provenance: ["finished": .string(finished)])
    try folder.write(
      "\(model)/\(benchmark)-\(split)/\(String(id.prefix(12)))/run.json", try record.json.text())
  }

  /// Writes the `run.json` of a whole run with numbers of a name, a value and a signature.
  func add(
    _ model: String, _ benchmark: String, _ split: String,
    numbers: [(name: String, value: Double, signature: String)]
  ) throws {
    let record = RunRecord(
      references: "\(split)@11111111", status: .complete, benchmark: benchmark, split: split,
      task: "any", model: model, id: "0123456789ab", count: 100, expected: 100,
      metrics: numbers.map {
        RunRecord.Metric(
          name: $0.name, value: $0.value, unrounded: $0.value, interval: nil, count: 100,
          signature: $0.signature)
      }, groups: [:], problems: [], protocol: [:], provenance: [:])
    try folder.write("\(model)/\(benchmark)-\(split)/0/run.json", try record.json.text())
  }

  /// The runs, as the verbs find them.
  func found() throws -> [RunFolders.Found] { try RunFolders.all(under: folder.path) }

  /// The leaderboard of the runs.
  func leaderboard(_ published: Leaderboard.Published = .none) throws -> Leaderboard {
    try Leaderboard(runs: try found(), published: published)
  }
}
