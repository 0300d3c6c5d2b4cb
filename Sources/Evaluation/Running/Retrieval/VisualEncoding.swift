import Datasets
import Media
import Models
import Records
import Tensors

/// Sees the images or clips of a part, each once: several pictures at a time, decoded ahead. Features
/// are kept for the re-ranking, in memory and in a file each, which a process after a kill uses again.
final class VisualEncoding {
  /// What was read of a file.
  private enum Read: Sendable {
    case picture(PixelTensor)
    case clip(FrameTensor)
    /// The contrastive feature of what was seen before; its tokens are in the store.
    case seen(embedding: [Float])

    var bytes: Int {
      switch self {
      case .picture(let picture): 4 * picture.values.count
      case .clip(let clip): 4 * clip.values.count
      case .seen(let embedding): 4 * embedding.count
      }
    }
  }

  /// A file that was read, and what strict use would refuse of it.
  private struct Element: Sendable {
    let read: Read
    let media: String
    let remarks: [String]
  }

  /// Where the features of a part are while it runs.
  static let folderName = "features"

  /// Those that could not be seen.
  private(set) var failures: [RunFailure] = []
  /// The contrastive features of those that were.
  private(set) var embeddings: [Int: [Float]] = [:]
  /// What is known of them.
  let seen: SeenVisuals
  /// How many went through the encoder.
  private(set) var encoded = 0

  private let job: RetrievalJob
  private let store: FeatureStore
  private let model: String
  private let decoding: MediaDecoding

  /// - Parameter key: That of the exchange.
  /// - Throws: `RecordError`.
  init(_ job: RetrievalJob, key: String) throws {
    self.job = job
    seen = try SeenVisuals(in: job.folder, key: key)
    store =
      job.cache
      ?? FeatureStore(memory: job.memory, folder: "\(job.folder)/\(Self.folderName)")
    model = FeatureKey.digest(of: job.model)
    decoding = try MediaDecoding.of(job.task, threads: job.threads)
  }

  /// Sees some.
  ///
  /// - Throws: `ModelError` for what concerns the run, `RecordError` where features cannot be written.
  func see(_ visuals: [Int]) throws {
    // Those that failed before are among them, or are of no account.
    failures = []
    let (known, store, decoding, task, model) = (seen.known, store, decoding, job.task, model)
    let items = visuals.map { (visual: $0, request: job.request($0)) }
    let files = DecodeAhead(
      items, threads: job.threads,
      budget: ByteBudget<(visual: Int, request: MediaRequest), Element>(
        limit: decoding.memory, inWork: { decoding.bytesInWork($0.request) },
        waiting: { $0.read.bytes })
    ) { item in
      try Self.read(item.request, known[item.visual], decoding, task, store, model)
    }
    var waiting: [(visual: Int, element: Element)] = []
    var before = 0
    for file in files {
      switch file.result {
      case .success(let element):
        if case .seen(let embedding) = element.read {
          embeddings[file.item.visual] = embedding
          before += 1
        } else {
          waiting.append((file.item.visual, element))
        }
      case .failure(let error):
        fail(file.item.visual, error, code: MediaProblems.code(of: error))
      }
      // A clip is a batch of its own.
      if waiting.count >= (job.task.task.isVideo ? 1 : max(1, job.batchSize)) {
        try encode(waiting)
        waiting = []
      }
      report(before: before, of: visuals.count)
    }
    if !waiting.isEmpty { try encode(waiting) }
    failures.sort { first, second in order(first) < order(second) }
    report(before: before, of: visuals.count)
  }

  /// The features of one that was seen: from the store, and where its file is gone or damaged, anew.
  ///
  /// - Throws: `MediaError`, `ModelError`, `RecordError`; `EvaluationError.badRun` where the image or
  ///   the clip is another by now.
  func features(of visual: Int) throws -> VisualFeatures {
    guard let known = seen.known[visual] else {
      throw RecordError.unreadable(path: job.request(visual).path, reason: "it was not seen")
    }
    if let features = try store.features(key(known.media)) { return features }
    let element = try Self.read(job.request(visual), nil, decoding, job.task, store, model)
    guard element.media == known.media else { throw changed(visual) }
    let features = try Self.features(of: [element], job)[0]
    try store.keep(features, key(element.media))
    return features
  }

