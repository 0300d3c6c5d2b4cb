import Datasets
import Metrics
import Records

extension Scorer {
  /// Scores boxes in pixels against the annotated ones.
  func scoreBoxes(
    _ path: String, _ boxes: BoxReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    let predictions = try BoxPredictionFile(at: path)
    let alignment = try Alignment(
      predicted: try Self.sentences(of: predictions, in: boxes), expected: boxes.ids,
      allowPartial: allowPartial, path: path, what: request.card.task.sampleNoun,
      unknownRemedy: boxes.refIDs == nil
        ? "the list of references has no sent_id: name its records 0, 1, 2, … in its order"
        : Self.otherSplit(request.card.task.sampleNoun))
    let said = alignment.predictions.map { predictions.boxes[$0] }
    let pairs = try GroundedBoxes(
      predicted: said, truth: alignment.references.map { boxes.boxes[$0] },
      imageSizes: boxes.imageSizes.map { sizes in alignment.references.map { sizes[$0] } })

    let ids = alignment.references.map { boxes.ids[$0] }
    let texts = said.map { SamplePrediction.numbers([$0.x, $0.y, $0.width, $0.height]) }
    var problems = commonProblems(request, references, ids: ids, predictions: texts)
    var scores: [MetricScore] = []
    for metric in wanted.metrics {
      guard let metric = metric as? any GroundingMetric.Type else {
        throw EvaluationError.metricDoesNotFit(
          name: metric.card.name, task: request.card.task.rawValue)
      }
      if metric.needsImageSizes, pairs.imageSizes == nil {
        problems.append(
          .notAvailable(
            metric, "not available: it needs the sizes of the images, which instances.json has"))
        continue
      }
      scores += wanted.reported(try metric.init().scores(of: pairs), of: metric)
    }
    if scores.isEmpty {
      throw EvaluationError.metricNeeds(
        name: wanted.names,
        what: "the sizes of the images, which the list of references does not hold",
        remedy: "add instances.json of the data set to --annotations")
    }
    return try report(
      request, references, scores: scores, groups: [], problems: problems,
      samples: ScoredSamples(
        ids: ids, clusters: alignment.references.map { boxes.images[$0] }, predictions: texts,
        scores: scores),
      read: [predictions.file])
  }

  /// The expressions that a file's ids mean. Where it names objects, each must have one expression.
  ///
  /// - Throws: `DatasetError.wrongKind` where an object has several, or the references have no
  ///   objects; `.unknownIDs` for an object that they do not hold.
  private static func sentences(
    of predictions: BoxPredictionFile, in boxes: BoxReferences
  ) throws -> [SampleID] {
    guard predictions.idKind == .reference else { return predictions.ids }
    let remedy = "name each box by its sent_id"
    guard let refIDs = boxes.refIDs else {
      throw DatasetError.wrongKind(
        path: predictions.file.path, expected: "boxes named by sent_id",
        found: "ref_id, which the list of references does not have", remedy: remedy)
    }
    let sentences = Dictionary(grouping: zip(refIDs, boxes.ids)) { SampleID.int($0.0) }
    let unknown = predictions.ids.filter { sentences[$0] == nil }
    guard unknown.isEmpty else {
      throw DatasetError.unknownIDs(
        path: predictions.file.path, what: "values of ref_id",
        first: unknown.prefix(3).map(\.description), count: unknown.count,
        remedy: otherSplit("objects"))
    }
    return try predictions.ids.map { id in
      guard let ids = sentences[id], let only = ids.first, ids.count == 1 else {
        throw DatasetError.wrongKind(
          path: predictions.file.path, expected: "one expression for ref_id \(id)",
          found: "\(sentences[id]?.count ?? 0)", remedy: remedy)
      }
      return only.1
    }
  }
}
