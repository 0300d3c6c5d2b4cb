import Datasets
import Foundation
import Media
import Models
import Records

/// A run that is ready to begin: its samples are read, its media found, its model loaded.
package struct PreparedRun: Sendable {
  /// The benchmark.
  package let card: BenchmarkCard
  /// The split.
  package let split: BenchmarkSplit
  /// What is to be done.
  package let job: RunJob
  /// The media that are not there.
  package let missing: [MediaReference]

  /// What the run is to do.
  package var plan: RunPlan { job.plan }

  /// Reads the samples of a split, finds their media, loads the model for the task.
  ///
  /// - Parameters:
  ///   - features: Features that were made for other benchmarks are used again.
  ///   - progress: Is told how far the run is, once it runs.
  /// - Throws: `DatasetError`, `ModelError`, `RecordError` and what reading files throws;
  ///   `EvaluationError.mediaMissing` unless parts are allowed.
  package init(
    _ card: BenchmarkCard, _ split: BenchmarkSplit, _ settings: RunSettings,
    features: FeatureStore, progress: @escaping @Sendable (RunProgress) -> Void
  ) throws {
    let dataset = try DatasetRegistry.dataset(for: card)
    let folder = DataFolder(path: settings.data, folders: card.folders)
    // Answers that cannot be scored are not asked for.
    let references = try dataset.references(under: folder, split: split)
    let whole = try dataset.samples(under: folder, split: split)
    var settings = settings
    // As many as there are, or more, is no limit.
    if let limit = settings.limit, limit >= whole.samples.count { settings.limit = nil }
    let samples = whole.limited(to: settings.limit, by: references)
    let location = try card.mediaLocator(data: settings.data).locate(samples.media)
    if let first = location.missing.first, !settings.allowsPartial {
      throw EvaluationError.mediaMissing(
        set: "\(card.name)/\(split.name)", kind: first.kind, count: location.missing.count,
        needed: samples.media.count, first: location.missing.prefix(3).map(\.path),
        triedIn: location.triedLayouts)
    }
    let task = try ModelTask(card.task, isVideo: samples.media.first?.kind == .video)
    let model = try ModelRegistry.load(
      ModelRequest(
        name: settings.model, checkpoint: settings.checkpoint, vocabulary: settings.vocabulary,
        tasks: [task], engine: settings.engine))
    let rule = try Self.rule(of: task, model, samples, "\(card.name)/\(split.name)")
    self.card = card
    self.split = split
    missing = location.missing
    let plan = RunPlan(card, split, settings, model, rule, samples, references.files)
    job = RunJob(
      model: model, task: rule, samples: samples,
      requests: location.requests(for: samples.media), plan: plan, settings: settings,
      folder: plan.folder(under: settings.output), features: features, progress: progress)
  }

  /// The model's protocol for the task; where its answers are ranked, over the data set's list.
  private static func rule(
    of task: ModelTask, _ model: any Model, _ samples: SampleSet, _ set: String
  ) throws -> TaskProtocol {
    let rule = try model.taskProtocol(for: task)
    guard case .ranking = rule.output else { return rule }
    guard let answers = samples.answers else {
      throw EvaluationError.noAnswerList(set: set)
    }
    return rule.ranking(answers.answers)
  }
}

extension ModelTask {
  /// What a benchmark's task is for a model.
  init(_ task: BenchmarkTask, isVideo: Bool) throws {
    switch task {
    case .vqa: self = isVideo ? .videoQA : .vqa
    case .caption: self = isVideo ? .videoCaption : .caption
    case .retrieval: self = isVideo ? .videoRetrieval : .retrieval
    case .grounding: self = .grounding
    case .entailment: self = .entailment
    case .reasoning: self = .reasoning
    }
  }
}

extension SampleSet {
  /// The first samples alone, with the media and, of a retrieval, the texts that they need.
  func limited(to limit: Int?, by references: ReferenceSet) -> SampleSet {
    guard let limit, limit < samples.count else { return self }
    var count = texts.count
    if case .retrieval(let retrieval) = references.content {
      count = retrieval.imageOfText.prefix { $0 < limit }.count
    }
    let kept = samples.prefix(limit)
    var places: [Int: Int] = [:]
    var used: [MediaReference] = []
    let renumbered = kept.map { sample in
      InputSample(
        id: sample.id,
        media: sample.media.map { medium in
          if let place = places[medium] { return place }
          places[medium] = used.count
          used.append(media[medium])
          return used.count - 1
        }, text: sample.text, ocr: sample.ocr, objects: sample.objects)
    }
    return SampleSet(
      samples: renumbered, media: used, texts: Array(texts.prefix(count)), answers: answers,
      files: files,
      problems: problems)
  }
}

extension RunPlan {
  /// The plan of a run.
  fileprivate init(
    _ card: BenchmarkCard, _ split: BenchmarkSplit, _ settings: RunSettings, _ model: any Model,
    _ rule: TaskProtocol, _ samples: SampleSet, _ references: [SourceFile]
  ) {
    let files = references.filter { file in
      !samples.files.contains { $0.role == file.role && $0.sha256 == file.sha256 }
    }
    let identity = model.identity
    var parts = [Self.schema, card.name, split.name, settings.limit.map(String.init) ?? "all"]
    parts += (identity + rule.signatureFields).map { "\($0.key):\($0.value)" }
    // The printed protocol has some digits of it.
    if case .ranking(let ranking) = rule.output { parts.append(ranking.answersDigest ?? "") }
    parts += (samples.files + files).map { "\($0.role):\($0.sha256)" }
    parts += samples.media.map(\.path)
    var stated = JSONObject([
      ("model", .object(JSONObject(identity.map { ($0.key, .string($0.value)) }))),
      ("signature", .string(rule.signature)),
    ])
    if let note = model.weightsNote { stated["weights"] = .string(note) }
    if let limit = settings.limit { stated["limit"] = .int(limit) }
    self.init(
      benchmark: card.name, split: split.name, model: settings.name ?? model.name,
      key: FeatureKey.digest(of: parts), count: samples.samples.count, limit: settings.limit,
      shard: settings.shard, data: URL(fileURLWithPath: settings.data).standardizedFileURL.path,
      allowsPartial: settings.allowsPartial, protocol: stated,
      files: Self.files(settings, identity) + (samples.files + files).map(\.json))
  }

  private static func files(_ settings: RunSettings, _ identity: [SignatureField]) -> [JSONValue] {
    let digest = identity.first { $0.key == "weights" }?.value ?? ""
    let size = (try? MappedFile(settings.checkpoint).count) ?? 0
    return [
      [
        "role": "checkpoint", "path": .string(settings.checkpoint), "bytes": .int(size),
        "sha256": .string(digest),
      ]
    ]
  }
}
