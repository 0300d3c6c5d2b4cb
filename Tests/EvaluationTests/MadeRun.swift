import Evaluation
import Foundation
import Records
import TestSupport

/// A run folder made by hand, as `score --output` would write it.
struct MadeRun {
  var benchmark = "mini-vqav2"
  var split = "val"
  var task = "vqa"
  var model = "a"
  var id = "00000000000a"
  var references = "val@11111111"
  var status = "complete"
  var finished = "2026-01-01T00:00:00.000Z"
  /// By which the set is greater than what was scored.
  var missing = 0
  /// One sample a line, as it stands in `samples.jsonl`.
  var lines: [String] = []
  var metrics: [Metric] = []
  var groups: JSONValue = [:]
  /// The digest of what the model said; nil where the record has none.
  var predictions: String?

  struct Metric {
    let name: String
    let value: Double
    var count: Int
    var way = "norm:x"
    var version = "0.1.0"
    var interval: (Double, Double)?
  }

  /// A run with one mean: its samples' scores, ids from 1, each its own cluster unless told.
  init(
    _ scores: [Double], named name: String = "soft_accuracy", factor: Double = 1,
    clusters: [Int]? = nil, ids: [SampleID]? = nil, halfWidth: Double? = nil
  ) {
    for (index, score) in scores.enumerated() {
      let id = ids?[index] ?? .int(index + 1)
      let text = if case .string(let text) = id { "\"\(text)\"" } else { "\(id)" }
      lines.append(
        #"{"cluster":\#(clusters?[index] ?? index),"id":\#(text),"prediction":"x","#
          + #""scores":{"\#(name)":\#(score)}}"#)
    }
    let mean = scores.reduce(0, +) / Double(scores.count) * factor
    metrics = [
      Metric(
        name: name, value: mean, count: scores.count,
        interval: halfWidth.map { (mean - $0, mean + $0) })
    ]
  }

  /// The same run with a digest of predictions.
  func saying(_ digest: String) -> MadeRun {
    var copy = self
    copy.predictions = digest
    return copy
  }

  /// Writes the folder and gives its path.
  @discardableResult
  func write(_ scratch: TemporaryFolder, _ name: String) throws -> String {
    let count = lines.count
    var record: JSONValue = [
      "schema": "mplug-eval/run/1", "references": .string(references), "status": .string(status),
      "benchmark": .string(benchmark), "split": .string(split), "task": .string(task),
      "model": .string(model), "id": .string(id), "count": .int(count),
      "expected": .int(count + missing), "groups": groups,
      "metrics": .object(
        JSONObject(
          metrics.map { metric in
            let size = missing > 0 ? "partial:\(count)/\(count + missing)" : "n:\(count)"
            return (
              metric.name,
              [
                "ci95": metric.interval.map { [.double($0.0), .double($0.1)] } ?? .null,
                "count": .int(metric.count), "value": .double(metric.value),
                "unrounded": .double(metric.value),
                "signature": .string(
                  "\(metric.name)|\(metric.way)|split:\(references)|\(size)|v:\(metric.version)"),
              ]
            )
          })),
      "provenance": ["finished": .string(finished)],
    ]
    if let predictions, var object = record.object {
      object["predictions"] = .string(predictions)
      record = .object(object)
    }
    try scratch.write("\(name)/run.json", try record.text())
    try scratch.write("\(name)/samples.jsonl", lines.map { $0 + "\n" }.joined())
    return scratch(name)
  }

  /// Writes the folder and reads it back.
  func stored(_ scratch: TemporaryFolder, _ name: String) throws -> StoredRun {
    try StoredRun(try RunFolders.one(at: try write(scratch, name)))
  }
}
