import Tensors

/// What a model has seen of a picture or a video: made once, asked any number of times.
package struct VisualFeatures: Sendable {
  /// The tokens of all frames, one frame after the other, as fusion and decoder take them:
  /// `[tokens, H]`.
  package let tokens: Matrix
  /// The contrastive feature, of length 1: `[E]`; nil where no task in use compares by it.
  package let embedding: [Float]?

  package init(tokens: Matrix, embedding: [Float]?) {
    self.tokens = tokens
    self.embedding = embedding
  }
}

extension TaskProtocol {
  /// Everything that visual features depend on beside weights and media: tasks with the same of it
  /// share them.
  package var featureSignature: String {
    let keys: Set = ["res", "image", "frames", "video", "Q6", "Q7", "Q13"]
    let fields = signatureFields.filter { keys.contains($0.key) }.map { "\($0.key):\($0.value)" }
    guard case .matching = output else { return fields.joined(separator: "|") }
    return (fields + ["embedding"]).joined(separator: "|")
  }
}
