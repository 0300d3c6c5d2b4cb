import Tensors

/// The decoder: BERT layers with causal self-attention and with cross-attention in every layer, its own
/// embeddings and its own head.
///
/// A text's logits do not depend on what else is in a batch, and those of cached steps equal those of
/// whole texts, to the bit.
///
/// Source: `BertLMHeadModel` of the reference.
package struct TextDecoder: Sendable {
  /// A layer, whose cross-attention exists.
  struct Layer: Sendable {
    /// `attention`
    let selfAttention: BERTAttention
    /// `crossattention`
    let crossAttention: BERTAttention
    /// `intermediate`, `output`
    let feedForward: BERTFeedForward
  }

  /// Sizes.
  let text: MPLUGConfiguration.Text
  /// `text_decoder.bert.embeddings`
  let embeddings: DecoderEmbeddings
  /// `text_decoder.bert.encoder.layer.<i>`
  let layers: [Layer]
  /// `text_decoder.cls.predictions`
  let head: DecoderHead

  /// V
  package var vocabulary: Int { text.vocabulary }

  /// Reads `text_decoder.…`.
  ///
  /// - Throws: `ModelError` where a tensor is missing, has another shape or is not finite.
  package init(_ reader: WeightReader, _ configuration: MPLUGConfiguration) throws {
    let text = configuration.text
    self.text = text
    embeddings = try DecoderEmbeddings(reader, "text_decoder.bert.embeddings", text: text)
    layers = try (0..<configuration.decoderLayers).map { index in
      let name = "text_decoder.bert.encoder.layer.\(index)"
      let layer = try BERTLayer(reader, name, text: text, memoryWidth: text.width)
      return Layer(
        selfAttention: layer.selfAttention, crossAttention: layer.attentionToMemory,
        feedForward: layer.feedForward)
    }
    head = try DecoderHead(reader, text: text)
  }
}
