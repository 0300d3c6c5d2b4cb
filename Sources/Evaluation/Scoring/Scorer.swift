import Datasets
import Metrics
import Records

/// Folds predictions and references into numbers.
public struct Scorer: Sendable {
  /// Scores the samples that are there when some are missing, and marks the numbers.
  public var allowPartial: Bool
  /// Takes a part of a split whose answers are hidden, as a trial: there is no submission then.
  package var acceptsTrials = false
  /// Names of `MetricRegistry` to use instead of the card's.
  public var metrics: [String]?
  /// Document frequencies for CIDEr in place of those of the scored images, and their file.
  public var frequencies: (table: DocumentFrequencies, file: SourceFile)?
  /// What is done to captions before they are scored; nil for nothing.
  public var cleaning: CaptionCleaning?
  /// Values of metrics that other programs computed.
  public var external: [ExternalScores]
  /// The data of metrics that need some.
  public var resources: MetricResources
  /// How intervals are made.
  public var bootstrap: Bootstrap
  /// The version that ends every signature.
  public var version: String

  /// A scorer with the given habits.
  public init(
    allowPartial: Bool = false, metrics: [String]? = nil,
    frequencies: (table: DocumentFrequencies, file: SourceFile)? = nil,
    cleaning: CaptionCleaning? = nil, external: [ExternalScores] = [],
    resources: MetricResources = MetricResources(),
    bootstrap: Bootstrap = Bootstrap(), version: String
  ) {
    self.frequencies = frequencies
    self.cleaning = cleaning
    self.external = external
    self.resources = resources
    self.allowPartial = allowPartial
    self.metrics = metrics
    self.bootstrap = bootstrap
    self.version = version
  }

  /// Scores a prediction file.
  ///
  /// - Parameters:
  ///   - path: The prediction file.
  ///   - references: What it is held against.
  ///   - request: The benchmark and split that the references belong to.
  /// - Throws: `DatasetError`, `RecordError` or `JSONError` for a file that is no complete set of
  ///   predictions, `MetricError` where a metric is not defined on the set, `EvaluationError` for
  ///   metrics that do not fit the task.
  public func score(
    predictions path: String, against references: ReferenceSet, for request: ReferenceRequest
  ) throws -> ScoreReport {
    let wanted = try MetricSelection(
      metrics ?? request.split?.metrics ?? request.card.metrics,
      of: request.card, frequencies: frequencies?.table)
    try checkExternal(wanted, task: request.card.task)
    try checkCleaning(task: request.card.task)
    switch references.content {
    case .answers(let answers):
      return try scoreAnswers(path, answers, references, request, wanted)
    case .captions(let captions):
      return try scoreCaptions(path, captions, references, request, wanted)
    case .exactAnswers(let answers):
      return try scoreExactAnswers(path, answers, references, request, wanted)
    case .labels(let labels):
      return try scoreLabels(path, labels, references, request, wanted)
    case .boxes(let boxes):
      return try scoreBoxes(path, boxes, references, request, wanted)
    case .retrieval(let retrieval):
      return try scoreRetrieval(path, retrieval, references, request, wanted)
    case .hidden(let ids):
      return try accept(path, ids, references, request)
    }
  }

  /// The adapter of a request's benchmark.
  ///
  /// - Throws: `DatasetError.badCard` if there is none, which a test rules out.
  func dataset(of request: ReferenceRequest) throws -> any Dataset.Type {
    try DatasetRegistry.dataset(for: request.card)
  }

  /// The report of one run: intervals for all scores from the same resamples, completed signatures.
  ///
  /// - Parameters:
  ///   - read: The files that were read besides the references'.
  ///   - expected: How many samples a complete set has, where it is not the count of the references.
  /// - Throws: `EvaluationError.notFinite`, `MetricError` where statistics do not fit the samples.
  func report(
    _ request: ReferenceRequest, _ references: ReferenceSet, scores: [MetricScore],
    groups: [ScoreGroup], problems: [Problem], samples: ScoredSamples, read files: [SourceFile],
    expected: Int? = nil
  ) throws -> ScoreReport {
    let count = samples.ids.count
    let expected = expected ?? references.count
    let intervals = try bootstrap.intervals(
      of: scores.map(\.statistics), clusters: SampleID.places(of: samples.clusters))
    let metrics = try zip(scores, intervals).map { score, interval in
      guard score.value.isFinite else {
        throw EvaluationError.notFinite(name: score.name, value: score.value)
      }
      return ReportedMetric(
        name: score.name, value: score.value, unrounded: score.unrounded, interval: interval,
        count: score.count,
        signature: complete(score.signature, references, count: count, of: expected))
    }
    return ScoreReport(
      card: request.card, split: request.splitName, references: references.signature,
      count: count, expected: expected, metrics: metrics, groups: groups,
      problems: problems, samples: samples, cleaning: cleaning,
      files: references.files + files)
  }