  /// An image or a clip that is not what the others compared with.
  func changed(_ visual: Int) -> EvaluationError {
    .badRun(
      path: job.folder,
      reason: "\(job.request(visual).path) has changed since the run began",
      remedy: "run with --fresh")
  }

  private func key(_ media: String) -> FeatureKey {
    FeatureKey(model: model, signature: job.task.featureSignature, media: media)
  }

  /// - Parameter known: What an earlier process of the run knew of it.
  private static func read(
    _ request: MediaRequest, _ known: SeenVisuals.Seen?, _ decoding: MediaDecoding,
    _ task: TaskProtocol, _ store: FeatureStore, _ model: String
  ) throws -> Element {
    try decoding.checkPlace(of: request)
    let media = try MediaDigest.of(request)
    if let known, known.media == media,
      let features = try store.features(
        FeatureKey(model: model, signature: task.featureSignature, media: media)),
      let embedding = features.embedding
    {
      return Element(read: .seen(embedding: embedding), media: media, remarks: known.remarks)
    }
    let decoded = try decoding.decode(request)
    let remarks = decoded.remarks.map(MediaProblems.code(ofRemark:))
    let read: Read
    switch decoded {
    case .image(let image):
      read = .picture(try task.imageTransform.tensor(of: image.image, file: request.path))
    case .clip(let clip):
      read = .clip(try task.frameNormalization.tensor(of: clip.images, file: request.path))
    }
    return Element(read: read, media: media, remarks: remarks)
  }

  /// Sees a batch; where that fails, one by one, so that the fault is that of one.
  private func encode(_ batch: [(visual: Int, element: Element)]) throws {
    do {
      // What an earlier run left in a cache is not made again; it was decoded for the remarks.
      var made = try batch.map { try store.features(key($0.element.media)) }
      let new = made.indices.filter { made[$0]?.embedding == nil }
      let fresh = try Self.features(of: new.map { batch[$0].element }, job)
      for (place, features) in zip(new, fresh) {
        try store.keep(features, key(batch[place].element.media))
        made[place] = features
      }
      encoded += fresh.count
      try seen.note(
        batch.map { visual, element in
          (visual, SeenVisuals.Seen(media: element.media, remarks: element.remarks))
        })
      for (place, features) in made.enumerated() {
        embeddings[batch[place].visual] = features?.embedding
      }
    } catch {
      guard let code = RunFailure.code(of: error) else { throw error }
      if batch.count > 1 {
        for one in batch { try encode([one]) }
      } else {
        fail(batch[0].visual, error, code: code)
        // Weights that give no numbers give none for the next thousands either.
        let areAll = failures.count >= 32 && failures.allSatisfy { $0.code == code }
        if embeddings.isEmpty, areAll { throw error }
      }
    }
  }

  private static func features(
    of elements: [Element], _ job: RetrievalJob
  ) throws -> [VisualFeatures] {
    var (pictures, clips): ([PixelTensor], [FrameTensor]) = ([], [])
    for element in elements {
      switch element.read {
      case .picture(let picture): pictures.append(picture)
      case .clip(let clip): clips.append(clip)
      case .seen: break
      }
    }
    // A set has images or clips, never both.
    let features =
      clips.isEmpty
      ? (pictures.isEmpty ? [] : try job.model.features(of: pictures, job.task))
      : try job.model.features(of: clips, job.task)
    guard features.allSatisfy({ $0.embedding != nil }) else {
      throw ModelError.cannot(
        model: job.model.name, task: job.task.task.rawValue,
        reason: "it makes no contrastive features", remedy: "see `output` of the task")
    }
    return features
  }

  private func fail(_ visual: Int, _ error: any Error, code: String) {
    failures.append(RunFailure(id: job.samples.samples[visual].id, code: code, error: error))
  }

  /// Failures come in the order of the samples, whatever was in one batch.
  private lazy var places = Dictionary(
    job.samples.samples.enumerated().map { ($0.element.id, $0.offset) },
    uniquingKeysWith: { first, _ in first })

  private func order(_ failure: RunFailure) -> Int { places[failure.id] ?? .max }

  private func report(before: Int, of total: Int) {
    job.report(
      "encode \(job.noun)", job.noun, before: before, done: embeddings.count, of: total,
      failures: failures.count)
  }
}
