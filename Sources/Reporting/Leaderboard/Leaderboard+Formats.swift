extension Leaderboard {
  /// The summary, then one table a section under the heading of its task.
  package var tables: [Table] { (summary.map { [$0.table] } ?? []) + sectionTables }

  /// One table a section, for formats that are read by programs: a summary says nothing new.
  package var sectionTables: [Table] { sections.map(\.table) }
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
      title: title, group: family.title, columns: columns,
      rows: rows.map { row in
        var cells = [Table.Cell(row.shownModel)]
        for metric in metrics {
          let text = row.values[metric]?.text ?? "-"
          cells.append(
            Table.Cell(text, isBest: row.mayBeBest && best[metric]?.contains(text) == true))
        }
        if hasInterval {
          cells.append(Table.Cell(row.values[primary]?.intervalText ?? "-"))
        }
        return cells + row.origin.cells
      },
      notes: notes)
  }

  /// The best value of each metric as written, where more than one row has the metric.
  var bestTexts: [String: Set<String>] {
    var best: [String: Set<String>] = [:]
    for metric in metrics {
      let values = rows.filter(\.mayBeBest).compactMap { $0.values[metric] }
      let numbers = values.map(\.official)
      let goal = card.higherIsBetter(metric) ? numbers.max() : numbers.min()
      guard values.count > 1, let goal else { continue }
      best[metric] = Set(values.filter { $0.official == goal }.map(\.text))
    }
    return best
  }

  /// A metric's name as papers write it.
  static func heading(_ metric: String) -> String {
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
