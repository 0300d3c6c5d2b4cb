import Tensors

/// The fusion encoder: asymmetric co-attention with skip-connected merges.
///
/// Source: `FusionModel` of the reference.
package struct FusionEncoder: Sendable {
  /// `fusion_encoder.encoder.layer.{i}`: those that run, or all that are stored where `reasoning` is
  /// wanted.
  let layers: [BERTLayer]
  /// The index in `layers` of the first that runs outside `reasoning`.
  let first: Int
  /// S
  let stride: Int
  let heads: Int

  /// - Parameter reasoning: Whether the layers below the first that runs are loaded too, and the
  ///   cross-attention of layers that merge: `reasoning` alone uses them.
  /// - Throws: `ModelError`, and what the source of the weights throws.
  package init(
    _ reader: WeightReader, _ configuration: MPLUGConfiguration, reasoning: Bool = false
  ) throws {
    let text = configuration.text
    let indices = configuration.fusionIndices(all: reasoning)
    let first = configuration.fusionIndices(all: false).lowerBound - indices.lowerBound
    let stride = configuration.stride
    layers = try indices.indices.map { index in
      let merges = !reasoning && Self.merges(index - indices.lowerBound, stride: stride)
      return try BERTLayer(
        reader, "fusion_encoder.encoder.layer.\(index)", text: text,
        memoryWidth: merges ? nil : text.width)
    }
    self.first = first
    self.stride = stride
    heads = text.heads
  }

  /// The layers that run outside `reasoning`.
  var running: ArraySlice<BERTLayer> { layers[first...] }

  /// Whether the j-th layer that runs merges image and text; the others are co-attention.
  static func merges(_ layer: Int, stride: Int) -> Bool {
    layer > 0 && layer.isMultiple(of: stride)
  }

  /// How many co-attention layers run before the first that merges.
  var layersBeforeMerge: Int {
    (0..<running.count).first { Self.merges($0, stride: stride) } ?? running.count
  }

  /// Fuses each picture with its text.
  ///
  /// - Parameters:
  ///   - image: `[image rows, H]`, an item per text; texts about the same picture may share its rows.
  ///   - text: `[text rows, H]`
  ///   - visible: For each text the rows that may be attended to, as `TokenBatch.visible`.
  ///   - imageVisible: The same for the pictures; nil for all rows, as in every task.
  /// - Returns: The image after the last merge (what came in, where none merges), and the text after
  ///   the last layer.
  package func callAsFunction(
    image: HiddenStates, text: HiddenStates, visible: [[Int]], imageVisible: [[Int]]? = nil,
    _ engine: Engine
  ) -> (image: HiddenStates, text: HiddenStates) {
    precondition(image.sequences.count == text.sequences.count)
    var pair = FusionPair(
      image: image, text: text, imageVisible: imageVisible ?? image.allRows, textVisible: visible)
    for (place, layer) in running.enumerated() {
      if Self.merges(place, stride: stride) {
        pair = layer.merge(pair, heads: heads, engine)
      } else {
        let memories = layer.attentionToMemory.memories(
          of: pair.image.rows, visible: pair.imageVisible, heads: heads, engine)
        pair.text = layer.coAttend(
          pair.text, visible: visible, memories: memories, heads: heads, engine)
      }
    }
    return (pair.image, pair.text)
  }
}
