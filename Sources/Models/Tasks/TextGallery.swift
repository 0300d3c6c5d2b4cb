import Tensors

/// The texts of a retrieval, encoded once.
package struct TextGallery: Sendable {
  /// The names of the samples.
  package let samples: [String]
  /// Contrastive features of length 1, `[texts, E]`.
  package let embeddings: Matrix
  /// What is to be said of each.
  package let remarks: [[SampleRemark]]
  /// What the text encoder made of them, without padding.
  let states: HiddenStates

  /// How many texts there are.
  package var count: Int { samples.count }
}
