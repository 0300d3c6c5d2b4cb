import Foundation
import Models
import Records
import Tensors

/// One task of one model, done once.
struct TaskRun {
  private let model: any Model
  private let settings: TaskProtocol
  private let media: MadeMedia
  private let textCount: Int
  private let clock = ContinuousClock()
  private let loadSeconds: Double

  init(_ task: ModelTask, name: String, checkpoint: String, vocabulary: String, texts: Int) throws {
    textCount = texts
    let clock = ContinuousClock()
    let started = clock.now
    model = try ModelRegistry.load(
      ModelRequest(
        name: name, checkpoint: checkpoint, vocabulary: vocabulary, tasks: [task],
        engine: Engine(threads: 2)))
    loadSeconds = Self.seconds(clock.now - started)
    settings = try model.taskProtocol(for: task)
    media = MadeMedia(task: settings)
  }

  /// Does the task.
  ///
  /// - Throws: what the model throws.
  mutating func line() throws -> String {
    let started = clock.now
    // Re-ranking compares several; the others are about one, or a pair.
    let isRetrieval = settings.task == .retrieval || settings.task == .videoRetrieval
    let count = isRetrieval || settings.task == .reasoning ? 2 : 1
    let features =
      try settings.task.isVideo
      ? model.features(of: (0..<count).map { try media.clip($0) }, settings)
      : model.features(of: (0..<count).map { try media.picture($0) }, settings)
    let seen = clock.now
    let (what, found) = try answer(features)
    let times = [loadSeconds, Self.seconds(seen - started), Self.seconds(clock.now - seen)]
      .map { String(format: "%.2f s", $0) }
    return "\(settings.task.rawValue): load \(times[0]), see \(count) \(times[1]), "
      + "\(what) \(times[2]), peak \(Self.peak) MiB; \(found)"
  }

  private func answer(_ features: [VisualFeatures]) throws -> (what: String, found: String) {
    let question = VisualText(
      TextInput(sample: "1", "what is the man on the left playing"), about: features[0])
    let sample = VisualSample(sample: "1", features[0])
    switch settings.task {
    case .vqa:
      return ("answer", try able(QuestionAnswering.self).answers(to: [question], settings)[0].text)
    case .videoQA:
      let answers = (0..<1000).map { "answer \($0)" }
      let candidates = try able(QuestionAnswering.self).candidates(answers)
      let ranked = try able(QuestionAnswering.self).rankedAnswers(
        to: [question], among: candidates, settings.ranking(answers))
      return ("rank 1,000 answers", ranked[0].text)
    case .caption, .videoCaption:
      return ("describe", try able(Captioning.self).captions(of: [sample], settings)[0].text)
    case .grounding:
      let box = try able(Grounding.self).boxes(of: [question], settings)[0].box
      return ("find", "\(box.centerX) \(box.centerY) \(box.width) \(box.height)")
    case .entailment:
      return ("judge", try able(Judging.self).entailments(of: [question], settings)[0].label)
    case .reasoning:
      let pair = PairText(question.input, about: features[0], features[1])
      return ("judge", try able(Judging.self).judgements(of: [pair], settings)[0].label)
    case .retrieval, .videoRetrieval:
      return try pairs(features)
    }
  }

  private func pairs(_ features: [VisualFeatures]) throws -> (String, String) {
    let retrieval = try able(Retrieval.self)
    let texts = (0..<textCount).map { text in
      TextInput(sample: "\(text)", "a man with \(text) red balls stands near the water and waits")
    }
    let gallery = try retrieval.gallery(of: texts, settings)
    let shortlists = try retrieval.shortlists(
      of: (0..<max(textCount / 5, features.count)).map {
        features[$0 % features.count].embedding ?? []
      },
      and: gallery, settings)
    let scores = try retrieval.scores(
      of: shortlists, gallery, visuals: 0..<features.count, settings,
      features: { features[$0] }, progress: { _, _ in })
    let best = scores.visuals.flatMap(\.scores).max() ?? 0
    return ("encode \(textCount) texts and score \(scores.pairs) pairs", "best \(best)")
  }

  private func able<Ability>(_ ability: Ability.Type) throws -> Ability {
    guard let able = model as? Ability else {
      throw ModelError.cannot(
        model: model.name, task: settings.task.rawValue, reason: "it has no such task",
        remedy: "name another")
    }
    return able
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  /// The most that was resident, in MiB.
  private static var peak: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
  }
}
