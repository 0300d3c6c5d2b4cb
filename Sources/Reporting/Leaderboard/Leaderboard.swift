import Datasets
import Evaluation
import Foundation
import Metrics
import Records

/// Runs side by side, benchmark by benchmark, with published numbers where they are asked for.
package struct Leaderboard: Sendable {
  /// One benchmark and split.
  package struct Section: Sendable {
    package let title: String
    package let benchmark: String
    package let split: String
    /// The metric that ranks.
    package let primary: String
    /// Metric names in the order of the columns.
    package let metrics: [String]
    package let rows: [Row]
    package let notes: [String]
  }

  /// One model in a section.
  package struct Row: Sendable {
    package let model: String
    /// Values by metric name, on the scale of the tables.
    package let values: [String: Value]
    /// The 95 % interval of the primary metric, on the scale of the tables.
    package let interval: (low: Double, high: Double)?
    package let origin: Origin
  }

  /// A number and how it is written.
  package struct Value: Sendable {
    package let number: Double
    package let text: String
  }

  /// Where a row comes from.
  package enum Origin: Sendable {
    /// A run folder; `count` of `expected` samples were scored.
    case run(path: String, id: String, count: Int, expected: Int)
    /// A published number.
    case published(source: String, protocol: String, isVerified: Bool)

    /// Whether the number stands on the whole set and may be the best of its column.
    var isWhole: Bool {
      switch self {
      case .run(_, _, let count, let expected): count == expected
      case .published(_, _, let isVerified): isVerified
      }
    }
  }

  /// What is not shown, a line each: submissions without scores, benchmarks that nobody knows.
  package let omissions: [String]

  /// The sections in the order of the registry.
  package let sections: [Section]

  /// Which published numbers to show.
  package enum Published: Sendable {
    case none
    /// Those that somebody read in their source.
    case verified
    /// Also those from memory, marked.
    case all
  }

  /// Puts runs into sections; of several runs of one model on one split the newest counts.
  ///
  /// - Throws: `DatasetError` if a card cannot be read, which a test rules out.
  package init(runs: [RunFolders.Found], published: Published) throws {
    let cards = try BenchmarkRegistry.all()
    var sections: [Section] = []
    var related: [String] = []
    var omissions: [String] = []
    let scored = runs.filter { $0.record.status != .submission }
    if scored.count < runs.count {
      omissions.append(
        "\(runs.count - scored.count) submissions have no scores and are not shown")
    }
    let names = Set(scored.map { "\($0.record.benchmark)/\($0.record.split)" })
    for name in names.sorted(by: { Self.order($0, $1, cards) }) {
      let here = scored.filter { "\($0.record.benchmark)/\($0.record.split)" == name }
      guard let record = here.first?.record,
        let card = cards.first(where: { $0.name == record.benchmark })
      else {
        omissions.append(
          "\(here.count) runs of \(name) are not shown: this version has no such benchmark")
        continue
      }
      sections.append(try Self.section(card, split: record.split, here, published))
      let source = card.published ?? card.name
      if !related.contains(source) { related.append(source) }
    }
    if published != .none {
      for benchmark in related {
        sections += try Self.orientation(benchmark, beside: names, cards, published)
      }
    }
    self.sections = sections
    self.omissions = omissions
  }

  private static func order(_ first: String, _ second: String, _ cards: [BenchmarkCard]) -> Bool {
    func place(_ name: String) -> (Int, Int, String) {
      let parts = BenchmarkName(name)
      guard let card = cards.firstIndex(where: { $0.name == parts.benchmark }) else {
        return (cards.count, 0, name)
      }
      let split = cards[card].splits.firstIndex { $0.name == parts.split } ?? Int.max
      return (card, split, name)
    }
    return place(first) < place(second)
  }

  private static func section(
    _ card: BenchmarkCard, split: String, _ runs: [RunFolders.Found], _ published: Published
  ) throws -> Section {
    var newest: [String: RunFolders.Found] = [:]
    for run in runs {
      let other = newest[run.record.model]
      if other.map({ $0.record.finished < run.record.finished }) ?? true {
        newest[run.record.model] = run
      }
    }
    var rows = newest.values.map { Row(run: $0, primary: card.primary) }
    rows += try Self.publishedRows(of: card.name, published).filter { $0.split == split }
      .map(\.row)
    var notes: [String] = []
    if newest.count < runs.count {
      notes.append("\(runs.count - newest.count) older runs of the same models are not shown.")
    }
    let sets = Set(newest.values.compactMap { Self.referenceSet($0.record, card.primary) })
    if sets.count > 1 {
      notes.append(
        "Scored against different reference files (\(sets.sorted().joined(separator: ", "))): "
          + "these numbers do not compare.")
    }
    return Section(
      card: card, title: "\(card.title) \(split)", split: split, rows: rows, notes: notes)
  }

  /// What a run was scored against, as its signature says: `karpathy-test@1a2b3c4d`.
  private static func referenceSet(_ record: RunRecord, _ primary: String) -> String? {
    record.metric(primary)?.signature.split(separator: "|")
      .first { $0.hasPrefix("split:") }.map { String($0.dropFirst("split:".count)) }
  }

  /// Published numbers of the benchmark's other splits, or of the benchmark whose form an embedded
  /// set has: the reference project's own alone, since they compare with nothing beside them.
  private static func orientation(
    _ benchmark: String, beside names: Set<String>, _ cards: [BenchmarkCard],
    _ published: Published
  ) throws -> [Section] {
    guard let card = cards.first(where: { $0.name == benchmark }) else { return [] }
    let rows = try publishedRows(of: benchmark, published).filter { row in
      row.row.model.hasPrefix("mPLUG") && !names.contains("\(benchmark)/\(row.split)")
    }
    return card.splits.compactMap { split in
      let here = rows.filter { $0.split == split.name }
      guard !here.isEmpty else { return nil }
      return Section(
        card: card, title: "\(card.title) \(split.name), published", split: split.name,
        rows: here.map(\.row), notes: ["Another data set than above: for orientation only."])
    }
  }

  private static func publishedRows(
    of benchmark: String, _ published: Published
  ) throws -> [(split: String, row: Row)] {
    guard published != .none, let results = try PublishedResults.of(benchmark: benchmark) else {
      return []
    }
    return results.rows.filter { published == .all || $0.isVerified }
      .map { ($0.split, Row(published: $0)) }
  }
}

