import Media
import Metrics
import Models
import Records
import Tensors
import Text

extension Verifier {
  /// Boxes of phrases.
  func verifyGrounding(_ task: FixtureTask, _ checks: inout TaskChecks) throws {
    let settings = try settings(task, .grounding)
    let length = try task.integer("max_query_len", 2...512)
    let pictures = try pictures(task, settings)
    let (visual, projected) = try seen(pictures)
    try checks.numbers("visual", visual.rows, limit: VerificationLimit.states)
    try checks.numbersIfThere("image_embeds", projected.rows, limit: VerificationLimit.states)
    let texts = try task.strings("phrases")
    let phrases = try visualTexts(texts, features(of: pictures, settings), task, "phrases")
    let padded = WordPiecePadding(
      try texts.map {
        try GroundingPhrase($0, tokenizer: model.tokenizer, length: length).realIDs
      }, to: length)
    try compare(padded, "word_ids", "word_mask", &checks)
    // The first S layers of the text encoder, as the reference runs them (quirk Q8).
    let fused = try fused(projected, padded, layers: configuration.stride)
    try compare(fused, &checks)
    try compareLogits(memories(fused.joint), &checks)

    var rule = settings
    rule.text?.ids = length
    let boxes = try batches(phrases.count).flatMap {
      try model.boxes(of: Array(phrases[$0]), rule)
    }
    // The fed tokens: the prefix and all bins but the last, which the box tells.
    try checks.ids("tokens", boxes.map { BoxDecoding().prompt + $0.tokens.dropLast() })
    let found = boxes.map(\.box)
    let numbers = found.flatMap { [$0.centerX, $0.centerY, $0.width, $0.height] }
    try checks.numbers("box", numbers, width: 4, limit: 0)
    try compareOverlaps(task, found, &checks)
  }

  /// The logits of the four steps, those of other tokens lowered.
  private func compareLogits(_ memories: [DecoderMemory], _ checks: inout TaskChecks) throws {
    let decoder = try loaded(model.network.decoder, "decoder")
    let decoding = BoxDecoding()
    var steps = RecordedDecoder.Steps()
    for range in batches(memories.count) {
      let recorded = RecordedDecoder(
        decoder.start(Array(memories[range]), tokensPerItem: 4, engine), keptLogits: 4)
      _ = try decoding(recorded, items: range.count, engine)
      steps.append(recorded.steps)
    }
    for (step, rows) in steps.logits.enumerated() {
      let masked = rows.flatMap { row in
        row.enumerated().map { token, logit in
          logit + (decoding.firstBin...decoding.lastBin ~= token ? 0 : decoding.outside)
        }
      }
      try checks.numbers(
        "logits_step\(step)", masked, width: decoder.vocabulary, limit: VerificationLimit.logits)
    }
  }

  /// Overlap with the boxes that the folder calls right, and the accuracy.
  private func compareOverlaps(
    _ task: FixtureTask, _ boxes: [SquareBox], _ checks: inout TaskChecks
  ) throws {
    let target = try task.tensors.floats("target")
    guard target.shape == [boxes.count, 4] else {
      throw task.tensors.bad("target", "has the shape \(target.shape), expected [phrases, 4]")
    }
    checks.isInput("target")
    let overlaps = boxes.enumerated().map { index, box in
      let truth = Array(target.values[index * 4..<index * 4 + 4])
      return NormalizedBox(
        centerX: box.centerX, centerY: box.centerY, width: box.width, height: box.height
      ).mplugIoU(
        withTruth: NormalizedBox(
          centerX: truth[0], centerY: truth[1], width: truth[2], height: truth[3]))
    }
    try checks.numbers("iou", overlaps, width: 1, limit: VerificationLimit.arithmetic)
    let accuracy = Float(overlaps.count { $0 >= 0.5 }) / Float(max(overlaps.count, 1))
    let golden = try task.required(task.values["accuracy"]?.double, "accuracy", "a number")
    checks.identical("accuracy", [accuracy], [Float(golden)])
  }
}
