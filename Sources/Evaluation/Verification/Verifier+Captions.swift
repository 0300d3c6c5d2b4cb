import Media
import Models
import Records
import Tensors

extension Verifier {
  /// Captions of pictures.
  func verifyCaptions(_ task: FixtureTask, _ checks: inout TaskChecks) throws {
    var settings = try settings(task, .caption)
    settings.output = .text(try rule(task))
    let pictures = try pictures(task, settings)
    let (visual, projected) = try seen(pictures)
    try checks.numbers("visual", visual.rows, limit: VerificationLimit.states)
    try checks.numbersIfThere("image_embeds", projected.rows, limit: VerificationLimit.states)
    try verify(task, settings, projected, features(of: pictures, settings), &checks)
  }

  /// Captions of videos, with a prompt.
  func verifyVideoCaptions(_ task: FixtureTask, _ checks: inout TaskChecks) throws {
    var settings = try settings(task, .videoCaption)
    settings.output = .text(try rule(task))
    let videos = try videos(task, settings)
    let (_, frames) = try seen(videos.flatMap(\.pictures))
    let tokens = frames.joined(every: settings.frames ?? 1)
    try checks.numbers("image_embeds", tokens.rows, limit: VerificationLimit.states)
    try verify(task, settings, tokens, features(of: videos, settings), &checks)
  }

  private func verify(
    _ task: FixtureTask, _ settings: TaskProtocol, _ tokens: HiddenStates,
    _ features: [VisualFeatures], _ checks: inout TaskChecks
  ) throws {
    let samples = features.enumerated().map {
      VisualSample(sample: "\(task.name) \($0)", $1)
    }
    let captions = try batches(samples.count).flatMap {
      try model.captions(of: Array(samples[$0]), settings)
    }
    try compare(
      task, rule(task), memories(tokens), generated: captions, texts: "captions", &checks)
  }
}
