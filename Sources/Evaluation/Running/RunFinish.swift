import Datasets
import Foundation
import Metrics
import Records

/// What a run, or all parts of one, came to: scores its predictions and puts the run folder in place.
package struct RunFinish {
  /// What was run.
  package let plan: RunPlan
  /// How predictions become numbers.
  package let scorer: Scorer
  /// Who made the run and how.
  package let context: RunWriter.Context
  /// Writes what else belongs into the folder, such as a page; is given the folder before it gets its
  /// name, and a view of the run.
  package typealias Addition = (_ folder: String, _ view: RunView) throws -> Void

  /// Puts it together.
  package init(plan: RunPlan, scorer: Scorer, context: RunWriter.Context) {
    self.plan = plan
    var scorer = scorer
    scorer.allowPartial = plan.allowsPartial || plan.limit != nil
    scorer.acceptsTrials = plan.limit != nil
    self.scorer = scorer
    var context = context
    context.plan = plan
    self.context = context
  }

  /// Scores the predictions of journals and writes the run folder as a whole.
  ///
  /// - Parameters:
  ///   - journals: The `predictions.jsonl` of the run, or of all its parts.
  ///   - failures: What has no prediction, as far as it is known.
  /// - Returns: The folder and what `run.json` says.
  /// - Throws: `EvaluationError.incomplete` where samples are missing, what scoring throws, and
  ///   `RecordError.writeFailed`; the folder is then as it was.
  package func callAsFunction(
    journals: [String], failures: [RunFailure], under root: String, adding addition: Addition? = nil
  ) throws -> (path: String, record: RunRecord) {
    let card = try BenchmarkRegistry.card(named: plan.benchmark)
    guard let split = card.split(named: plan.split) else {
      throw DatasetError.unknownSplit(
        benchmark: card.name, name: plan.split, known: card.splitNames)
    }
    let dataset = try DatasetRegistry.dataset(for: card)
    let request = ReferenceRequest(
      card: card, split: split,
      source: .data(DataFolder(path: plan.data, folders: card.folders)))
    let whole = try dataset.references(for: request)
    let samples = try dataset.samples(
      under: DataFolder(path: plan.data, folders: card.folders), split: split)
    try checkFiles(whole.files + samples.files)
    let references = try whole.limited(to: plan.limit)
    var media = JournaledMedia(samples)
    let lines = try PredictionLines(journals, dataset.members) { line, path in
      _ = try media.note(line, in: path)
    }
    let path = plan.folder(under: root, shard: .whole)
    try RunWriter.makeFolder(above: path)
    let folder = try AtomicFolder(path)
    let predictions = folder.file(PredictionLines.fileName)
    let missing = try lines.write(
      ids: references.ids.prefix(plan.count).uniqued(), to: predictions)
    if let first = missing.first, !plan.allowsPartial {
      throw EvaluationError.incomplete(
        set: "\(plan.benchmark)/\(plan.split)",
        reason: "\(missing.count) of \(plan.count) samples have no prediction (first: \(first))",
        remedy: journals.count == 1
          ? "run the same command again: those that are there are kept"
          : "run the parts again, each with its --shard, then merge again: what is there is kept")
    }
    try plan.whole.write(in: folder.temporaryPath)
    let scored = try score(predictions, references, request, named: path)
    let report = scored.with(
      problems: failures.problems + lines.problems, path: predictions,
      named: "\(path)/\(PredictionLines.fileName)")
    let writer = RunWriter(context)
    let record = writer.record(of: report, bootstrap: scorer.bootstrap.record)
    try writer.write(report, record, to: folder)
    if let addition {
      let media = try card.mediaLocator(data: plan.data).locate(samples.media)
      try addition(
        folder.temporaryPath,
        RunView(
          folder: folder.temporaryPath, references: references, inputs: samples,
          media: media.requests(for: samples.media)))
    }
    try folder.commit()
    return (path, record)
  }
}

extension RunFinish {
  /// Whether the official files are those that the run was made with.
  ///
  /// - Throws: `EvaluationError.badRun` for a file of another content.
  private func checkFiles(_ files: [SourceFile]) throws {
    for file in files
    where !plan.files.contains(where: {
      $0["role"]?.string == file.role && $0["sha256"]?.string == file.sha256
    }) {
      throw EvaluationError.badRun(
        path: file.path, reason: "is another file than the run was made with",
        remedy: "name the folder of that one with --data, or run anew: another file is another run")
    }
  }

  /// Scores, and calls the predictions by the name that their file will have.
  private func score(
    _ predictions: String, _ references: ReferenceSet, _ request: ReferenceRequest,
    named path: String
  ) throws -> ScoreReport {
    do {
      return try scorer.score(predictions: predictions, against: references, for: request)
    } catch {
      let message = "\(error)"
      guard message.contains(predictions) else { throw error }
      throw EvaluationError.badRun(
        path: "\(path)/\(PredictionLines.fileName)",
        reason: "a line is no prediction of this run: "
          + message.replacing(predictions, with: "the lines in the order of the samples"),
        remedy: "remove that line, or run with --fresh")
    }
  }
}

extension ReferenceSet {
  /// Those of the first samples: of a retrieval, whose gallery would else be another, the first
  /// images or clips with their texts, which are another set by name: among fewer it is easier to be
  /// first. Other tasks score what is there, and their numbers are marked as partial.
  func limited(to limit: Int?) throws -> ReferenceSet {
    guard let limit, case .retrieval(let whole) = content, limit < whole.images.count else {
      return self
    }
    let texts = whole.imageOfText.prefix { $0 < limit }.count
    return ReferenceSet(
      content: .retrieval(
        try RetrievalReferences(
          side: whole.side, images: Array(whole.images.prefix(limit)),
          files: Array(whole.files.prefix(limit)), texts: Array(whole.texts.prefix(texts)),
          textNames: whole.textNames.map { Array($0.prefix(texts)) },
          imageOfText: Array(whole.imageOfText.prefix(texts)))),
      files: files, label: "\(label)-first-\(limit)", problems: problems)
  }
}

extension ScoreReport {
  /// The report with problems of the run before its own, and a file named as it will lie.
  fileprivate func with(problems: [Problem], path: String, named name: String) -> ScoreReport {
    ScoreReport(
      card: card, split: split, references: references, count: count, expected: expected,
      metrics: metrics, groups: groups, problems: problems + self.problems, samples: samples,
      cleaning: cleaning,
      files: files.map {
        $0.path == path
          ? $0.named(name) : $0
      })
  }
}
