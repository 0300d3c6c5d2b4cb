import Media
import Tensors

extension MPLUGModel {
  package func features(
    of pictures: [PixelTensor], _ task: TaskProtocol
  ) throws -> [VisualFeatures] {
    try features(of: pictures, frames: 1, what: "picture", task)
  }

  package func features(
    of videos: [FrameTensor], _ task: TaskProtocol
  ) throws -> [VisualFeatures] {
    // One after the other: a video is a batch of its own.
    try videos.enumerated().flatMap { index, video in
      guard video.frames > 0 else {
        throw ModelError.cannot(
          model: name, task: task.task.rawValue, reason: "video \(index) has no frames",
          remedy: "sample at least one")
      }
      return try features(
        of: video.pictures, frames: video.frames, what: "video \(index), frame", task)
    }
  }

  /// The features of pictures, every `frames` consecutive ones taken together.
  private func features(
    of pictures: [PixelTensor], frames: Int, what: String, _ task: TaskProtocol
  ) throws -> [VisualFeatures] {
    let visual = try require(network.visual, "the visual encoder", task.task)
    let projection = try require(network.projection, "the visual projection", task.task)
    let tokens = projection(try visual(pictures, engine), engine)
    for (index, sequence) in tokens.sequences.enumerated() {
      let rows = tokens.rows.rows(sequence)
      guard engine.allFinite(rows.pointer, rows.rows * rows.width) else {
        throw ModelError.notComputable(
          sample: "\(what) \(index)", task: task.task.rawValue,
          what: "what the encoder makes of it",
          remedy: "the weights do not fit each other: check the checkpoint")
      }
    }
    let embeddings = embeddings(of: tokens, frames: frames, task)
    return tokens.joined(every: frames).sequences.enumerated().map { index, sequence in
      VisualFeatures(
        // A copy of its own: the batch's matrix may go while features are cached.
        tokens: engine.gather(tokens.rows, Array(sequence)),
        embedding: embeddings.map { $0.rows(index..<index + 1).floats })
    }
  }

  private func embeddings(
    of tokens: HiddenStates, frames: Int, _ task: TaskProtocol
  ) -> Matrix? {
    guard case .matching = task.output, let heads = network.contrastive else { return nil }
    return heads.features(ofVideos: tokens, frames: frames, engine)
  }

  /// The tokens of several pictures or videos, one below the other, `[tokens of all, H]`.
  ///
  /// - Throws: `ModelError.cannot` for features that are not this model's, such as those of a cache.
  func states(of visuals: [VisualFeatures], _ task: TaskProtocol) throws -> HiddenStates {
    let width = network.configuration.text.width
    for tokens in visuals.map(\.tokens) where tokens.rows == 0 || tokens.width != width {
      throw ModelError.cannot(
        model: name, task: task.task.rawValue,
        reason: "visual features have the shape [\(tokens.rows), \(tokens.width)], not "
          + "[tokens, \(width)]", remedy: "encode with the model that is asked")
    }
    return HiddenStates(
      rows: engine.stack(visuals.map(\.tokens)),
      sequences: HiddenStates.sequences(ofLengths: visuals.map(\.tokens.rows)))
  }
}
