import Datasets
import Records

extension Leaderboard {
  /// One row a model, one column a benchmark's ranking metric.
  package struct Summary: Sendable {
    /// A model; the same name with trained and with untrained weights is two.
    package struct Model: Sendable, Hashable {
      /// The name.
      package let name: String
      /// What is to be said of the weights, such as `untrained`.
      package let weights: String?
    }

    /// The columns: of each benchmark the split that has the most models, the first of equals.
    package let columns: [Section]
    /// The rows: those that a benchmark before the others has, in its order; models with a note on
    /// their weights last.
    package let models: [Model]

    /// Nil where there is one benchmark alone: its table says it all.
    init?(of sections: [Section]) {
      var columns: [Section] = []
      for section in sections where section.references != nil {
        let place = columns.firstIndex { $0.benchmark == section.benchmark }
        if let place {
          if columns[place].weight < section.weight {
            columns[place] = section
          }
        } else {
          columns.append(section)
        }
      }
      guard columns.count > 1 else { return nil }
      self.columns = columns
      let models = columns.flatMap { column in
        column.rowsOfRuns.map { Model(name: $0.model, weights: $0.weights) }
      }.uniqued()
      self.models = models.filter { $0.weights == nil } + models.filter { $0.weights != nil }
    }

    /// The row of a model in a column.
    package func row(of model: Model, in column: Section) -> Row? {
      column.rowsOfRuns.first { $0.model == model.name && $0.weights == model.weights }
    }
  }
}

extension Leaderboard.Section {
  /// The rows without published numbers.
  package var rowsOfRuns: [Leaderboard.Row] {
    rows.filter { if case .run = $0.origin { true } else { false } }
  }
}

extension Leaderboard.Summary {
  var table: Table {
    let best = columns.map { $0.bestTexts[$0.primary] ?? [] }
    return Table(
      title: "Summary",
      columns: [Table.Column("model")]
        + columns.map {
          Table.Column(
            "\($0.title) \(Leaderboard.Section.heading($0.primary))", isNumeric: true)
        },
      rows: models.map { model in
        [Table.Cell(Leaderboard.shown(model.name, weights: model.weights))]
          + zip(columns, best).map { column, best in
            guard let row = row(of: model, in: column) else { return "-" }
            return row.summaryCell(of: column.primary, best: best)
          }
      },
      notes: ["The ranking metric of each benchmark; intervals and the other metrics are below."]
        + Leaderboard.Section.weightsNotes(columns.flatMap(\.rowsOfRuns)))
  }

  var json: JSONValue {
    [
      "columns": .array(
        columns.map {
          [
            "benchmark": .string($0.benchmark), "split": .string($0.split),
            "metric": .string($0.primary), "task": .string($0.family.rawValue),
            "title": .string($0.title), "references": $0.references.map { .string($0) } ?? .null,
          ]
        }),
      "rows": .array(
        models.map { model in
          [
            "model": .string(model.name),
            "weights": model.weights.map { .string($0) } ?? .null,
            "values": .array(
              columns.map { row(of: model, in: $0)?.values[$0.primary]?.json ?? .null }),
          ]
        }),
    ]
  }
}

extension Leaderboard.Row {
  /// The value of the ranking metric; `(9/158)` behind that of a part of the set.
  fileprivate func summaryCell(of metric: String, best: Set<String>) -> Table.Cell {
    guard let value = values[metric] else { return "-" }
    guard case .run(_, _, let count, let expected) = origin, count < expected else {
      return Table.Cell(value.text, isBest: mayBeBest && best.contains(value.text))
    }
    return Table.Cell("\(value.text) (\(count)/\(expected))")
  }
}

extension Leaderboard.Section {
  /// What makes it the column of its benchmark: a set that is called as the split is before one that is
  /// called otherwise, such as its first samples; then more models.
  fileprivate var weight: (Int, Int) {
    let label = card.split(named: split).map { "\($0.label)@" }
    return (label.map { references?.hasPrefix($0) == true } == true ? 1 : 0, rowsOfRuns.count)
  }
}
