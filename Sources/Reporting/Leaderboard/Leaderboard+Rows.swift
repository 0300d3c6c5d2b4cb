import Datasets
import Evaluation
import Foundation
import Metrics
import Records

extension Leaderboard.Section {
  /// Ranks rows by the primary metric, those on a part of the set last.
  init(
    card: BenchmarkCard, family: TaskFamily, title: String, split: String, references: String?,
    rows: [Leaderboard.Row], notes: [String]
  ) {
    let present = Set(rows.flatMap(\.values.keys))
    let known = card.knownScores
    let order = known.filter(present.contains) + present.subtracting(known).sorted()
    let sign = card.higherIsBetter(card.primary) ? -1.0 : 1.0
    func rank(_ row: Leaderboard.Row) -> (Int, Double, String) {
      let value = row.values[card.primary].map { sign * $0.official } ?? .infinity
      return (row.origin.isPartial ? 1 : 0, value, row.model)
    }
    self.init(
      title: title, family: family, card: card, split: split, references: references,
      metrics: order,
      rows: rows.sorted { rank($0) < rank($1) },
      notes: notes + Self.differingSignatures(rows, order) + Self.weightsNotes(rows))
  }

  /// A line for each kind of weights of which something must be said.
  static func weightsNotes(_ rows: [Leaderboard.Row]) -> [String] {
    let noted = Dictionary(grouping: rows.filter { $0.weights != nil }) { $0.weights ?? "" }
    return noted.sorted { $0.key < $1.key }.map { weights, rows in
      let models = Set(rows.map(\.model)).sorted().joined(separator: ", ")
      return "\(weights.prefix(1).uppercased())\(weights.dropFirst()) weights, never the best of a "
        + "column: \(models)."
    }
  }

  /// A line for metrics whose runs were not measured in the same way; those that differ alike share it.
  private static func differingSignatures(
    _ rows: [Leaderboard.Row], _ metrics: [String]
  ) -> [String] {
    let differing = metrics.compactMap { metric in
      let ways = Set(rows.compactMap { $0.values[metric]?.signature.map(way) }).sorted()
      return ways.count > 1 ? (metric: metric, ways: ways) : nil
    }
    return differing.map(\.ways).uniqued().map { ways in
      let names = differing.filter { $0.ways == ways }.map(\.metric)
      let verb = names.count == 1 ? "was" : "were"
      return "\(names.joined(separator: ", ")) \(verb) not measured in one way: "
        + ways.joined(separator: "; ")
    }
  }

  /// A signature without how many samples it stands on, which the table shows.
  private static func way(_ signature: String) -> String {
    let fields = signature.split(separator: "|")
    guard let split = fields.firstIndex(where: { $0.hasPrefix("split:") }),
      fields.indices.contains(split + 1)
    else { return signature }
    return (fields[...split] + fields[(split + 2)...]).joined(separator: "|")
  }
}

extension Leaderboard.Row {
  init(run: RunFolders.Found, of card: BenchmarkCard) {
    let record = run.record
    model = record.model
    weights = record.weightsNote
    values = Dictionary(
      record.metrics.map { ($0.name, Leaderboard.Value($0, of: card)) },
      uniquingKeysWith: { first, _ in first })
    origin = .run(path: run.path, id: record.id, count: record.count, expected: record.expected)
  }

  init(published row: PublishedResults.Row, of card: BenchmarkCard) {
    model = row.name
    weights = nil
    var values: [String: Leaderboard.Value] = [:]
    for (name, text) in row.values {
      values[name] = Double(text).map {
        Leaderboard.Value(published: text, $0, factor: card.displayFactor(of: name))
      }
    }
    self.values = values
    origin = .published(
      source: row.source, protocol: row.protocol, isVerified: row.isVerified)
  }
}

extension Leaderboard.Value {
  init(_ metric: RunRecord.Metric, of card: BenchmarkCard) {
    let factor = card.displayFactor(of: metric.name)
    func shown(_ value: Double) -> String { String(format: "%.2f", value * factor) }
    official = metric.value
    text = shown(metric.value)
    interval = metric.interval
    intervalText = metric.interval.map { "\(shown($0.low)) to \(shown($0.high))" }
    signature = metric.signature
  }

  /// A number as its source prints it: percent, or the metric times 100.
  fileprivate init(published text: String, _ number: Double, factor: Double) {
    official = number / factor
    self.text = text
    interval = nil
    intervalText = nil
    signature = nil
  }
}

extension Leaderboard.Origin {
  /// Whether the number stands on the whole set and may be the best of its column.
  var isWhole: Bool {
    switch self {
    case .run(_, _, let count, let expected): count == expected
    case .published(_, _, let isVerified): isVerified
    }
  }

  /// Whether samples are missing.
  var isPartial: Bool {
    if case .run(_, _, let count, let expected) = self { count < expected } else { false }
  }
}

extension BenchmarkCard {
  /// What a metric's values are multiplied by in tables.
  func displayFactor(of score: String) -> Double {
    metricCard(ofScore: score)?.displayFactor ?? 1
  }

  /// Whether a greater value is a better one.
  func higherIsBetter(_ score: String) -> Bool {
    metricCard(ofScore: score)?.higherIsBetter ?? true
  }

  /// The names of the task's scores in the order of the registry.
  var knownScores: [String] {
    MetricRegistry.all.filter { $0.card.task == task.rawValue }
      .flatMap { $0.card.produces }.uniqued()
  }
}