  /// Adds to a signature what the metric cannot know: the split and its content, how many samples,
  /// the version.
  private func complete(
    _ signature: Signature, _ references: ReferenceSet, count: Int, of expected: Int
  ) -> Signature {
    let isWhole = count == expected
    return
      signature
      .adding("split", references.signature)
      .adding(isWhole ? "n" : "partial", isWhole ? "\(count)" : "\(count)/\(expected)")
      .adding("v", version)
  }

  /// What to do about predictions of other samples than the references have.
  static func otherSplit(_ noun: String) -> String {
    "score only \(noun) of this split, or name the split that they belong to"
  }

  /// Problems that every task can have.
  func commonProblems(
    _ request: ReferenceRequest, _ references: ReferenceSet, ids: [SampleID],
    predictions: [SamplePrediction]
  ) -> [Problem] {
    var problems = references.problems
    if case .files = request.source, let split = request.split {
      problems.append(
        Problem(
          code: "split_not_applied",
          message: "files given with --annotations are taken whole: the run is recorded as custom, "
            + "not as \(request.card.name)/\(split.name)",
          count: references.count))
    }
    if case .data = request.source, let split = request.split, split.samples != references.count {
      problems.append(
        Problem(
          code: "official_count",
          message: "the files hold \(references.count) samples of \(request.card.name)/"
            + "\(split.name), which officially has \(split.samples)",
          count: references.count))
    }
    if ids.count < references.count {
      problems.append(
        Problem(
          code: "partial_set",
          message: "\(references.count - ids.count) of \(references.count) samples have no "
            + "prediction and are left out: the numbers are no benchmark result",
          count: references.count - ids.count))
    }
    let empty = zip(ids, predictions).filter { $0.1.isBlank }
    if !empty.isEmpty {
      problems.append(
        Problem(
          code: "empty_prediction",
          message: "\(empty.count) predictions are empty; they are scored",
          count: empty.count, examples: empty.prefix(3).map { "\($0.0)" }))
    }
    return problems
  }

  /// What remains to be done where only the server can score: everything but scoring.
  private func accept(
    _ path: String, _ ids: [SampleID], _ references: ReferenceSet, _ request: ReferenceRequest
  ) throws -> ScoreReport {
    let (predictions, cleaningProblems) = try predictions(at: path, for: request)
    let noun = try dataset(of: request).sampleNoun
    // The server takes the answers to all test questions for a part of them too.
    let alignment = try Alignment(
      predicted: predictions.ids, expected: ids, allowPartial: acceptsTrials,
      passesOverOthers: true, path: path, what: noun,
      unknownRemedy: "name the split that they belong to",
      missingRemedy: "add them: the official server takes complete files only")
    let said = alignment.predictions.map { SamplePrediction.text(predictions.texts[$0]) }
    let ids = alignment.references.map { ids[$0] }
    var problems = commonProblems(request, references, ids: ids, predictions: said)
    problems += predictions.problems + cleaningProblems
    if alignment.otherCount > 0 {
      problems.append(
        Problem(
          code: "other_samples",
          message: "\(alignment.otherCount) predictions are of \(noun) of "
            + "other splits and are not in the submission",
          count: alignment.otherCount))
    }
    problems.append(
      Problem(
        code: "hidden_answers",
        message: "the answers of \(request.card.name)/\(request.split?.name ?? "") are known to "
          + "the official server alone (\(request.split?.server ?? "see the homepage")): "
          + "hand in the submission file as \(request.split?.submission ?? "it is")",
        count: ids.count))
    return try report(
      request, references, scores: [], groups: [], problems: problems,
      samples: ScoredSamples(
        ids: ids, clusters: ids, predictions: said, scores: []),
      read: [predictions.file])
  }
}

extension Problem {
  /// A metric has no number because something that it needs is not there.
  ///
  /// - Parameter reason: How a sentence goes on that begins with the metric's name and "is".
  static func notAvailable(_ metric: any Metric.Type, _ reason: String) -> Problem {
    Problem(
      code: "metric_not_available", message: "\(metric.card.name) is \(reason)", count: 0)
  }
}