extension Leaderboard.Section {
  fileprivate init(
    card: BenchmarkCard, title: String, split: String, rows: [Leaderboard.Row], notes: [String]
  ) {
    let present = Set(rows.flatMap(\.values.keys))
    let known = MetricRegistry.all.flatMap { $0.card.produces }
    let order = known.filter(present.contains) + present.subtracting(known).sorted()
    func rank(_ row: Leaderboard.Row) -> (Double, String) {
      (-(row.values[card.primary]?.number ?? -.infinity), row.model)
    }
    self.init(
      title: title, benchmark: card.name, split: split, primary: card.primary, metrics: order,
      rows: rows.sorted { rank($0) < rank($1) }, notes: notes)
  }
}

extension Leaderboard.Row {
  fileprivate init(run: RunFolders.Found, primary: String) {
    let record = run.record
    model = record.model
    var values: [String: Leaderboard.Value] = [:]
    for metric in record.metrics {
      let number = metric.value * MetricRegistry.displayFactor(of: metric.name)
      values[metric.name] = Leaderboard.Value(number: number, text: Self.text(number))
    }
    self.values = values
    let factor = MetricRegistry.displayFactor(of: primary)
    interval = record.metric(primary)?.interval.map { ($0.low * factor, $0.high * factor) }
    origin = .run(path: run.path, id: record.id, count: record.count, expected: record.expected)
  }

  fileprivate init(published row: PublishedResults.Row) {
    model = row.name
    values = row.values.compactMapValues { text in
      Double(text).map { Leaderboard.Value(number: $0, text: text) }
    }
    interval = nil
    origin = .published(
      source: row.source, protocol: row.protocol, isVerified: row.isVerified)
  }

  static func text(_ number: Double) -> String {
    String(format: "%.2f", number)
  }
}

extension MetricRegistry {
  /// What a metric's values are multiplied by in tables; 1 for an unknown one.
  static func displayFactor(of name: String) -> Double {
    let base = name.split(separator: "/").first.map(String.init) ?? name
    return metric(named: name)?.card.displayFactor ?? metric(named: base)?.card.displayFactor ?? 1
  }
}
