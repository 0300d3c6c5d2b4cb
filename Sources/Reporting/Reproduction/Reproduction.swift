import Datasets
import Evaluation
import Records

/// The paper's tables with our numbers beside the paper's: the difference, or why a cell is empty.
package struct Reproduction: Sendable {
  /// One table.
  package struct Layout: Sendable {
    /// The heading.
    package let title: String
    /// Titles of the columns.
    package let columns: [String]
    /// The rows.
    package let rows: [Row]
  }

  /// One model of a table.
  package struct Row: Sendable {
    /// The model as the paper calls it.
    package let model: String
    /// The numbers of each column.
    package let columns: [[Cell]]
  }

  /// One number of the paper's tables.
  package struct Cell: Sendable {
    /// The task under which the paper has it.
    package let family: TaskFamily
    /// The benchmark.
    package let card: BenchmarkCard
    /// The split.
    package let split: String
    /// The metric.
    package let metric: String
    /// What tells it from another number of split and metric, such as `cross-entropy`.
    package let label: String?
    /// The paper's value as printed, percent or the metric times 100; nil where it prints none.
    package let paper: String?
    /// Ours.
    package let ours: Ours?
    /// Why there is no number of ours, or of the paper; empty where there are both.
    package let reasons: [MissingReason]
    /// What would fill it; nil where it is full, or nothing would.
    package let command: String?
  }

  /// A number of ours.
  package struct Ours: Sendable {
    /// Value and interval.
    package let value: Leaderboard.Value
    /// The value in points, as tables show it: percent, or the metric times 100.
    package let points: Double
    /// The ends of the interval in points.
    package let interval: (low: Double, high: Double)?
    /// The run's folder.
    package let path: String
    /// The run's id.
    package let id: String
    /// How many samples it stands on.
    package let count: Int
  }

  /// The paper.
  package let title: String
  /// The tables in the paper's order.
  package let tables: [Layout]
  /// What a reader must know: the source of the paper's values, and which runs fill no cell.
  package let notes: [String]
}

extension Reproduction.Cell {
  /// Ours minus the paper's in points; nil where one is missing.
  package var difference: Double? {
    guard let ours, let paper = paper.flatMap(Double.init) else { return nil }
    return ours.points - paper
  }

  /// Whether the paper's value lies in our interval; nil where one is missing.
  package var isInInterval: Bool? {
    guard let interval = ours?.interval, let paper = paper.flatMap(Double.init) else { return nil }
    return interval.low <= paper && paper <= interval.high
  }
}
