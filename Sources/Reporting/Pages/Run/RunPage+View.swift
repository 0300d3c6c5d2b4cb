import Datasets
import Evaluation
import Records

extension RunPage {
  /// A page of a finished run folder. Of a run of any size only the samples that the page shows, and
  /// one number a score of the others, are in memory.
  ///
  /// - Throws: `JSONError` for a line of `samples.jsonl` or `predictions.jsonl` that is no sample.
  package init(
    _ view: RunView, thumbnails: SmallPictures? = SmallPictures(), limits: Limits = Limits()
  ) throws {
    let stored = try StoredSamples("\(view.path)/samples.jsonl")
    let record = view.record
    self.init(
      record: record, card: view.card,
      shown: try view.samples(at: Self.spread(view.count, limits.samples)), of: view.count,
      scores: record.metrics.compactMap { metric in
        stored.scores(named: metric.name).map { (metric.name, $0) }
      },
      notes: view.dataNote.map { ["Without inputs, references and pictures: \($0)."] } ?? [],
      thumbnails: thumbnails, limits: limits)
  }
}
