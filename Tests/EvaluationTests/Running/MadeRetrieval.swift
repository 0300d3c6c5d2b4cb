import Datasets
import Evaluation
import Foundation
import Media
import Models
import Records
import Synchronization
import Tensors
import TestSupport
import Testing

/// A small retrieval over pictures that the test makes, or over the clips of the fixtures, with the
/// tiny model.
struct MadeRetrieval {
  static let words = [
    "red", "bus", "dog", "two", "street", "table", "zebra", "girl", "park", "tree", "white", "bird",
  ]

  let scratch: TemporaryFolder
  let samples: SampleSet
  let requests: [MediaRequest]
  let model: MPLUGModel
  var task: TaskProtocol

  /// - Parameter clips: Files of the fixtures in place of pictures.
  init(
    images: Int = 9, texts: Int = 14, shortlist: Int = 3, clips: [String] = [],
    engine: Engine = Engine(threads: 1)
  ) throws {
    scratch = try TemporaryFolder()
    var random = TestRandom(seed: 11)
    var requests: [MediaRequest] = []
    for image in 0..<(clips.isEmpty ? images : 0) {
      let side = 24 + random.below(30)
      let base = (0..<3).map { _ in random.below(200) }
      let bytes = (0..<3 * side * 40).map { UInt8(base[$0 % 3] + random.below(50)) }
      let png = try PNGWriter.bytes(of: RGBImage(width: 40, height: side, bytes: bytes))
      let path = try scratch.write("media/\(image).png", Data(png))
      requests.append(
        MediaRequest(
          reference: MediaReference(id: .int(700 + image), path: "\(image).png", kind: .image),
          path: path))
    }
    for clip in clips {
      let path = Golden.fixtures.appendingPathComponent("media/videos/\(clip)").path
      requests.append(
        MediaRequest(
          reference: MediaReference(id: .string(clip), path: clip, kind: .video), path: path))
    }
    self.requests = requests
    samples = SampleSet(
      samples: requests.enumerated().map { InputSample(id: $1.reference.id, media: [$0]) },
      media: requests.map(\.reference),
      texts: (0..<texts).map { text in
        (0..<3 + text % 5).map { _ in Self.words[random.below(Self.words.count)] }
          .joined(separator: " ")
      }, files: [])
    let kind = clips.isEmpty ? ModelTask.retrieval : .videoRetrieval
    let folder = Golden.fixtures.appendingPathComponent("model/tiny-base")
    model = try MPLUGFamily.model(
      ModelRequest(
        name: folder.appendingPathComponent("config.json").path,
        checkpoint: folder.appendingPathComponent("checkpoint.pth").path,
        vocabulary: Golden.fixtures.appendingPathComponent("model/vocab.txt").path, tasks: [kind],
        engine: engine))
    task = try model.taskProtocol(for: kind)
    task.output = .matching(MatchingRule(shortlist: shortlist, addsSimilarity: kind.isVideo))
  }

  /// A part of a run with a name.
  func job(_ name: String, _ shard: Shard = .whole, counting: CountingRetrieval? = nil)
    -> RetrievalJob
  {
    var job = RetrievalJob(
      model: counting ?? model as any Retrieval, task: task, samples: samples, requests: requests,
      set: "made/test", key: "key of \(task.signature)",
      folder: scratch("\(name)-\(shard.index)-of-\(shard.count)"),
      common: scratch("\(name)-exchange"))
    job.shard = shard
    return job
  }

  /// Runs a part as a process does, from the journal that is there.
  func run(_ job: RetrievalJob) throws -> [RunFailure] {
    try FileManager.default.createDirectory(
      atPath: job.folder, withIntermediateDirectories: true)
    var answered: Set<SampleID> = []
    let journal = try Journal(Self.journal(job)) { line in
      if let id = line["image"].flatMap(SampleID.init(json:)) { answered.insert(id) }
    }
    return try RetrievalRun.run(job, journal, answered: answered)
  }

  static func journal(_ job: RetrievalJob) -> String { "\(job.folder)/predictions.jsonl" }

  /// The lines of parts, ordered.
  func lines(_ jobs: [RetrievalJob]) throws -> [String] {
    try jobs.flatMap { job in
      try String(contentsOfFile: Self.journal(job), encoding: .utf8).split(separator: "\n")
        .map(String.init)
    }.sorted()
  }

  /// The parts of a run, each run until all are complete.
  func runInParts(
    _ name: String, _ count: Int, change: (inout RetrievalJob) -> Void = { _ in }
  ) throws -> [RetrievalJob] {
    let jobs = (1...count).map { index in
      var job = job(name, Shard(index: index, of: count))
      change(&job)
      return job
    }
    for job in jobs {
      do {
        #expect(try run(job).isEmpty || job.allowsPartial)
      } catch EvaluationError.incomplete(let set, let reason, let remedy) {
        #expect(set == "made/test" && job.shard.index < count)
        #expect(reason.contains("part \(job.shard) has encoded") && remedy.contains("--wait"))
      }
    }
    for job in jobs { #expect(try run(job).isEmpty || job.allowsPartial) }
    return jobs
  }
}

/// A model that counts what it is asked, and is killed, as far as that is possible in a test, before
/// it has scored as many visuals as it may.
final class CountingRetrieval: Retrieval {
  struct Killed: Error {}

  struct Counts: Equatable {
    var pictures = 0
    var texts = 0
    var scored: [Int] = []
  }

  private let model: MPLUGModel
  private let limit: Int
  private let state = Mutex(Counts())

  init(_ model: MPLUGModel, limit: Int = .max) {
    self.model = model
    self.limit = limit
  }

  var counts: Counts { state.withLock { $0 } }
  var name: String { model.name }
  var identity: [SignatureField] { model.identity }
  var weightsNote: String? { model.weightsNote }
  var tasks: Set<ModelTask> { model.tasks }
  func taskProtocol(for task: ModelTask) throws -> TaskProtocol {
    try model.taskProtocol(for: task)
  }

  func features(of pictures: [PixelTensor], _ task: TaskProtocol) throws -> [VisualFeatures] {
    state.withLock { $0.pictures += pictures.count }
    return try model.features(of: pictures, task)
  }

  func features(of videos: [FrameTensor], _ task: TaskProtocol) throws -> [VisualFeatures] {
    state.withLock { $0.pictures += videos.count }
    return try model.features(of: videos, task)
  }

  func gallery(of texts: [TextInput], _ task: TaskProtocol) throws -> TextGallery {
    state.withLock { $0.texts += texts.count }
    return try model.gallery(of: texts, task)
  }

  func shortlists(
    of embeddings: [[Float]], and gallery: TextGallery, _ task: TaskProtocol
  ) throws -> Shortlists {
    try model.shortlists(of: embeddings, and: gallery, task)
  }

  func scores(
    of shortlists: Shortlists, _ gallery: TextGallery, visuals: Range<Int>, _ task: TaskProtocol,
    features: (Int) throws -> VisualFeatures, progress: (_ done: Int, _ total: Int) -> Void
  ) throws -> MatchingScores {
    try model.scores(
      of: shortlists, gallery, visuals: visuals, task,
      features: { visual in
        try state.withLock {
          guard $0.scored.count < limit else { throw Killed() }
          $0.scored.append(visual)
        }
        return try features(visual)
      }, progress: progress)
  }
}
