import Records

extension Leaderboard {
  /// One table a section.
  package var tables: [Table] { sections.map(\.table) }

  /// `{"sections": [{"benchmark", "split", "primary", "rows": [{"model", "metrics", …}]}]}`.
  package var json: JSONValue {
    ["sections": .array(sections.map(\.json))]
  }
}

extension Leaderboard.Section {
  fileprivate var table: Table {
    let hasInterval = rows.contains { $0.values[primary]?.interval != nil }
    var columns = [Table.Column("model")]
    columns += metrics.map { Table.Column(Self.heading($0), isNumeric: true) }
    if hasInterval {
      columns.append(Table.Column("\(Self.heading(primary)) 95% CI", isNumeric: true))
    }
    columns.append(Table.Column("n", isNumeric: true))
    columns.append(Table.Column("origin"))
    let best = bestTexts
    return Table(
      title: title, columns: columns,
      rows: rows.map { row in
        var cells = [Table.Cell(row.model)]
        for metric in metrics {
          let text = row.values[metric]?.text ?? "-"
          cells.append(
            Table.Cell(text, isBest: row.origin.isWhole && best[metric]?.contains(text) == true))
        }
        if hasInterval {
          cells.append(Table.Cell(row.values[primary]?.intervalText ?? "-"))
        }
        return cells + row.origin.cells
      },
      notes: notes)
  }

  /// The best value of each metric as written, where more than one row has the metric.
  private var bestTexts: [String: Set<String>] {
    var best: [String: Set<String>] = [:]
    for metric in metrics {
      let values = rows.filter(\.origin.isWhole).compactMap { $0.values[metric] }
      let numbers = values.map(\.official)
      let goal = card.higherIsBetter(metric) ? numbers.max() : numbers.min()
      guard values.count > 1, let goal else { continue }
      best[metric] = Set(values.filter { $0.official == goal }.map(\.text))
    }
    return best
  }

  /// A metric's name as papers write it.
  private static func heading(_ metric: String) -> String {
    if metric.hasPrefix("Bleu_") { return "BLEU-" + metric.dropFirst("Bleu_".count) }
    if metric == "ROUGE_L" { return "ROUGE-L" }
    if metric == "r_mean" { return "R mean" }
    for (prefix, heading) in [("txt_r", "TR"), ("img_r", "IR"), ("vid_r", "VR")]
    where metric.hasPrefix(prefix) {
      let rest = metric.dropFirst(prefix.count)
      return rest == "_mean" ? "\(heading) mean" : "\(heading)@\(rest)"
    }
    if metric.hasPrefix("accuracy/") { return String(metric.dropFirst("accuracy/".count)) }
    return metric
  }

  fileprivate var json: JSONValue {
    [
      "benchmark": .string(benchmark), "split": .string(split), "title": .string(title),
      "references": references.map { .string($0) } ?? .null,
      "primary": .string(primary), "notes": .strings(notes),
      "rows": .array(rows.map(\.json)),
    ]
  }
}

extension Leaderboard.Row {
  fileprivate var json: JSONValue {
    var object = JSONObject([
      ("model", .string(model)),
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
  fileprivate var json: JSONValue {
    [
      "ci95": interval.map { [.double($0.low), .double($0.high)] } ?? .null,
      "shown": .string(text), "signature": signature.map { .string($0) } ?? .null,
      "value": .double(official),
    ]
  }
}

extension Leaderboard.Origin {
  fileprivate var cells: [Table.Cell] {
    switch self {
    case .run(_, let id, let count, let expected):
      [
        Table.Cell(count == expected ? "\(count)" : "n=\(count)/\(expected)"),
        Table.Cell("run \(id)"),
      ]
    case .published(let source, let `protocol`, let isVerified):
      ["-", Table.Cell("\(isVerified ? "" : "UNVERIFIED, ")\(source), \(`protocol`)")]
    }
  }
}
