import Evaluation
import Foundation
import Metrics
import Records

/// Runs beside their baseline, as tables and as JSON.
package struct ComparisonReport: Sendable {
  /// One for each run after the first.
  package let comparisons: [RunComparison]

  /// A report on comparisons with one baseline.
  package init(_ comparisons: [RunComparison]) { self.comparisons = comparisons }

  /// For each run a table of its scores, and one for each division of the set into groups.
  package var tables: [Table] { comparisons.flatMap(\.tables) }
}

extension RunComparison {
  /// The run and its baseline, with the samples that the numbers stand on.
  fileprivate var title: String {
    "\(run.model) (run \(run.id)) against \(baseline.model) (run \(baseline.id)) on "
      + "\(run.benchmark)/\(run.split), n=\(count)"
      + (clusters < count ? " in \(clusters) clusters" : "")
  }

  fileprivate var tables: [Table] { [scoreTable] + groupTables }

  private var scoreTable: Table {
    Table(
      title: title,
      columns: [
        Table.Column("metric"), Table.Column("baseline", isNumeric: true),
        Table.Column("run", isNumeric: true), Table.Column("difference", isNumeric: true),
        Table.Column("95% CI", isNumeric: true), Table.Column("p", isNumeric: true),
        Table.Column("better", isNumeric: true), Table.Column("worse", isNumeric: true),
        Table.Column("same", isNumeric: true), Table.Column("verdict"),
      ],
      rows: scores.map(\.cells), notes: [""] + notes + methods)
  }

  /// How intervals and p values were made, a line each.
  private var methods: [String] {
    var lines: [String] = []
    if scores.contains(where: { $0.interval != nil }) {
      lines.append(
        "95% CI of the difference: paired bootstrap over clusters, "
          + "\(settings.bootstrap.resamples) resamples, seed \(settings.bootstrap.seed).")
    }
    let tested = scores.filter { $0.test != nil }
    for test in [ScoreComparison.Test.approximateRandomization, .exactMcNemar] {
      let names = tested.filter { $0.test == test }.map(\.name)
      guard !names.isEmpty else { continue }
      let whose = names.count == tested.count ? "p" : "p of \(names.joined(separator: ", "))"
      lines.append("\(whose): \(method(of: test)), two-sided.")
    }
    if scores.count(where: { $0.pValue != nil }) > 1 {
      lines.append("p values are not corrected for how many there are.")
    }
    return lines
  }

  private func method(of test: ScoreComparison.Test) -> String {
    switch test {
    case .exactMcNemar: "exact McNemar"
    case .approximateRandomization:
      "approximate randomization over clusters, \(settings.randomization?.trials ?? 0) trials"
    }
  }

  private var groupTables: [Table] {
    groups.map(\.kind).uniqued().map { kind in
      Table(
        title: "\(run.model) against \(baseline.model) by \(kind)",
        columns: [
          Table.Column("group"), Table.Column("metric"), Table.Column("n", isNumeric: true),
          Table.Column("baseline", isNumeric: true), Table.Column("run", isNumeric: true),
          Table.Column("difference", isNumeric: true),
        ],
        rows: groups.filter { $0.kind == kind }.map(\.cells))
    }
  }
}

extension ScoreComparison {
  fileprivate var cells: [Table.Cell] {
    let number = ScoreNumber(of: metric)
    let numbers = [
      number.text(baseline), number.text(value), number.difference(difference),
      interval.map { number.differenceInterval($0.lower, $0.upper) } ?? "-",
      pValue.map(ScoreNumber.pValue) ?? "-",
    ]
    let places = counts.map { ["\($0.better)", "\($0.worse)", "\($0.same)"] } ?? ["-", "-", "-"]
    return ([name] + numbers + places + [outcome?.rawValue ?? "-"]).map { Table.Cell($0) }
  }
}

extension GroupComparison {
  fileprivate var cells: [Table.Cell] {
    let number = ScoreNumber(of: metric)
    return [
      name, score, "\(count)", number.text(baseline), number.text(value),
      number.difference(difference),
    ].map { Table.Cell($0) }
  }
}
