import Datasets
import Media
import Models
import Records
import Tensors

/// Shows a model the images and clips of a run, each once: several pictures at a time, and what was
/// seen before from the store.
struct SeeingMedia {
  private let job: RunJob
  private let modelDigest: String
  private let order: [Int]
  /// How many of `order` were taken from the intake.
  private var taken = 0
  private let intake: MediaIntake
  private let decoding: MediaDecoding
  private var media: JournaledMedia
  private let journal: String
  private var held: [Int: Result<SeenFeatures, any Error>] = [:]
  private var waiting: [(medium: Int, element: MediaIntake.Element)] = []
  /// What leaves `held` is found again by what its file holds.
  private var digests: [Int: Result<Known, any Error>] = [:]

  private struct Known {
    let sha256: String
    let size: (width: Int, height: Int)?
    let remarks: [String]
  }

  /// How many bytes of features are held.
  private(set) var heldBytes = 0

  /// - Parameters:
  ///   - media: What the answers that are there are about.
  ///   - journal: Where those are.
  ///   - order: Places of media in the order in which they will be asked for.
  init(
    _ job: RunJob, modelDigest: String, about media: JournaledMedia, in journal: String,
    order: [Int]
  ) throws {
    self.job = job
    self.media = media
    self.journal = journal
    self.modelDigest = modelDigest
    var known: Set<Int> = []
    self.order = order.filter { known.insert($0).inserted }
    decoding = try MediaDecoding.of(job.task, threads: job.settings.decodingThreads)
    intake = try MediaIntake(
      self.order.map { job.requests[$0] }, task: job.task, store: job.features, model: modelDigest,
      threads: job.settings.decodingThreads)
  }

  /// Takes in media that will be needed; pictures are seen when a batch of them is there.
  ///
  /// - Throws: `ModelError` for what concerns the run.
  mutating func look(ahead media: [Int]) throws {
    for medium in media { try takeIn(medium) }
    if waiting.count >= job.settings.batchSize { try seeWaiting() }
  }

  /// Sees media that are needed now.
  ///
  /// - Throws: `ModelError` for what concerns the run.
  mutating func see(_ media: [Int]) throws {
    for medium in media { try takeIn(medium) }
    try seeWaiting()
  }

  /// What was seen of a medium that was asked for.
  func result(of medium: Int) -> Result<SeenFeatures, any Error> {
    held[medium]
      ?? .failure(
        RecordError.unreadable(path: job.requests[medium].path, reason: "it was not read"))
  }

  /// Forgets what was seen; the store may keep it.
  mutating func forget(except medium: Int?) {
    held = held.filter { $0.key == medium }
    heldBytes = 0
    for case .success(let seen) in held.values { heldBytes += seen.features.byteCount }
  }

  private mutating func takeIn(_ medium: Int) throws {
    guard held[medium] == nil, !waiting.contains(where: { $0.medium == medium }) else { return }
    switch digests[medium] {
    case .failure(let error)?: held[medium] = .failure(error)
    case .success(let known)?:
      let key = FeatureKey(
        model: modelDigest, signature: job.task.featureSignature, media: known.sha256)
      if let features = try job.features.features(key) {
        hold(
          SeenFeatures(
            features: features, sha256: known.sha256, size: known.size, remarks: known.remarks),
          medium)
      } else {
        try accept(
          medium,
          Result {
            try MediaIntake.read(
              job.requests[medium], decoding, job.task, job.features, model: modelDigest)
          })
      }
    case nil:
      // The intake hands out in the order that was announced.
      while taken < order.count, held[medium] == nil,
        !waiting.contains(where: { $0.medium == medium }), let next = intake.next()
      {
        try accept(order[taken], next.result)
        taken += 1
      }
    }
  }

  private mutating func accept(
    _ medium: Int, _ result: Result<MediaIntake.Element, any Error>
  ) throws {
    switch result {
    case .failure(let error):
      held[medium] = .failure(error)
      digests[medium] = .failure(error)
    case .success(let element):
      try media.note(medium, element.sha256, in: journal)
      digests[medium] = .success(
        Known(
          sha256: element.sha256, size: element.size,
          remarks: element.remarks.map(MediaProblems.code(ofRemark:))))
      waiting.append((medium, element))
    }
  }

  private mutating func hold(_ seen: SeenFeatures, _ medium: Int) {
    held[medium] = .success(seen)
    heldBytes += seen.features.byteCount
  }

  private mutating func seeWaiting() throws {
    let (model, task) = (job.model, job.task)
    var pictures: [(medium: Int, element: MediaIntake.Element, tensor: PixelTensor)] = []
    for (medium, element) in waiting {
      switch element.seen {
      case .features(let features): keep(features, medium, element)
      case .clip(let clip):
        try see(medium, element) { try model.features(of: [clip], task) }
      case .picture(let tensor): pictures.append((medium, element, tensor))
      }
    }
    waiting = []
    for start in stride(from: 0, to: pictures.count, by: job.settings.batchSize) {
      let batch = pictures[start..<min(start + job.settings.batchSize, pictures.count)]
      do {
        let features = try model.features(of: batch.map(\.tensor), task)
        for (picture, features) in zip(batch, features) {
          try remember(features, picture.medium, picture.element)
        }
      } catch {
        guard RunFailure.code(of: error) != nil else { throw error }
        for picture in batch {
          try see(picture.medium, picture.element) {
            try model.features(of: [picture.tensor], task)
          }
        }
      }
    }
  }

  /// Sees one alone; what cannot be computed of it is its own failure.
  private mutating func see(
    _ medium: Int, _ element: MediaIntake.Element, _ body: () throws -> [VisualFeatures]
  ) throws {
    do {
      for features in try body() { try remember(features, medium, element) }
    } catch {
      guard RunFailure.code(of: error) != nil else { throw error }
      let named = ModelError.notComputable(
        sample: job.requests[medium].path, task: job.task.task.rawValue,
        what: "what the encoder makes of it",
        remedy: "the weights do not fit each other: check the checkpoint")
      held[medium] = .failure(named)
      digests[medium] = .failure(named)
    }
  }

  private mutating func remember(
    _ features: VisualFeatures, _ medium: Int, _ element: MediaIntake.Element
  ) throws {
    try job.features.keep(
      features,
      FeatureKey(
        model: modelDigest, signature: job.task.featureSignature, media: element.sha256))
    keep(features, medium, element)
  }

  private mutating func keep(
    _ features: VisualFeatures, _ medium: Int, _ element: MediaIntake.Element
  ) {
    hold(
      SeenFeatures(
        features: features, sha256: element.sha256, size: element.size,
        remarks: element.remarks.map(MediaProblems.code(ofRemark:))),
      medium)
  }
}

extension VisualFeatures {
  /// What the numbers take up.
  var byteCount: Int { 4 * (tokens.rows * tokens.width + (embedding?.count ?? 0)) }
}
