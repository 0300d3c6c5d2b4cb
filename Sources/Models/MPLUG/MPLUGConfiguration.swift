/// The sizes of an mPLUG: what a YAML preset of `benchmarks/models` states.
public struct MPLUGConfiguration: Sendable, Equatable {
  /// The visual encoder, a CLIP ViT.
  public struct Vision: Sendable, Equatable {
    /// D
    public var width: Int
    /// Transformer blocks.
    public var layers: Int
    /// P, pixels.
    public var patch: Int

    /// D / 64, at least one.
    public var heads: Int { max(1, width / 64) }
  }

  /// What text encoder, fusion encoder and decoder have in common: BERT.
  public struct Text: Sendable, Equatable {
    /// H
    public var width: Int
    /// Heads of each attention.
    public var heads: Int
    /// I
    public var intermediateWidth: Int
    /// V
    public var vocabulary: Int
    /// How many positions have an embedding: the longest text.
    public var positions: Int
    /// Of all layer normalisations outside the visual encoder.
    public var epsilon: Float
  }

  /// The visual encoder.
  public var vision: Vision
  /// The text side.
  public var text: Text
  /// Layers of the text encoder.
  public var textLayers: Int
  /// Layers that the fusion encoder stores; the last `fusionLayers` of them run.
  public var fusionStored: Int
  /// Layers of the fusion encoder that run.
  public var fusionLayers: Int
  /// S: every S-th fusion layer but the first merges image and text.
  public var stride: Int
  /// Layers of the decoder.
  public var decoderLayers: Int
  /// E, the width of the contrastive features.
  public var embedding: Int

  /// The indices of the fusion layers in the names of their tensors.
  ///
  /// - Parameter all: Whether all that are stored are meant, or those that run.
  package func fusionIndices(all: Bool) -> Range<Int> {
    (all ? 0 : fusionStored - fusionLayers)..<fusionStored
  }
}
