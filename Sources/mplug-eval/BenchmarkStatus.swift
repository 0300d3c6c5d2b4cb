import Datasets
import Models
import Records
import Reporting

/// What can be done with a benchmark today: score a file, run a model, hold it against the paper.
struct BenchmarkStatus {
  let card: BenchmarkCard
  let family: TaskFamily
  /// The presets that have settings for its task; that of the mini world for embedded ones alone.
  let models: [String]
  /// The published checkpoints that were tuned for it, or serve it as the paper's did.
  let checkpoints: [(model: String, address: String)]
  /// The paper's values.
  let paper: [PaperValue]

  /// A number of the paper.
  struct PaperValue {
    let split: String
    let metric: String
    let variant: String
    let `protocol`: String
    let text: String
  }

  /// Of every benchmark, in the paper's order of tasks.
  ///
  /// - Throws: `DatasetError`, `ModelError` if an embedded file cannot be read, which a test rules out.
  static func all() throws -> [BenchmarkStatus] {
    let cards = try BenchmarkRegistry.all()
    let presets = try ModelRegistry.cards()
    let tables = try PaperTables.embedded()
    let statuses = try cards.map { try BenchmarkStatus($0, among: cards, presets, tables) }
    return TaskFamily.allCases.flatMap { family in statuses.filter { $0.family == family } }
  }

  private init(
    _ card: BenchmarkCard, among cards: [BenchmarkCard], _ presets: [ModelCard],
    _ tables: PaperTables
  ) throws {
    let family = TaskFamily(of: card, among: cards)
    let column = tables.tables.flatMap(\.columns).first { $0.benchmark == card.name }
    let serving = column?.tunedOn ?? [card.name]
    self.card = card
    self.family = family
    models = presets.filter { preset in
      (card.embedded == true || !preset.isEmbedded)
        && preset.protocols.contains { $0.task.rawValue == family.rawValue }
    }.map(\.name)
    // The paper's numbers on clips are those of one size.
    let fitting = presets.filter { column?.names?.contains($0.name) ?? true }
    checkpoints = fitting.flatMap { preset in
      preset.published.filter { serving.contains($0.tunedOn) }
        .map { (preset.name, $0.address) }
    }
    let rows = try PublishedResults.of(benchmark: card.name)?.rows ?? []
    paper = rows.filter { $0.source == tables.source && $0.isVerified }.flatMap { row in
      row.values.sorted { $0.key > $1.key }.map { metric, text in
        PaperValue(
          split: row.split, metric: metric, variant: row.variant ?? row.model,
          protocol: row.protocol, text: text)
      }
    }
  }

  /// The splits whose answers only the server has.
  private var hidden: [String] { card.splits.filter { $0.answers == .hidden }.map(\.name) }

  private var scored: String {
    let open = card.splits.filter { $0.answers == .public }.map(\.name).joined(separator: ", ")
    return hidden.isEmpty ? open : "\(open); submission: \(hidden.joined(separator: ", "))"
  }

  /// `test-dev: Base 79.79, Large 81.27`
  private var paperText: String {
    guard !paper.isEmpty else { return "-" }
    return paper.map(\.split).uniqued().map { split in
      let here = paper.filter { $0.split == split }
      let models = here.map(\.variant).uniqued().map { variant in
        let values = here.filter { $0.variant == variant }.map(\.text).joined(separator: "/")
        return variant == "size not stated" ? values : "\(variant) \(values)"
      }
      return "\(split): \(models.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  private var statusText: String {
    if card.embedded == true { return "embedded: `make eval`" }
    guard !checkpoints.isEmpty else { return "needs a checkpoint of yours, tuned for it" }
    return "checkpoint published: " + checkpoints.map(\.model).uniqued().joined(separator: ", ")
  }

  /// The members of the benchmark in JSON that say so.
  var members: [(String, JSONValue)] {
    [
      ("run", ["task": .string(family.rawValue), "models": .strings(models)]),
      (
        "checkpoints",
        .array(
          checkpoints.map { ["model": .string($0.model), "published_at": .string($0.address)] })
      ),
      (
        "paper",
        .array(
          paper.map {
            [
              "split": .string($0.split), "metric": .string($0.metric),
              "model": .string($0.variant), "protocol": .string($0.protocol),
              "value": .string($0.text),
            ]
          })
      ),
    ]
  }

  /// One line a benchmark: what is scored, what runs, the paper's values, what is missing.
  static func table(titled: Bool) throws -> Table {
    Table(
      title: titled ? "Status" : "",
      columns: ["benchmark", "task", "score", "run", "paper's values", "status"].map {
        Table.Column($0)
      },
      rows: try all().map { status in
        [
          status.card.name, status.family.rawValue, status.scored,
          status.models.joined(separator: ", "), status.paperText, status.statusText,
        ].map { Table.Cell($0) }
      })
  }
}
