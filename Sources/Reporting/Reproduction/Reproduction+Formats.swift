import Datasets
import Foundation

extension Reproduction {
  /// The tables as the paper prints them, then every number on a line of its own.
  package var overviewAndNumbers: [Table] { tables.map(\.overview) + numbers }

  /// A line for each number, task by task.
  package var numbers: [Table] {
    let cells = tables.flatMap(\.cells)
    let families = TaskFamily.allCases.filter { family in
      cells.contains { $0.cell.family == family }
    }
    return families.map { family in
      Table(
        title: family.title,
        columns: [Table.Column("model"), Table.Column("benchmark"), Table.Column("metric")]
          + ["paper", "ours", "95% CI", "difference"].map { Table.Column($0, isNumeric: true) }
          + [Table.Column("paper in CI"), Table.Column("remark")],
        rows: cells.filter { $0.cell.family == family }.map { $0.cell.line(model: $0.model) },
        notes: family == families.last ? notes : [])
    }
  }
}

extension Reproduction.Layout {
  /// Three lines a model: the paper's, ours, the difference.
  fileprivate var overview: Table {
    Table(
      title: title,
      columns: [Table.Column("model"), Table.Column("value")]
        + columns.map { Table.Column($0, isNumeric: true) },
      rows: rows.flatMap { row in
        [
          row.line("paper") { $0.paper },
          row.line("ours") { $0.ours?.value.text },
          row.line("difference") { $0.differenceText },
        ]
      })
  }
}

extension Reproduction.Row {
  fileprivate func line(
    _ value: String, _ text: (Reproduction.Cell) -> String?
  ) -> [Table.Cell] {
    [Table.Cell(model), Table.Cell(value)]
      + columns.map { cells in
        Table.Cell(cells.map { text($0) ?? "-" }.joined(separator: "/"))
      }
  }
}

extension Reproduction.Cell {
  /// The metric as papers write it, and what tells the number from others of the same metric.
  fileprivate var metricText: String {
    Leaderboard.Section.heading(metric) + (label.map { " (\($0))" } ?? "")
  }

  /// In points with a sign; `0.00` where it rounds to nothing.
  fileprivate var differenceText: String? {
    difference.map { difference in
      let text = String(format: "%+.2f", difference)
      return text.contains { ("1"..."9").contains($0) } ? text : "0.00"
    }
  }

  fileprivate var remark: String {
    let reasons = reasons.map(\.text).joined(separator: "; ")
    let what = ours.map { "run \($0.id)" + (reasons.isEmpty ? "" : "; \(reasons)") } ?? reasons
    return what + (command.map { ": `\($0)`" } ?? "")
  }

  fileprivate func line(model: String) -> [Table.Cell] {
    [
      Table.Cell(model), Table.Cell("\(card.name)/\(split)"), Table.Cell(metricText),
      Table.Cell(paper ?? "-"), Table.Cell(ours?.value.text ?? "-"),
      Table.Cell(ours?.value.intervalText ?? "-"), Table.Cell(differenceText ?? "-"),
      Table.Cell(isInInterval.map { $0 ? "yes" : "no" } ?? "-"), Table.Cell(remark),
    ]
  }
}
