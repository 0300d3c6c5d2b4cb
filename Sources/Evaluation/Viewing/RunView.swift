import Datasets
import Metrics
import Records

/// A finished run, to be looked at sample by sample: `run.json`, `samples.jsonl` and, where they are
/// at hand, `predictions.jsonl` and the data: inputs, references and media.
///
/// Samples are put together when they are asked for: a run may have hundreds of thousands.
package struct RunView: Sendable {
  /// The run's folder.
  package let path: String
  /// Its `run.json`.
  package let record: RunRecord
  /// The benchmark's card; nil for a benchmark that this version does not know.
  package let card: BenchmarkCard?
  /// Why inputs, or references too, are not there; nil where all are.
  package let dataNote: String?

  let lines: ScoredLines
  let predictions: KeptPredictions?
  let data: RunData?
  /// For each line the place of its sample in the references; nil where they are not at hand.
  let referencePlaces: [Int]?
  private let mark: FullMark?

  /// Opens a run folder.
  ///
  /// - Parameters:
  ///   - folder: The run's folder, or one that holds this run alone.
  ///   - data: The data folder. Without one it is looked for where the run's command says, and a run
  ///     whose data are not there is viewed without inputs and references.
  /// - Throws: `EvaluationError.noRuns`, `.severalRuns`, `.badRun`; `RecordError` and `JSONError` for
  ///   files of the run that cannot be read; with `data` also what adapters throw.
  package init(folder: String, data: String? = nil) throws {
    let found = try RunFolders.one(at: folder)
    path = found.path
    record = found.record
    card = try? BenchmarkRegistry.card(named: record.benchmark)
    let isRetrieval = record.task == BenchmarkTask.retrieval.rawValue
    lines = try ScoredLines("\(path)/samples.jsonl", isRetrieval: isRetrieval)
    predictions = try Self.predictions(in: path)
    mark = card.flatMap { FullMark(of: $0) }
    guard let card else {
      if data != nil { _ = try BenchmarkRegistry.card(named: record.benchmark) }
      (self.data, referencePlaces) = (nil, nil)
      dataNote =
        "no inputs and no references: this version knows no benchmark \(record.benchmark)"
      return
    }
    do {
      let joined = try RunData(of: record, card: card, at: data, run: path)
      referencePlaces = try Self.places(of: lines, in: joined.references)
      self.data = joined
      dataNote = joined.inputsNote
    } catch {
      if data != nil { throw error }
      (self.data, referencePlaces) = (nil, nil)
      dataNote = "no inputs and no references: \(error)"
    }
  }

  /// Opens a run folder whose data have been read already, as by who made it.
  ///
  /// - Parameters:
  ///   - references: What the run was scored against.
  ///   - inputs: What the model was asked.
  ///   - media: For each of the inputs' media where it lies.
  /// - Throws: as `init(folder:data:)`.
  package init(
    folder: String, references: ReferenceSet, inputs: SampleSet?, media: [MediaRequest]
  ) throws {
    let found = try RunFolders.one(at: folder)
    path = found.path
    record = found.record
    let card = try BenchmarkRegistry.card(named: record.benchmark)
    self.card = card
    lines = try ScoredLines("\(path)/samples.jsonl", isRetrieval: card.task == .retrieval)
    predictions = try Self.predictions(in: path)
    mark = FullMark(of: card)
    referencePlaces = try Self.places(of: lines, in: references)
    data = RunData(references: references, inputs: inputs, media: media)
    dataNote = nil
  }

  /// How many samples the run has.
  package var count: Int { lines.count }

  /// The samples' ids in the order of the run.
  package var ids: [SampleID] { lines.ids }

  /// All samples in their order, each put together when it is reached.
  package var samples: some Sequence<Result<ViewedSample, any Error>> {
    (0..<count).lazy.map { place in Result { try sample(at: place) } }
  }

  /// The samples at some places, in the order given.
  ///
  /// - Throws: `JSONError` for a line that is no sample or no prediction.
  package func samples(at places: some Sequence<Int>) throws -> [ViewedSample] {
    try places.map { try sample(at: $0) }
  }

  /// One sample.
  ///
  /// - Throws: `JSONError` for a line that is no sample or no prediction.
  package func sample(at place: Int) throws -> ViewedSample {
    let line = try lines[place]
    let isRight = mark?.isFull(line.scores)
    if case .ranking(let ids) = line.prediction {
      return try query(at: place, line, candidates: ids, isRight: isRight)
    }
    let kept = try predictions?.line(of: line.id) ?? KeptPredictions.Line()
    let input = data.flatMap { data in
      data.inputPlaces[line.id].flatMap { data.inputs?.samples[$0] }
    }
    return ViewedSample(
      id: line.id, input: input?.text ?? question(at: place), references: references(at: place),
      prediction: Self.text(of: line.prediction), candidates: kept.candidates,
      logits: kept.logits, scores: line.scores, isRight: isRight,
      media: input?.media.compactMap { data?.media[$0] }.map(ViewedMedium.init) ?? [],
      predictedBox: Self.box(line.prediction), trueBox: box(at: place), remarks: kept.remarks)
  }

  private static func predictions(in path: String) throws -> KeptPredictions? {
    do {
      return try KeptPredictions("\(path)/predictions.jsonl")
    } catch RecordError.missingFile {
      // Runs of `score` have none: their predictions are the user's file.
      return nil
    }
  }
}

/// What full marks are in a benchmark's samples.
private struct FullMark: Sendable {
  private let marks: [(name: String, value: Double)]

  /// Nil where the task knows no right and wrong.
  init?(of card: BenchmarkCard) {
    switch card.task {
    case .caption: return nil
    case .retrieval: marks = [("rank", 1)]
    case .vqa, .grounding, .entailment, .reasoning:
      let known = MetricRegistry.all.map { $0.card }
      let own = card.allMetrics.compactMap { name in known.first { $0.name == name } }
      // Then those that a run may have been asked for: names such as `accuracy` are the card's first.
      let metrics = own + known.filter { $0.task == card.task.rawValue }
      // Scales are percent or shares; the first number of a metric is the one that all samples have.
      marks = metrics.compactMap { metric in
        metric.produces.first.map { (name: $0, value: 100 / metric.displayFactor) }
      }
    }
  }

  func isFull(_ scores: [(name: String, value: Double)]) -> Bool? {
    for mark in marks {
      if let score = scores.first(where: { $0.name == mark.name }) {
        return score.value == mark.value
      }
    }
    return nil
  }
}

extension ViewedMedium {
  /// What was looked for and perhaps found.
  init(_ request: MediaRequest) {
    self.init(path: request.path, kind: request.reference.kind, exists: request.isThere)
  }
}
