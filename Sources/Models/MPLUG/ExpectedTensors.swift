import Checkpoints

extension MPLUGConfiguration {
  /// The tensors that parts of the model need, under the names of fine-tuned models.
  ///
  /// - Parameter side: Patches on a side of the stored positional embedding, which may be any;
  ///   pretraining stores 16.
  package func expectedTensors(
    for parts: Set<MPLUGPart>, side: Int = 16
  ) -> [ExpectedTensor] {
    var list = TensorList(self)
    if parts.contains(.visual) { list.addVisual(side: side) }
    if parts.contains(.text) { list.addText() }
    if parts.contains(.fusion) || parts.contains(.reasoning) {
      list.addFusion(all: parts.contains(.reasoning))
    }
    if parts.contains(.decoder) { list.addDecoder() }
    if parts.contains(.contrastive) {
      list.addLinear("vision_proj", text.width, embedding)
      list.addLinear("text_proj", text.width, embedding)
    }
    if parts.contains(.matching) { list.addLinear("itm_head", text.width, 2) }
    for part in parts {
      guard case .classification(let classes) = part else { continue }
      list.addLinear("cls_head.0", text.width, text.width)
      list.addLinear("cls_head.2", text.width, classes)
    }
    return list.tensors
  }
}

/// Collects the tensors of the parts.
private struct TensorList {
  private(set) var tensors: [ExpectedTensor] = []
  private let configuration: MPLUGConfiguration
  private var text: MPLUGConfiguration.Text { configuration.text }

  init(_ configuration: MPLUGConfiguration) { self.configuration = configuration }

  mutating func add(_ name: String, _ shape: [Int]) { tensors.append(ExpectedTensor(name, shape)) }

  mutating func addLinear(_ name: String, _ inputs: Int, _ outputs: Int) {
    add(name + ".weight", [outputs, inputs])
    add(name + ".bias", [outputs])
  }

  mutating func addNorm(_ name: String, _ width: Int) {
    add(name + ".weight", [width])
    add(name + ".bias", [width])
  }

  mutating func addVisual(side: Int) {
    let (name, vision) = (VisualEncoder.name, configuration.vision)
    let width = vision.width
    add(name + ".conv1.weight", [width, 3, vision.patch, vision.patch])
    add(name + ".class_embedding", [width])
    add(name + ".positional_embedding", [1 + side * side, width])
    addNorm(name + ".ln_pre", width)
    for layer in 0..<vision.layers {
      let block = "\(name).transformer.resblocks.\(layer)"
      addNorm(block + ".ln_1", width)
      add(block + ".attn.in_proj_weight", [3 * width, width])
      add(block + ".attn.in_proj_bias", [3 * width])
      addLinear(block + ".attn.out_proj", width, width)
      addNorm(block + ".ln_2", width)
      addLinear(block + ".mlp.c_fc", width, 4 * width)
      addLinear(block + ".mlp.c_proj", 4 * width, width)
    }
    addNorm(name + ".ln_post", width)
    if width != text.width {
      addLinear("visn_fc", width, text.width)
      addNorm("visn_layer_norm", text.width)
    }
  }

  mutating func addText() {
    addEmbeddings("text_encoder.embeddings")
    for layer in 0..<configuration.textLayers {
      addLayer("text_encoder.encoder.layer.\(layer)", hasCrossAttention: false)
    }
  }

  mutating func addFusion(all: Bool) {
    for (place, index) in configuration.fusionIndices(all: all).enumerated() {
      addLayer(
        "fusion_encoder.encoder.layer.\(index)",
        // What a layer that merges stores for cross-attention is not used.
        hasCrossAttention: all || !FusionEncoder.merges(place, stride: configuration.stride))
    }
  }

  mutating func addDecoder() {
    addEmbeddings("text_decoder.bert.embeddings")
    for layer in 0..<configuration.decoderLayers {
      addLayer("text_decoder.bert.encoder.layer.\(layer)", hasCrossAttention: true)
    }
    let head = "text_decoder.cls.predictions"
    addLinear(head + ".transform.dense", text.width, text.width)
    addNorm(head + ".transform.LayerNorm", text.width)
    addLinear(head + ".decoder", text.width, text.vocabulary)
  }

  private mutating func addEmbeddings(_ name: String) {
    add(name + ".word_embeddings.weight", [text.vocabulary, text.width])
    add(name + ".position_embeddings.weight", [text.positions, text.width])
    add(name + ".token_type_embeddings.weight", [2, text.width])
    addNorm(name + ".LayerNorm", text.width)
  }

  private mutating func addLayer(_ name: String, hasCrossAttention: Bool) {
    let width = text.width
    for attention in hasCrossAttention ? [".attention", ".crossattention"] : [".attention"] {
      for kind in ["query", "key", "value"] {
        addLinear("\(name)\(attention).self.\(kind)", width, width)
      }
      addLinear(name + attention + ".output.dense", width, width)
      addNorm(name + attention + ".output.LayerNorm", width)
    }
    addLinear(name + ".intermediate.dense", width, text.intermediateWidth)
    addLinear(name + ".output.dense", text.intermediateWidth, width)
    addNorm(name + ".output.LayerNorm", width)
  }
}
