import Checkpoints
import Media
import Models
import Records
import Tensors

extension Verifier {
  /// Masks with holes, fusion with several strides, the decoder's logits and loss, and positions at
  /// other resolutions.
  func verifyParts(_ task: FixtureTask, _ checks: inout TaskChecks) throws {
    let tensors = task.tensors
    let (ids, mask) = (try tensors.rows("ids"), try tensors.rows("mask"))
    let imageMask = try tensors.rows("image_mask")
    let image = try tensors.floats("image")
    let width = configuration.text.width
    guard mask.map(\.count) == ids.map(\.count) else {
      throw tensors.bad("mask", "has another shape than ids")
    }
    guard image.shape == [ids.count, imageMask.first?.count ?? 0, width],
      imageMask.count == ids.count, imageMask.allSatisfy({ $0.contains(1) })
    else {
      throw tensors.bad(
        "image",
        "has the shape \(image.shape), expected [texts, tokens of image_mask, \(width)], "
          + "a token of each to be seen")
    }
    checks.isInput("ids", "mask", "image", "image_mask")
    let batch = TokenBatch(ids, masks: mask.map { $0.map { $0 != 0 } })
    let tokens = image.shape[1]
    let states = HiddenStates(
      rows: engine.matrix(ids.count * tokens, width, image.values),
      sequences: ids.indices.map { $0 * tokens..<($0 + 1) * tokens })
    let visible = imageMask.enumerated().map { item, row in
      row.indices.filter { row[$0] != 0 }.map { item * tokens + $0 }
    }
    let reader = try reader(of: weights)
    let encoder = try loaded(model.network.text, "text encoder")
    let text = try encoder(batch, engine)
    try checks.numbers("text_embeds", text.rows, limit: VerificationLimit.states)
    for stride in try task.integers("strides") {
      guard (1...1000).contains(stride) else { throw task.bad("strides", "are from 1 to 1000") }
      var other = configuration
      other.stride = stride
      let fused = try FusionEncoder(reader, other)(
        image: states, text: text, visible: batch.visible, imageVisible: visible, engine)
      try checks.numbers(
        "fusion_image_stride\(stride)", fused.image.rows, limit: VerificationLimit.fusion)
      try checks.numbers(
        "fusion_text_stride\(stride)", fused.text.rows, limit: VerificationLimit.fusion)
    }
    try compareDecoder(batch, states, visible, &checks)
    try comparePositions(task, reader, &checks)
  }

  /// Makes layers of a file of weights.
  func reader(of path: String) throws -> WeightReader {
    WeightReader(
      try MPLUGWeights(Checkpoint(path), fusion: configuration.fusionIndices(all: false)),
      engine: engine)
  }

  private func compareDecoder(
    _ batch: TokenBatch, _ states: HiddenStates, _ visible: [[Int]], _ checks: inout TaskChecks
  ) throws {
    let decoder = try loaded(model.network.decoder, "decoder")
    let memories = decoder.memories(states, visible: visible, engine)
    let logits = try decoder.logits(batch, memories: memories, engine)
    try checks.numbers("decoder_logits", logits, limit: VerificationLimit.logits)
    // The cross entropy of every next token, of padding too.
    let next = batch.sequences.flatMap { text in
      text.map { $0 + 1 < text.upperBound ? [Int(batch.ids[$0 + 1])] : [] }
    }
    let found = engine.logSoftmax(logits, at: next)
    let losses = batch.sequences.map { text in -found[text].joined().reduce(0, +) }
    try checks.numbers("decoder_loss", losses, width: 1, limit: VerificationLimit.scores)
  }

  private func comparePositions(
    _ task: FixtureTask, _ reader: WeightReader, _ checks: inout TaskChecks
  ) throws {
    let stored = try task.tensors.floats("pos_stored")
    let width = configuration.vision.width
    let table = try reader.table(
      "visual_encoder.visual.positional_embedding", rows: stored.shape.first ?? 0, width: width)
    try checks.numbers("pos_stored", table, limit: VerificationLimit.arithmetic)
    let grid = PositionGrid(table)
    for name in task.tensors.names where name.hasPrefix("pos_side") {
      guard let side = Int(name.dropFirst(8)), (1...128).contains(side) else { continue }
      let columns = min(try task.tensors.floats(name).width, width)
      try checks.numbers(
        name, grid.resized(to: side, engine).columns(0..<columns),
        limit: VerificationLimit.arithmetic)
    }
  }
}
