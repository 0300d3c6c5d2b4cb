import Datasets
import Metrics
import Records

extension Scorer {
  /// Ranks candidates by a score matrix, or reads rankings, and scores the ranks.
  ///
  /// The samples are queries, images first. Images and texts of one image are resampled together.
  func scoreRetrieval(
    _ path: String, _ retrieval: RetrievalReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    let (ranks, found, file) = try RetrievalPredictionFile.read(path, for: retrieval)
    let queries = RetrievalQueries(ranks, retrieval)
    try checkComplete(queries, path)
    var scores: [MetricScore] = []
    var problems = retrievalProblems(request, references, retrieval, queries)
    problems += found
    problems += tieProblems(ranks, retrieval)
    for metric in wanted.metrics {
      guard let metric = metric as? any RetrievalMetric.Type else {
        throw EvaluationError.metricDoesNotFit(
          name: metric.card.name, task: request.card.task.rawValue)
      }
      let own = try metric.init().scores(of: ranks)
      if own.isEmpty {
        problems.append(
          .notAvailable(metric, "not available: it needs the rank of every text"))
      }
      scores += wanted.reported(own, of: metric)
    }
    if scores.isEmpty {
      throw EvaluationError.metricNeeds(
        name: wanted.names,
        what: "queries of a direction that the predictions do not have",
        remedy: "name other metrics with --metrics, or rank that direction too")
    }
    let rows = try RetrievalRecall().scores(of: ranks).first?.statistics
    return try report(
      request, references, scores: scores, groups: [], problems: problems,
      samples: ScoredSamples(
        ids: queries.ids, clusters: queries.clusters, predictions: queries.predictions,
        scores: scores, besides: [("rank", queries.ranks)],
        statistics: rows.map { [(RetrievalRecall.card.name, $0)] } ?? []),
      read: [file], expected: queries.ids.count + queries.missing.count)
  }

  /// - Throws: `DatasetError.missingIDs` where queries of a direction that occurs are missing.
  private func checkComplete(_ queries: RetrievalQueries, _ path: String) throws {
    guard !queries.missing.isEmpty, !allowPartial else { return }
    throw DatasetError.missingIDs(
      path: path, what: BenchmarkTask.retrieval.sampleNoun,
      first: queries.missing.prefix(3).map(\.description), count: queries.missing.count,
      expected: queries.ids.count + queries.missing.count,
      remedy: "add them, or score the rest with --allow-partial")
  }

  /// Problems of the references, and of a set that is not whole.
  private func retrievalProblems(
    _ request: ReferenceRequest, _ references: ReferenceSet, _ retrieval: RetrievalReferences,
    _ queries: RetrievalQueries
  ) -> [Problem] {
    var problems = commonProblems(request, references, ids: references.ids, predictions: [])
    if case .data = request.source, let split = request.split, let texts = split.texts,
      texts != retrieval.texts.count
    {
      problems.append(
        Problem(
          code: "official_count",
          message: "the files hold \(retrieval.texts.count) texts of \(request.card.name)/"
            + "\(split.name), which officially has \(texts)",
          count: retrieval.texts.count))
    }
    if !queries.missing.isEmpty {
      problems.append(
        Problem(
          code: "partial_set",
          message:
            "\(queries.missing.count) of \(queries.ids.count + queries.missing.count) queries "
            + "have no ranking and are left out: the numbers are no benchmark result",
          count: queries.missing.count))
    }
    return problems
  }

  /// Queries whose rank another order of equal scores would change.
  private func tieProblems(
    _ ranks: RetrievalRanks, _ retrieval: RetrievalReferences
  ) -> [Problem] {
    let images = (ranks.ofImages?.decidedByTies ?? []).map(retrieval.query(image:))
    let texts = (ranks.ofTexts?.decidedByTies ?? []).map(retrieval.query(text:))
    guard !images.isEmpty || !texts.isEmpty else { return [] }
    let side = "\(retrieval.side.rawValue)s"
    return [
      Problem(
        code: "queries_decided_by_ties",
        message:
          "the ranks of \(images.count) \(side) and \(texts.count) texts depend on the order "
          + "of equal scores: here the higher index comes first; numpy's argsort may differ",
        count: images.count + texts.count,
        examples: (images + texts).prefix(3).map(\.description))
    ]
  }
}

/// The queries of both directions as samples, images first.
private struct RetrievalQueries {
  private(set) var ids: [SampleID] = []
  private(set) var clusters: [SampleID] = []
  private(set) var predictions: [SamplePrediction] = []
  /// Counted from 1; not a number without a rank.
  private(set) var ranks: [Double] = []
  /// Queries without prediction, of directions that have some.
  private(set) var missing: [SampleID] = []

  init(_ found: RetrievalRanks, _ references: RetrievalReferences) {
    let imageOfText = references.imageOfText
    if let queries = found.ofImages {
      append(queries, count: references.images.count, id: references.query(image:)) { image in
        references.images[image]
      } candidate: { text in
        references.query(text: text)
      }
    }
    if let queries = found.ofTexts {
      append(queries, count: references.texts.count, id: references.query(text:)) { text in
        references.images[imageOfText[text]]
      } candidate: { image in
        references.images[image]
      }
    }
  }

  private mutating func append(
    _ queries: QueryRanks, count: Int, id: (Int) -> SampleID, cluster: (Int) -> SampleID,
    candidate: (Int) -> SampleID
  ) {
    ids += queries.queries.map(id)
    clusters += queries.queries.map(cluster)
    predictions += queries.best.map { .ranking($0.map(candidate)) }
    ranks += queries.ranks.map { rank in rank.map { Double($0 + 1) } ?? .nan }
    if queries.queries.count < count {
      let present = Set(queries.queries)
      missing += (0..<count).filter { !present.contains($0) }.map(id)
    }
  }
}
