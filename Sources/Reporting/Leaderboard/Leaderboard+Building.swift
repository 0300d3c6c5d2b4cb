import Datasets
import Evaluation
import Records

extension Leaderboard {
  /// Puts runs into sections, one for each reference set: numbers on different references are not
  /// ranked against each other. Of several runs of one model a complete one counts before a partial
  /// one, then one with trained weights, then one with the ranking metric, then the newest. Published
  /// numbers stand in the table of runs on the official set alone; beside a part of it, or beside an
  /// embedded set of that form, they are shown apart.
  ///
  /// - Throws: `DatasetError` if a card cannot be read, which a test rules out.
  package init(runs: [RunFolders.Found], published: Published) throws {
    let cards = try BenchmarkRegistry.all()
    var omissions: [String] = []
    let scored = runs.filter { $0.record.status != .submission }
    if scored.count < runs.count {
      omissions.append(
        "\(runs.count - scored.count) submissions have no scores and are not shown")
    }
    var sections: [Section] = []
    var related: [String] = []
    let sets = Set(scored.map { ReferenceKey($0.record) })
    var official = sets
    for set in sets.sorted(by: { $0.place(in: cards) < $1.place(in: cards) }) {
      let here = scored.filter { ReferenceKey($0.record) == set }
      guard let card = cards.first(where: { $0.name == set.benchmark }) else {
        omissions.append(
          "\(here.count) runs of \(set.benchmark)/\(set.split) are not shown: this version has no "
            + "such benchmark")
        continue
      }
      let shortfalls = Set(here.flatMap { $0.record.shortfalls }).sorted()
      if !shortfalls.isEmpty { official.remove(set) }
      let isAmbiguous = sets.contains {
        $0 != set && $0.benchmark == set.benchmark && $0.split == set.split
      }
      let name = isAmbiguous || set.split == "custom" ? set.references : set.split
      sections.append(
        try Self.section(
          card, TaskFamily(of: card, among: cards), set, title: "\(card.title) \(name)", here,
          shortfalls: shortfalls, published))
      let source = card.published ?? card.name
      if !related.contains(source) { related.append(source) }
    }
    if published != .none {
      for benchmark in related {
        sections += try Self.orientation(benchmark, beside: official, cards, published)
      }
    }
    self.init(sections: Self.grouped(sections), omissions: omissions)
  }

  /// Task by task, ours before what is published on other data, else in the order they came in.
  private static func grouped(_ sections: [Section]) -> [Section] {
    func place(_ section: (offset: Int, element: Section)) -> (Int, Int, Int) {
      (section.element.family.place, section.element.references == nil ? 1 : 0, section.offset)
    }
    return sections.enumerated().sorted { place($0) < place($1) }.map(\.element)
  }

  /// What runs must share to be ranked against each other.
  private struct ReferenceKey: Hashable {
    let benchmark: String
    let split: String
    let references: String

    init(_ record: RunRecord) {
      benchmark = record.benchmark
      split = record.split
      references = record.references
    }

    /// The registry's order of benchmarks and splits; unknown ones last.
    func place(in cards: [BenchmarkCard]) -> (Int, Int, String, String) {
      let card = cards.firstIndex { $0.name == benchmark } ?? cards.count
      let splits = card < cards.count ? cards[card].splits : []
      return (card, splits.firstIndex { $0.name == split } ?? splits.count, split, references)
    }
  }

  private static func section(
    _ card: BenchmarkCard, _ family: TaskFamily, _ set: ReferenceKey, title: String,
    _ runs: [RunFolders.Found], shortfalls: [String], _ published: Published
  ) throws -> Section {
    func weight(_ run: RunFolders.Found) -> (Int, Int, Int, String) {
      let record = run.record
      let isRanked = record.metrics.contains { $0.name == card.primary }
      return (
        record.status == .complete ? 1 : 0, record.weightsNote == nil ? 1 : 0, isRanked ? 1 : 0,
        record.finished
      )
    }
    var chosen: [String: RunFolders.Found] = [:]
    for run in runs where chosen[run.record.model].map({ weight($0) < weight(run) }) ?? true {
      chosen[run.record.model] = run
    }
    var rows = chosen.values.map { Row(run: $0, of: card) }
    if shortfalls.isEmpty {
      rows += try Self.publishedRows(of: card, published).filter { $0.split == set.split }
        .map(\.row)
    }
    var notes = shortfalls
    if chosen.count < runs.count {
      notes.append("Not shown: \(runs.count - chosen.count) more of the same models.")
    }
    return Section(
      card: card, family: family, title: title, split: set.split, references: set.references,
      rows: rows,
      notes: notes)
  }

  /// Published numbers of the splits of which no run is on the official set, or of the benchmark whose
  /// form an embedded set has: the reference project's own alone, since they compare with nothing beside them.
  private static func orientation(
    _ benchmark: String, beside sets: Set<ReferenceKey>, _ cards: [BenchmarkCard],
    _ published: Published
  ) throws -> [Section] {
    guard let card = cards.first(where: { $0.name == benchmark }) else { return [] }
    let family = TaskFamily(of: card, among: cards)
    let shown = Set(sets.filter { $0.benchmark == benchmark }.map(\.split))
    let what = shown.isEmpty ? "Another data set" : "Another split"
    let rows = try publishedRows(of: card, published).filter { row in
      row.row.model.hasPrefix("mPLUG") && !shown.contains(row.split)
    }
    return card.splits.compactMap { split in
      let here = rows.filter { $0.split == split.name }
      guard !here.isEmpty else { return nil }
      return Section(
        card: card, family: family, title: "\(card.title) \(split.name), published",
        split: split.name,
        references: nil, rows: here.map(\.row),
        notes: ["\(what) than above: for orientation only."])
    }
  }

  private static func publishedRows(
    of card: BenchmarkCard, _ published: Published
  ) throws -> [(split: String, row: Row)] {
    guard published != .none, let results = try PublishedResults.of(benchmark: card.name) else {
      return []
    }
    return results.rows.filter { published == .all || $0.isVerified }
      .map { ($0.split, Row(published: $0, of: card)) }
  }
}
