import Checkpoints
import Records

/// The sizes that the shapes of a checkpoint's tensors show. Heads of the text side, the stride of
/// fusion and how many of its layers run cannot be seen.
package struct MPLUGSizes: Sendable, Equatable {
  /// D
  package let visionWidth: Int?
  /// P, pixels.
  package let patch: Int?
  /// Rows of the positional embedding, the class token's included.
  package let visionPositions: Int?
  /// Blocks of the visual encoder.
  package let visionLayers: Int
  /// H
  package let textWidth: Int?
  /// I
  package let intermediateWidth: Int?
  /// V
  package let vocabulary: Int?
  /// The longest text.
  package let textPositions: Int?
  /// Layers of the text encoder.
  package let textLayers: Int
  /// The numbers of the fusion layers that are stored.
  package let fusionLayers: [Int]
  /// Layers of the decoder.
  package let decoderLayers: Int
  /// E
  package let embedding: Int?
  /// Classes of the classification head.
  package let classes: Int?

  /// Looks at the shapes of tensors.
  package init(_ weights: MPLUGWeights) {
    func size(_ dimension: Int, _ rank: Int, _ names: String...) -> Int? {
      for name in names {
        if let shape = weights.shape(of: name), shape.count == rank { return shape[dimension] }
      }
      return nil
    }
    var layers: [String: Set<Int>] = [:]
    let prefixes = [
      "visual_encoder.visual.transformer.resblocks.", "text_encoder.encoder.layer.",
      MPLUGNames.fusionLayer, "text_decoder.bert.encoder.layer.",
    ]
    for (name, _) in weights.names {
      for prefix in prefixes {
        if let (layer, _) = MPLUGNames.numbered(name, behind: prefix) {
          layers[prefix, default: []].insert(layer)
        }
      }
    }
    func numbers(_ place: Int) -> [Int] { layers[prefixes[place], default: []].sorted() }
    visionWidth = size(0, 4, "visual_encoder.visual.conv1.weight")
    patch = size(3, 4, "visual_encoder.visual.conv1.weight")
    visionPositions = size(0, 2, "visual_encoder.visual.positional_embedding")
    visionLayers = numbers(0).count
    let text = "text_encoder.embeddings."
    let decoder = "text_decoder.bert.embeddings."
    textWidth = size(
      1, 2, "\(text)word_embeddings.weight", "\(decoder)word_embeddings.weight")
    vocabulary = size(
      0, 2, "\(text)word_embeddings.weight", "\(decoder)word_embeddings.weight")
    textPositions = size(
      0, 2, "\(text)position_embeddings.weight", "\(decoder)position_embeddings.weight")
    intermediateWidth = size(
      0, 2, "\(prefixes[1])0.intermediate.dense.weight", "\(prefixes[3])0.intermediate.dense.weight"
    )
    textLayers = numbers(1).count
    fusionLayers = numbers(2)
    decoderLayers = numbers(3).count
    embedding = size(0, 2, "vision_proj.weight", "text_proj.weight")
    classes = size(0, 2, "cls_head.2.weight")
  }

  /// What differs from a model, as `vision width 1024, not 768`; what cannot be seen does not.
  package func differences(from model: MPLUGConfiguration) -> [String] {
    func differs(_ what: String, _ found: Int?, _ expected: Int) -> String? {
      guard let found, found != expected else { return nil }
      return "\(what) \(found), not \(expected)"
    }
    func layers(_ what: String, _ found: Int, _ expected: Int) -> String? {
      differs(what, found == 0 ? nil : found, expected)
    }
    return [
      differs("vision width", visionWidth, model.vision.width),
      differs("patch", patch, model.vision.patch),
      layers("vision layers", visionLayers, model.vision.layers),
      differs("text width", textWidth, model.text.width),
      differs("intermediate width", intermediateWidth, model.text.intermediateWidth),
      differs("vocabulary", vocabulary, model.text.vocabulary),
      differs("text positions", textPositions, model.text.positions),
      layers("text layers", textLayers, model.textLayers),
      layers("decoder layers", decoderLayers, model.decoderLayers),
      differs("embedding", embedding, model.embedding),
    ].compactMap { $0 }
  }

  /// Layers that the file has and the model named would leave out: it fits, and is another.
  package func surplusLayers(over model: MPLUGConfiguration) -> [String] {
    [
      ("vision layers", visionLayers, model.vision.layers),
      ("text layers", textLayers, model.textLayers),
      ("decoder layers", decoderLayers, model.decoderLayers),
    ].compactMap { what, found, expected in
      found > expected ? "\(what) \(found), not \(expected)" : nil
    }
  }

  /// The names of the sizes and the sizes, for a table; nil where the file does not show one.
  package var fields: [(name: String, value: Int?)] {
    [
      ("vision_width", visionWidth), ("patch", patch), ("vision_positions", visionPositions),
      ("vision_layers", visionLayers), ("text_width", textWidth),
      ("intermediate_width", intermediateWidth), ("vocabulary", vocabulary),
      ("text_positions", textPositions), ("text_layers", textLayers),
      ("fusion_layers_stored", fusionLayers.count), ("decoder_layers", decoderLayers),
      ("embedding", embedding), ("classes", classes),
    ]
  }
}
