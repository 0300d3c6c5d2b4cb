import Datasets
import Evaluation
import Records

extension Reproduction {
  /// Lays runs out as the paper does.
  ///
  /// A run fills a cell if its model is called as the row's (or ran with that configuration), it is on
  /// the official set of the split, whole, with trained weights, and has the metric; of several the
  /// newest.
  ///
  /// - Parameter checkpoints: Benchmarks for which a tuned checkpoint is published, by the name of the
  ///   preset; `pretraining` for the pretrained one.
  /// - Throws: `DatasetError` if an embedded file cannot be read, which a test rules out.
  package init(runs: [RunFolders.Found], checkpoints: [String: Set<String>]) throws {
    let paper = try PaperTables.embedded()
    let cards = try BenchmarkRegistry.all()
    var tables: [Layout] = []
    for layout in paper.tables {
      let models = paper.models.filter { layout.models.contains($0.title) }
      let rows = try models.map { model in
        let columns = try layout.columns.map { column in
          try CellFinder(
            source: paper.source, cards: cards, runs: runs, checkpoints: checkpoints, model: model,
            column: column
          ).cells()
        }
        return Row(model: model.title, columns: columns)
      }
      tables.append(Layout(title: layout.title, columns: layout.columns.map(\.title), rows: rows))
    }
    let used = Set(tables.flatMap(\.cells).compactMap { $0.cell.ours?.path })
    title = paper.title
    self.tables = tables
    notes =
      ["The paper's values are those of its \(paper.source); differences are in points."]
      + Self.unusedNotes(runs.filter { !used.contains($0.path) }, cards)
  }

  /// A line for each reason for which runs fill no cell.
  private static func unusedNotes(
    _ runs: [RunFolders.Found], _ cards: [BenchmarkCard]
  ) -> [String] {
    let embedded = Set(cards.filter { $0.embedded == true }.map(\.name))
    let mini = runs.filter { embedded.contains($0.record.benchmark) }
    let other = runs.filter { !embedded.contains($0.record.benchmark) }
    let untrained = other.filter { $0.record.weightsNote != nil }
    let rest = other.filter { $0.record.weightsNote == nil && $0.record.status != .submission }
    func line(_ runs: [RunFolders.Found], _ why: String) -> [String] {
      guard !runs.isEmpty else { return [] }
      let models = Set(runs.map(\.record.model)).sorted().joined(separator: ", ")
      return ["\(runs.count) run\(runs.count == 1 ? "" : "s") (\(models)) not laid out: \(why)."]
    }
    return line(mini, "on the embedded data, which are not the paper's")
      + line(untrained, "the weights are not those of a trained model")
      + line(
        rest,
        "partial, older, on other data, or of models that the paper has no row for; rows go by "
          + "the model's name, such as mplug-base, mplug-large or mplug-base-cider")
  }
}

extension Reproduction.Layout {
  /// All cells, by row and column, with the row's model.
  package var cells: [(model: String, cell: Reproduction.Cell)] {
    rows.flatMap { row in row.columns.flatMap { $0 }.map { (row.model, $0) } }
  }
}
