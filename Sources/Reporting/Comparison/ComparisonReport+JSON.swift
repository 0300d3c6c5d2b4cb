import Evaluation
import Metrics
import Records

extension ComparisonReport {
  /// `{"baseline": {…}, "benchmark", "split", "references", "comparisons": [{"run": {…}, "metrics":
  /// {name: {…}}, "groups": {…}, "notes": […]}], "methods": {…}}`.
  package var json: JSONValue {
    guard let first = comparisons.first else { return [:] }
    return [
      "baseline": first.baseline.identity(at: first.baselinePath),
      "benchmark": .string(first.baseline.benchmark),
      "comparisons": .array(comparisons.map(\.json)),
      "methods": first.settings.json,
      "references": .string(first.baseline.references),
      "split": .string(first.baseline.split),
    ]
  }
}

extension RunRecord {
  fileprivate func identity(at path: String) -> JSONValue {
    [
      "count": .int(count), "expected": .int(expected), "id": .string(id), "model": .string(model),
      "path": .string(path),
    ]
  }
}

extension RunComparison.Settings {
  fileprivate var json: JSONValue {
    [
      "intervals": bootstrap.record,
      "p": randomization.map {
        [
          "level": .double(level), "seed": .int(Int(truncatingIfNeeded: $0.seed)),
          "trials": .int($0.trials),
        ]
      } ?? .null,
    ]
  }
}

extension RunComparison {
  fileprivate var json: JSONValue {
    [
      "clusters": .int(clusters),
      "count": .int(count),
      "groups": groupsByKind,
      "metrics": .object(JSONObject(scores.map { ($0.name, $0.json) })),
      "notes": .strings(notes),
      "run": run.identity(at: runPath),
    ]
  }

  /// `{kind: {name: {"count": n, metric: {"baseline", "value", "difference"}}}}`.
  private var groupsByKind: JSONValue {
    var kinds: [String: [String: JSONObject]] = [:]
    for group in groups {
      var entry = kinds[group.kind]?[group.name] ?? JSONObject([("count", .int(group.count))])
      entry[group.score] = [
        "baseline": .double(group.baseline), "difference": .double(group.difference),
        "value": .double(group.value),
      ]
      kinds[group.kind, default: [:]][group.name] = entry
    }
    return .objects(kinds)
  }
}

extension ScoreComparison {
  fileprivate var json: JSONValue {
    [
      "baseline": .double(baseline),
      "better": counts.map { .int($0.better) } ?? .null,
      "ci95": interval.map { [.double($0.lower), .double($0.upper)] } ?? .null,
      "difference": .double(difference),
      "higher_is_better": metric.map { .bool($0.higherIsBetter) } ?? .null,
      "p": pValue.map { .double($0) } ?? .null,
      "same": counts.map { .int($0.same) } ?? .null,
      "test": test.map { .string($0.name) } ?? .null,
      "value": .double(value),
      "verdict": outcome.map { .string($0.rawValue) } ?? .null,
      "worse": counts.map { .int($0.worse) } ?? .null,
    ]
  }
}

extension ScoreComparison.Test {
  fileprivate var name: String {
    switch self {
    case .approximateRandomization: "approximate randomization"
    case .exactMcNemar: "exact McNemar"
    }
  }
}
