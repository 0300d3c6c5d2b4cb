import Records

extension Leaderboard {
  /// `{"sections": [{"benchmark", "split", "task", "primary", "rows": [{"model", "metrics", …}]}]}`,
  /// and `summary` where there are several benchmarks.
  package var json: JSONValue {
    [
      "sections": .array(sections.map(\.json)),
      "summary": summary.map(\.json) ?? .null,
    ]
  }
}

extension Leaderboard.Section {
  var json: JSONValue {
    [
      "benchmark": .string(benchmark), "task": .string(family.rawValue), "split": .string(split),
      "title": .string(title),
      "references": references.map { .string($0) } ?? .null,
      "primary": .string(primary), "notes": .strings(notes),
      "rows": .array(rows.map(\.json)),
    ]
  }
}

extension Leaderboard.Row {
  var json: JSONValue {
    var object = JSONObject([
      ("model", .string(model)), ("weights", weights.map { .string($0) } ?? .null),
      ("metrics", .object(JSONObject(values.map { ($0.key, $0.value.json) }))),
    ])
    switch origin {
    case .run(let path, let id, let count, let expected):
      object["kind"] = "run"
      object["run"] = .string(path)
      object["id"] = .string(id)
      object["count"] = .int(count)
      object["expected"] = .int(expected)
    case .published(let source, let `protocol`, let isVerified):
      object["kind"] = "published"
      object["source"] = .string(source)
      object["protocol"] = .string(`protocol`)
      object["verified"] = .bool(isVerified)
    }
    return .object(object)
  }
}

extension Leaderboard.Value {
  var json: JSONValue {
    [
      "ci95": interval.map { [.double($0.low), .double($0.high)] } ?? .null,
      "shown": .string(text), "signature": signature.map { .string($0) } ?? .null,
      "value": .double(official),
    ]
  }
}
