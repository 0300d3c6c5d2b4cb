import Models
import Tensors
import TestSupport
import Testing

@Suite struct TextEncoderTests {
  /// The golden data's README: 1e-4 absolute.
  static let limit: Float = 1e-4

  /// A task, and what its file calls ids and mask.
  static let tasks = [
    ("vqa", "question_ids", "question_mask"), ("retrieval", "text_ids", "text_mask"),
    ("grounding", "word_ids", "word_mask"), ("videoqa", "question_ids", "question_mask"),
    ("parts", "ids", "mask"),
  ]

  @Test(arguments: GoldenModel.names, tasks)
  func equalsTheOriginal(name: String, task: (String, String, String)) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors(task.0)
    let encoder = try TextEncoder(model.reader, model.configuration)
    // Grounding runs the first S layers only.
    let layers = task.0 == "grounding" ? model.configuration.stride : nil
    let text = try encoder(golden.batch(task.1, task.2), layers: layers, model.engine)
    #expect(largestDifference(text.rows.floats, golden.floats("text_embeds")) < Self.limit)

    // Another id, or a token seen that is masked, changes the result.
    var ids = golden.integers(task.1)
    let masks = golden.integers(task.2).map { $0.map { $0 != 0 } }
    ids[0][0] += 1
    let other = try encoder(TokenBatch(ids, masks: masks), layers: layers, model.engine)
    #expect(largestDifference(other.rows.floats, golden.floats("text_embeds")) > 0.01)
    let unmasked = try encoder(TokenBatch(golden.integers(task.1)), layers: layers, model.engine)
    if masks.contains(where: { $0.contains(false) }) {
      #expect(largestDifference(unmasked.rows.floats, golden.floats("text_embeds")) > 0.01)
    }
    if model.configuration.textLayers > model.configuration.stride, layers != nil {
      let all = try encoder(golden.batch(task.1, task.2), model.engine)
      #expect(largestDifference(all.rows.floats, golden.floats("text_embeds")) > 0.01)
    }
  }

  @Test(arguments: GoldenModel.names)
  func textsWithoutPaddingHaveTheSameTokensToTheBit(name: String) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("vqa")
    let encoder = try TextEncoder(model.reader, model.configuration)
    let padded = try encoder(golden.batch("question_ids", "question_mask"), model.engine)
    let lengths = golden.integers("question_mask").map { $0.count { $0 != 0 } }
    let texts = zip(golden.integers("question_ids"), lengths).map { Array($0.prefix($1)) }
    let ragged = try encoder(TokenBatch(texts), model.engine)
    for (index, length) in lengths.enumerated() {
      let first = padded.sequences[index].lowerBound
      #expect(
        ragged.rows.rows(ragged.sequences[index]).floats
          == padded.rows.rows(first..<first + length).floats)
      let alone = try encoder(TokenBatch([texts[index]]), model.engine)
      #expect(alone.rows.floats == ragged.rows.rows(ragged.sequences[index]).floats)
    }
  }

  @Test func textsThatDoNotFitAreRefused() throws {
    let model = try GoldenModel("tiny-base")
    let encoder = try TextEncoder(model.reader, model.configuration)
    let positions = model.configuration.text.positions
    #expect(
      try encoder(TokenBatch([[Int32](repeating: 101, count: positions)]), model.engine)
        .rows.rows == positions)
    #expect {
      try encoder(TokenBatch([[Int32](repeating: 101, count: positions + 1)]), model.engine)
    } throws: { error in
      guard case .textTooLong(let tokens, let limit, _) = error as? ModelError else { return false }
      return tokens == positions + 1 && limit == positions
    }
    for id in [-1, Int32.min, 704, Int32.max] {
      #expect { try encoder(TokenBatch([[101, id]]), model.engine) } throws: { error in
        guard case .unknownToken(Int(id), 704, _) = error as? ModelError else { return false }
        return true
      }
    }
    for batch in [
      TokenBatch([[101], []]), TokenBatch([[101], [101]], masks: [[true], [false]]),
    ] {
      #expect { try encoder(batch, model.engine) } throws: { error in
        guard case .emptyText(1, _) = error as? ModelError else { return false }
        return true
      }
    }
  }
}
