import Tensors

/// The text encoder: BERT without its pooler.
package struct TextEncoder: Sendable {
  /// `text_encoder.embeddings`
  let embeddings: BERTEmbeddings
  /// `text_encoder.encoder.layer.{i}`
  let layers: [BERTLayer]
  let configuration: MPLUGConfiguration.Text

  /// - Throws: `ModelError`, and what the source of the weights throws.
  package init(_ reader: WeightReader, _ configuration: MPLUGConfiguration) throws {
    let text = configuration.text
    self.configuration = text
    embeddings = try BERTEmbeddings(reader, "text_encoder.embeddings", text: text)
    layers = try (0..<configuration.textLayers).map {
      try BERTLayer(reader, "text_encoder.encoder.layer.\($0)", text: text)
    }
  }

  /// Encodes texts.
  ///
  /// - Parameter count: How many of the layers run, the first ones; nil for all. Grounding runs the
  ///   first S, as the reference does (quirk Q8).
  /// - Returns: `[rows, H]`
  /// - Throws: `ModelError.unknownToken`, `.textTooLong`, `.emptyText`
  package func callAsFunction(
    _ batch: TokenBatch, layers count: Int? = nil, _ engine: Engine
  ) throws -> HiddenStates {
    try batch.requireVisibleTokens()
    var x = try embeddings(batch.ids, at: batch.positions, engine)
    for layer in layers.prefix(count ?? layers.count) {
      x = layer.selfAttention.among(
        x, sequences: batch.sequences, visible: batch.visible, heads: configuration.heads, engine)
      x = layer.feedForward(x, engine)
    }
    return HiddenStates(rows: x, sequences: batch.sequences)
  }
}
