/// What a checkpoint seems to be that is not the model wanted, by the names of its tensors.
package enum ArchitectureGuess {
  /// Names that begin or hold these tell a family; the first that fits counts.
  private static let families: [(title: String, marks: [String])] = [
    ("CLIP alone", ["visual.transformer.resblocks.", "token_embedding.weight"]),
    ("CLIP of the transformers library", ["vision_model.encoder.layers.", "text_model."]),
    ("BLIP-2", ["Qformer.", "query_tokens"]),
    ("ALBEF or BLIP", ["visual_encoder.blocks."]),
    ("Stable Diffusion", ["diffusion_model."]),
    ("a language model of LLaMA's kind", ["self_attn.q_proj."]),
    ("GPT-2", ["attn.c_attn."]),
    ("a ViT of timm", ["blocks.0.attn.qkv."]),
    ("a ResNet", ["layer1.0.conv1."]),
    ("BERT alone", ["encoder.layer.0.attention.self.query."]),
  ]

  /// How many names are searched for marks, and how long each: looking inside of one is slow.
  private static let mostNames = 4096
  private static let longestName = 256

  /// Names that mPLUG has and none of the others.
  private static let own = [
    "visual_encoder.visual.", "fusion_encoder.", "text_decoder.bert.", "visn_fc.",
  ]

  /// `it seems to be …`; nil where it may be the model wanted.
  package static func sentence(for checkpoint: Checkpoint) -> String? {
    let names = checkpoint.tensors.map(\.name)
    if names.contains(where: { name in own.contains { name.hasPrefix($0) } }) { return nil }
    let looked = names.prefix(mostNames).filter { $0.utf8.count <= longestName }
    for (title, marks) in families
    where marks.allSatisfy({ mark in looked.contains { $0.contains(mark) } }) {
      return "it seems to be \(title)"
    }
    return "it is no mPLUG (its first names are \(names.prefix(3).joined(separator: ", ")))"
  }
}
