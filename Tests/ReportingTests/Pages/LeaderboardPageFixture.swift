import Evaluation
import Foundation
import Records
import Reporting
import TestSupport

/// A results folder with records made by hand, for tests of the leaderboard's page.
struct LeaderboardPageFixture {
  let scratch: TemporaryFolder

  /// Two runs of `ours` one after the other, one each of a better, of a partial and of an untrained
  /// model, and a caption run of `ours`; the better one alone has a page.
  init() throws {
    scratch = try TemporaryFolder()
    try add("ours", accuracy: 61.5, day: 1)
    try add("ours", accuracy: 64.25, day: 3)
    try add("better <b>&", accuracy: 71, day: 5, folder: "better #1 %", hasPage: true)
    try add("partial", accuracy: 90, day: 6, count: 60)
    try add("mini", accuracy: 12.5, day: 7, weights: "untrained")
    try add(
      "ours", accuracy: 0.75, day: 4, benchmark: "mini-coco-caption", split: "test",
      metric: "CIDEr", task: "caption")
  }

  private func add(
    _ model: String, accuracy: Double, day: Int, count: Int = 120, folder: String? = nil,
    weights: String? = nil, benchmark: String = "mini-vqav2", split: String = "val",
    metric: String = "accuracy", task: String = "vqa", hasPage: Bool = false
  ) throws {
    var record = RunPageFixture.record(
      model: model, count: count,
      metrics: [
        RunRecord.Metric(
          name: metric, value: accuracy, unrounded: accuracy,
          interval: (accuracy * 0.9, accuracy * 1.1), count: count, signature: "\(metric)|v:0.1.0")
      ], weights: weights)
    record.benchmark = benchmark
    record.split = split
    record.task = task
    record.id = "00000000000\(day)"
    if case .object(var provenance) = record.provenance {
      provenance["finished"] = .string("2026-11-0\(day)T12:00:00.000Z")
      record.provenance = .object(provenance)
    }
    let place = "runs/\(folder ?? model)/\(benchmark)-\(split)/\(record.id)"
    try scratch.write("\(place)/run.json", try record.json.text())
    if hasPage { try scratch.write("\(place)/report.html", "a page") }
  }

  /// The page as it lies in a folder; in that of the results without one.
  func page(in folder: String? = nil, published: Leaderboard.Published = .none) throws -> [UInt8] {
    let runs = try RunFolders.all(under: scratch("runs"))
    let leaderboard = try Leaderboard(runs: runs, published: published)
    return LeaderboardPage(leaderboard, runs: runs, in: folder ?? scratch("runs")).html
  }
}
