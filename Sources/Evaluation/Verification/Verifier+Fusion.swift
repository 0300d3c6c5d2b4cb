import Models
import Tensors
import Text

extension Verifier {
  /// Texts with the reference's padding, and what text and fusion encoder make of them.
  struct Fused {
    /// `[texts · length, H]`
    var text: HiddenStates
    /// `[visual tokens of all items, H]`
    var fusedImage: HiddenStates
    /// `[texts · length, H]`
    var fusedText: HiddenStates
    /// `[v; t]` of each item without padding: what a decoder attends to.
    var joint: HiddenStates
  }

  /// Encodes padded texts.
  ///
  /// - Parameter layers: how many layers of the text encoder run; nil for all.
  func encoded(_ texts: WordPiecePadding, layers: Int? = nil) throws -> HiddenStates {
    let encoder = try loaded(model.network.text, "text encoder")
    return joined(
      try batches(texts.ids.count).map {
        try encoder(TokenBatch(texts, $0), layers: layers, engine)
      })
  }

  /// Fuses each picture or video with its text.
  func fused(
    _ image: HiddenStates, _ texts: WordPiecePadding, layers: Int? = nil
  ) throws -> Fused {
    let fusion = try loaded(model.network.fusion, "fusion encoder")
    let text = try encoded(texts, layers: layers)
    let pairs = batches(texts.ids.count).map { range in
      fusion(
        image: image.items(range), text: text.items(range),
        visible: TokenBatch(texts, range).visible, engine)
    }
    let (fusedImage, fusedText) = (joined(pairs.map(\.image)), joined(pairs.map(\.text)))
    let joint = texts.mask.indices.map { item in
      let rows = fusedText.sequences[item].filter {
        texts.mask[item][$0 - fusedText.sequences[item].lowerBound]
      }
      let both = engine.stack([
        fusedImage.rows.rows(fusedImage.sequences[item]), engine.gather(fusedText.rows, rows),
      ])
      return HiddenStates(rows: both, sequences: [0..<both.rows])
    }
    return Fused(
      text: text, fusedImage: fusedImage, fusedText: fusedText, joint: joined(joint))
  }

  /// Compares ids and mask with tensors.
  func compare(
    _ texts: WordPiecePadding, _ ids: String, _ mask: String, _ checks: inout TaskChecks
  ) throws {
    try checks.ids(ids, texts.ids)
    try checks.ids(mask, texts.mask.map { $0.map { $0 ? 1 : 0 } })
  }

  /// Compares the states after text and fusion encoder with tensors.
  func compare(_ fused: Fused, _ checks: inout TaskChecks) throws {
    try checks.numbers("text_embeds", fused.text.rows, limit: VerificationLimit.states)
    try checks.numbers("fusion_image", fused.fusedImage.rows, limit: VerificationLimit.fusion)
    try checks.numbers("fusion_text", fused.fusedText.rows, limit: VerificationLimit.fusion)
  }

  /// The keys and values of a decoder for each item.
  func memories(_ states: HiddenStates) throws -> [DecoderMemory] {
    let decoder = try loaded(model.network.decoder, "decoder")
    return batches(states.sequences.count).flatMap {
      decoder.memories(states.items($0), engine)
    }
  }
}

extension TokenBatch {
  /// Some of some padded texts.
  init(_ texts: WordPiecePadding, _ range: Range<Int>) {
    self.init(Array(texts.ids[range]), masks: Array(texts.mask[range]))
  }
}
