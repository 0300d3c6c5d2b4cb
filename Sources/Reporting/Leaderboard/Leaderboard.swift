import Datasets
import Records

/// Runs side by side, benchmark by benchmark, with published numbers where they are asked for.
package struct Leaderboard: Sendable {
  /// One benchmark and split.
  package struct Section: Sendable {
    /// The heading.
    package let title: String
    /// The task under which the paper has the benchmark.
    package let family: TaskFamily
    /// The benchmark.
    package let card: BenchmarkCard
    /// The split's name.
    package let split: String
    /// The reference set of the runs, as in signatures; nil in a section of published numbers.
    package let references: String?
    /// Metric names in the order of the columns.
    package let metrics: [String]
    /// The models, the best first.
    package let rows: [Row]
    /// What a reader must know, a line each.
    package let notes: [String]

    /// The benchmark's name.
    package var benchmark: String { card.name }
    /// The metric that ranks.
    package var primary: String { card.primary }
  }

  /// One model in a section.
  package struct Row: Sendable {
    /// The model's name.
    package let model: String
    /// What is to be said of its weights beside every number, such as `untrained`; nil for nothing.
    package let weights: String?
    /// Values by metric name.
    package let values: [String: Value]
    /// Where the numbers come from.
    package let origin: Origin
  }

  /// A number, how it is written, and what stands behind it.
  package struct Value: Sendable {
    /// On the official scorer's own scale.
    package let official: Double
    /// As tables show it: percent, or the metric times 100.
    package let text: String
    /// The 95 % interval on the official scale; nil for published numbers and small sets.
    package let interval: (low: Double, high: Double)?
    /// The interval as tables show it.
    package let intervalText: String?
    /// Nil for published numbers.
    package let signature: String?
  }

  /// Where a row comes from.
  package enum Origin: Sendable {
    /// A run folder; `count` of `expected` samples were scored.
    case run(path: String, id: String, count: Int, expected: Int)
    /// A published number.
    case published(source: String, protocol: String, isVerified: Bool)
  }

  /// Which published numbers to show.
  package enum Published: Sendable {
    case none
    /// Those that somebody read in their source.
    case verified
    /// Also those from memory, marked.
    case all
  }

  /// What is not shown, a line each: submissions without scores, benchmarks that nobody knows.
  package let omissions: [String]

  /// The sections: the paper's tasks in its order, and in each the benchmarks in the registry's
  /// order, published numbers of other data last.
  package let sections: [Section]

  /// Every model beside every benchmark; nil where there is one benchmark alone.
  package let summary: Summary?

  init(sections: [Section], omissions: [String]) {
    self.sections = sections
    self.omissions = omissions
    summary = Summary(of: sections)
  }
}

extension Leaderboard.Row {
  /// The model's name, with what must be said of its weights.
  package var shownModel: String { Leaderboard.shown(model, weights: weights) }

  /// Whether its numbers may be the best of their columns.
  package var mayBeBest: Bool { origin.isWhole && weights == nil }
}

extension Leaderboard {
  /// `mini (untrained weights)`
  static func shown(_ model: String, weights: String?) -> String {
    weights.map { "\(model) (\($0) weights)" } ?? model
  }
}
