import Evaluation
import Records

extension VerificationReport {
  /// For a program. Members are sorted on writing; what a check has no value for is null.
  ///
  /// ```
  /// {"schema": "mplug-eval/verify/1", "folder": …, "weights": …, "isa": …, "threads": N,
  ///  "batch_size": N, "passed": true, "checked": N, "failed": N,
  ///  "tasks": {TASK: {"passed": true, "checks": [{"name": …, "passed": true, "count": N,
  ///    "kind": "numbers" | "identity" | "range" | "impossible", "max_absolute_error": …,
  ///    "max_relative_error": …, "limit": …, "differing": N, "lowest": …, "highest": …,
  ///    "reason": … or null}]}}}
  /// ```
  package var json: JSONValue {
    [
      "schema": "mplug-eval/verify/1", "folder": .string(folder), "weights": .string(weights),
      "isa": .string(instructionSet), "threads": .int(threads), "batch_size": .int(batchSize),
      "passed": .bool(failures.isEmpty), "checked": .int(checks.count),
      "failed": .int(failures.count),
      "tasks": .object(
        JSONObject(
          tasks.map { task in
            let own = checks.filter { $0.task == task }
            return (
              task,
              [
                "passed": .bool(own.allSatisfy(\.passed)), "checks": .array(own.map(\.json)),
              ]
            )
          })),
    ]
  }

  /// For a person: a table for each task, and a line of counts.
  package var text: String {
    let tables = tasks.map { task in
      Table(
        title: task,
        columns: [
          .init("what"), .init("values", isNumeric: true), .init("max error", isNumeric: true),
          .init("relative", isNumeric: true), .init("limit", isNumeric: true), .init("result"),
        ],
        rows: checks.filter { $0.task == task }.map(\.row))
    }
    return TableFormat.text.render(tables) + "\n" + "\(weights): \(summary)".withoutControls + "\n"
  }
}

extension VerificationCheck {
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(name)), ("passed", .bool(passed)),
      ("reason", complaint.map { .string($0) } ?? .null), ("count", .null),
      ("max_absolute_error", .null), ("max_relative_error", .null), ("limit", .null),
      ("differing", .null), ("lowest", .null), ("highest", .null),
    ]
    func set(_ name: String, _ value: JSONValue) {
      members = members.map { $0.0 == name ? (name, value) : $0 }
    }
    let kind: String
    switch outcome {
    case .numbers(let count, let absolute, let relative, let limit):
      kind = "numbers"
      set("count", .int(count))
      set("max_absolute_error", .double(absolute))
      set("max_relative_error", .double(relative))
      set("limit", .double(limit))
    case .identity(let count, let differing):
      kind = "identity"
      set("count", .int(count))
      set("differing", .int(differing))
    case .range(_, let allowed):
      kind = "range"
      set("count", .int(1))
      set("lowest", .double(allowed.lowerBound))
      set("highest", .double(allowed.upperBound))
    case .impossible: kind = "impossible"
    }
    return .object(JSONObject(members + [("kind", .string(kind))]))
  }

  fileprivate var row: [Table.Cell] {
    let verdict = Table.Cell(passed ? "pass" : "FAIL: \((complaint ?? "").withoutControls)")
    let name = Table.Cell(name.withoutControls)
    switch outcome {
    case .numbers(let count, let absolute, let relative, let limit):
      return [
        name, Table.Cell("\(count)"), Table.Cell(Self.short(absolute)),
        Table.Cell(Self.short(relative)), Table.Cell(Self.short(limit)), verdict,
      ]
    case .identity(let count, _):
      return [name, Table.Cell("\(count)"), "", "", "identical", verdict]
    case .range(_, let allowed):
      let isOne = allowed.lowerBound == allowed.upperBound
      return [name, "1", "", "", isOne ? "identical" : "by ties", verdict]
    case .impossible: return [name, "", "", "", "", verdict]
    }
  }

  /// Two digits and an exponent.
  private static func short(_ number: Double) -> String {
    guard number > 0, number.isFinite else { return "0" }
    var exponent = 0
    var mantissa = number
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    var tenths = Int((mantissa * 10).rounded())
    if tenths == 100 { (tenths, exponent) = (10, exponent + 1) }
    return "\(tenths / 10).\(tenths % 10)e\(exponent)"
  }
}
