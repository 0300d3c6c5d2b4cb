import Datasets
import Evaluation
import Records

/// Fills the cells of one row and column of the paper's tables.
struct CellFinder {
  /// The document whose numbers are the paper's.
  let source: String
  let cards: [BenchmarkCard]
  let runs: [RunFolders.Found]
  let checkpoints: [String: Set<String>]
  let model: PaperTables.Model
  let column: PaperTables.Column

  /// The cells in the order of the column's numbers.
  ///
  /// - Throws: `DatasetError`, if the layout names what there is not, which a test rules out.
  func cells() throws -> [Reproduction.Cell] {
    let card = try BenchmarkRegistry.card(named: column.benchmark)
    let published = try PublishedResults.of(benchmark: card.name)?.rows ?? []
    return try column.numbers.map { number in
      guard let split = card.split(named: number.split) else {
        throw DatasetError.unknownSplit(
          benchmark: card.name, name: number.split, known: card.splitNames)
      }
      let metric = number.metric ?? column.metric ?? card.primary
      let `protocol` = number.protocol ?? column.protocol ?? "fine-tuned"
      let row = published.first {
        $0.source == source && $0.split == split.name && $0.variant == model.variant
          && $0.protocol == `protocol` && $0.isVerified && $0.values[metric] != nil
      }
      return cell(card, split, metric, label: number.label, row?.values[metric], number)
    }
  }

  private func cell(
    _ card: BenchmarkCard, _ split: BenchmarkSplit, _ metric: String, label: String?,
    _ paper: String?, _ number: PaperTables.Number
  ) -> Reproduction.Cell {
    let names = ModelNames(
      names: column.names ?? model.names, with: number.with ?? [], without: number.without ?? [])
    let candidates = runs.filter { names.mean($0.record) }
      .sorted { $0.record.finished > $1.record.finished }
    let here = candidates.filter {
      $0.record.benchmark == card.name && $0.record.split == split.name
    }
    let ours = here.lazy.compactMap { self.ours($0, metric, of: card) }.first
    var reasons: [MissingReason] = []
    var isRunnable = false
    if paper == nil { reasons.append(.noPublishedValue) }
    if ours == nil, paper != nil {
      (reasons, isRunnable) = missing(
        card, split, words: number.with ?? [], here: here, elsewhere: candidates)
    }
    return Reproduction.Cell(
      family: TaskFamily(of: card, among: cards), card: card, split: split.name, metric: metric,
      label: label, paper: paper, ours: ours, reasons: reasons,
      command: isRunnable ? command(card, split) : nil)
  }

  private func ours(
    _ run: RunFolders.Found, _ metric: String, of card: BenchmarkCard
  ) -> Reproduction.Ours? {
    let record = run.record
    guard record.status == .complete, record.weightsNote == nil, record.shortfalls.isEmpty,
      let found = record.metrics.first(where: { $0.name == metric })
    else { return nil }
    let factor = card.displayFactor(of: metric)
    return Reproduction.Ours(
      value: Leaderboard.Value(found, of: card), points: found.value * factor,
      interval: found.interval.map { ($0.low * factor, $0.high * factor) }, path: run.path,
      id: record.id, count: record.count)
  }

  /// Why none of the runs fills the cell, and whether a run would.
  private func missing(
    _ card: BenchmarkCard, _ split: BenchmarkSplit, words: [String], here: [RunFolders.Found],
    elsewhere: [RunFolders.Found]
  ) -> ([MissingReason], Bool) {
    if split.answers == .hidden,
      let ready = here.first(where: {
        $0.record.status == .submission && $0.record.weightsNote == nil
      })
    {
      return ([.serverOnly(submission: ready.path)], false)
    }
    var reasons = here.first.map { [nearMiss($0.record)] } ?? []
    if reasons.isEmpty, let twin = twin(of: card, among: elsewhere) {
      reasons.append(.otherData(twin))
    }
    if split.answers == .hidden { reasons.append(.serverOnly(submission: nil)) }
    let published = publishedFor(card)
    if published.isDisjoint(with: column.tunedOn ?? [card.name]) {
      reasons.insert(.noCheckpoint(pretrained: published.contains("pretraining")), at: 0)
      // Whoever fine-tunes the pretrained one can run it; without any weights nobody can.
      guard published.contains("pretraining") else { return (reasons, false) }
    }
    if here.isEmpty { reasons.append(.notRun(named: words)) }
    return (reasons, true)
  }

  private func nearMiss(_ record: RunRecord) -> MissingReason {
    if let note = record.weightsNote { return .weights(note) }
    if record.count < record.expected {
      return .partial(count: record.count, expected: record.expected)
    }
    if let shortfall = record.shortfalls.first { return .otherData(shortfall.trimmedEnd) }
    return .otherMetrics
  }

  /// The embedded benchmark of this form on which the model was run.
  private func twin(of card: BenchmarkCard, among runs: [RunFolders.Found]) -> String? {
    let twins = cards.filter { $0.embedded == true && $0.published == card.name }.map(\.name)
    return runs.map(\.record).first { twins.contains($0.benchmark) }
      .map { "\($0.benchmark)/\($0.split)" }
  }

  private func publishedFor(_ card: BenchmarkCard) -> Set<String> {
    (column.names ?? model.names).reduce(into: []) { $0.formUnion(checkpoints[$1] ?? []) }
  }

  /// The command that fills the cell: with the first preset that has a checkpoint for it.
  private func command(_ card: BenchmarkCard, _ split: BenchmarkSplit) -> String {
    let names = column.names ?? model.names
    let serves = Set(column.tunedOn ?? [card.name])
    let preset = names.first { !serves.isDisjoint(with: checkpoints[$0] ?? []) } ?? names.first
    return "mplug-eval run \(card.name)/\(split.name) --model \(preset ?? model.title) "
      + "--checkpoint FILE --data DIR"
  }
}

extension String {
  /// Without the full stop at its end.
  fileprivate var trimmedEnd: String { hasSuffix(".") ? String(dropLast()) : self }
}
