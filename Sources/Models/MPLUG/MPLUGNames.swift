/// The names of mPLUG's tensors in checkpoints.
///
/// Source: the loaders of X-PLUG/mPLUG at c666bfa. Quirks kept: none; theirs (Q1) deletes a tensor
/// whose name the renaming does not change, so that fine-tuned files run with random fusion
/// weights.
package enum MPLUGNames {
  /// The name that fine-tuned models have: pretraining puts `bert.` behind `text_encoder.` and
  /// `fusion.` behind `fusion_encoder.`. The decoder's `bert.` stays.
  package static func fineTuned(_ name: String) -> String {
    guard name.contains("fusion") || name.contains("bert"), !name.contains("decode") else {
      return name
    }
    return name.replacing("fusion.", with: "").replacing("bert.", with: "")
  }

  /// The two names of the word embeddings, which are the head's weights too, and those of the
  /// head's bias: PyTorch loads the first of each last, so that it counts.
  package static let tied = [
    [
      "text_decoder.cls.predictions.decoder.weight",
      "text_decoder.bert.embeddings.word_embeddings.weight",
    ],
    ["text_decoder.cls.predictions.decoder.bias", "text_decoder.cls.predictions.bias"],
  ]

  /// What comes before the number of a fusion layer.
  static let fusionLayer = "fusion_encoder.encoder.layer."

  /// Why nothing of inference reads a tensor; nil for one that something does, and for a name that
  /// is not mPLUG's.
  package static func ignored(_ name: String) -> String? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.contains(where: { $0.hasSuffix("_m") }) { return "momentum copies of training" }
    switch name {
    case "image_queue", "text_queue", "idx_queue", "queue_ptr": return "queues of pretraining"
    case "temp": return "the temperature of training"
    case "prefix_ids", "target_ids", "bbox_prob_mask": return "constants of grounding"
    case "visual_encoder.visual.proj": return "CLIP's projection of images"
    default: break
    }
    if parts.last == "position_ids" { return "numbers of positions" }
    if isTextTower(name) { return "CLIP's text tower" }
    if name.hasPrefix("fusion_encoder.embeddings.") { return "embeddings that fusion never reads" }
    if name.contains(".cls.predictions."), !name.hasPrefix("text_decoder.") {
      return "heads of masked language modelling"
    }
    return nil
  }

  private static func isTextTower(_ name: String) -> Bool {
    guard name.hasPrefix("visual_encoder."), !name.hasPrefix("visual_encoder.visual.") else {
      return false
    }
    let name = name.dropFirst("visual_encoder.".count)
    return ["positional_embedding", "token_embedding.weight", "text_projection", "logit_scale"]
      .contains(name) || name.hasPrefix("transformer.") || name.hasPrefix("ln_final.")
  }

  /// Whether some task of inference reads a tensor of this name, in a model of some size.
  package static func isUsed(_ name: String) -> Bool {
    if isTextLayer(name, behind: "text_encoder.encoder.layer.", hasCrossAttention: false)
      || isTextLayer(name, behind: fusionLayer, hasCrossAttention: true)
      || isTextLayer(name, behind: "text_decoder.bert.encoder.layer.", hasCrossAttention: true)
    {
      return true
    }
    if let (_, rest) = numbered(name, behind: "visual_encoder.visual.transformer.resblocks.") {
      return visualBlock.contains(rest)
    }
    return outside.contains(name)
  }

  /// The number of the layer that a name belongs to, and what follows it.
  static func numbered(_ name: String, behind prefix: String) -> (layer: Int, rest: Substring)? {
    guard name.hasPrefix(prefix) else { return nil }
    let behind = name.dropFirst(prefix.count)
    guard let dot = behind.firstIndex(of: "."), let layer = Int(behind[..<dot]), layer >= 0,
      "\(layer)" == behind[..<dot]
    else { return nil }
    return (layer, behind[behind.index(after: dot)...])
  }

  private static func isTextLayer(
    _ name: String, behind prefix: String, hasCrossAttention: Bool
  ) -> Bool {
    guard let (_, rest) = numbered(name, behind: prefix) else { return false }
    return textLayer.contains(rest)
      || hasCrossAttention && rest.hasPrefix("cross") && attention.contains(rest.dropFirst(5))
  }

  private static func pairs(_ names: [String]) -> Set<Substring> {
    Set(names.flatMap { ["\($0).weight", "\($0).bias"] })
  }

  private static let attention = pairs([
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "attention.output.LayerNorm",
  ])

  private static let textLayer = attention.union(
    pairs(["intermediate.dense", "output.dense", "output.LayerNorm"]))

  private static let visualBlock = pairs([
    "ln_1", "ln_2", "attn.out_proj", "mlp.c_fc", "mlp.c_proj",
  ]).union(["attn.in_proj_weight", "attn.in_proj_bias"])

  private static let outside: Set<String> = {
    let embeddings = ["text_encoder.embeddings.", "text_decoder.bert.embeddings."].flatMap {
      ["\($0)word_embeddings.weight", "\($0)position_embeddings.weight"]
        + ["\($0)token_type_embeddings.weight", "\($0)LayerNorm.weight", "\($0)LayerNorm.bias"]
    }
    let layers = [
      "visual_encoder.visual.ln_pre", "visual_encoder.visual.ln_post", "visn_fc", "visn_layer_norm",
      "text_decoder.cls.predictions.transform.dense",
      "text_decoder.cls.predictions.transform.LayerNorm", "text_decoder.cls.predictions.decoder",
      "vision_proj", "text_proj", "itm_head", "cls_head.0", "cls_head.2",
    ]
    return Set(embeddings).union(pairs(layers).map { String($0) }).union([
      "visual_encoder.visual.conv1.weight", "visual_encoder.visual.class_embedding",
      "visual_encoder.visual.positional_embedding", "text_decoder.cls.predictions.bias",
    ])
  }()
}
