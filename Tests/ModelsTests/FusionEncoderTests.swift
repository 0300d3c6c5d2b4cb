import Models
import Tensors
import TestSupport
import Testing

@Suite struct FusionEncoderTests {
  /// The golden data's README: 1e-3 absolute.
  static let limit: Float = 1e-3

  @Test(arguments: GoldenModel.names, [1, 2, 3, 100])
  func everyStrideEqualsTheOriginal(name: String, stride: Int) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("parts")
    var configuration = model.configuration
    configuration.stride = stride
    let encoder = try FusionEncoder(model.reader, configuration)
    let image = golden.states("image", model.engine)
    let text = golden.states("text_embeds", model.engine)
    let visible = golden.batch("ids", "mask").visible
    let imageVisible = golden.batch("image_mask", "image_mask").visible
    let fused = encoder(
      image: image, text: text, visible: visible, imageVisible: imageVisible, model.engine)
    let expected = (
      golden.floats("fusion_image_stride\(stride)"), golden.floats("fusion_text_stride\(stride)")
    )
    #expect(largestDifference(fused.image.rows.floats, expected.0) < Self.limit)
    #expect(largestDifference(fused.text.rows.floats, expected.1) < Self.limit)
    if stride == 100 { #expect(fused.image.rows.floats == golden.floats("image")) }

    // Masks count, those of the picture and those of the text, and so does the stride.
    let bare = encoder(image: image, text: text, visible: visible, model.engine)
    #expect(largestDifference(bare.text.rows.floats, expected.1) > 0.01)
    let whole = encoder(
      image: image, text: text, visible: text.allRows, imageVisible: imageVisible, model.engine)
    #expect(largestDifference(whole.text.rows.floats, expected.1) > 0.01)
    configuration.stride = stride == 1 ? 2 : 1
    let other = try FusionEncoder(model.reader, configuration)(
      image: image, text: text, visible: visible, imageVisible: imageVisible, model.engine)
    #expect(largestDifference(other.text.rows.floats, expected.1) > 0.01)
  }

  @Test(
    arguments: GoldenModel.names,
    [
      ("vqa", "question_ids", "question_mask"), ("grounding", "word_ids", "word_mask"),
      ("videoqa", "question_ids", "question_mask"),
    ])
  func fromPixelsToFusedTokensEqualsTheOriginal(
    name: String, task: (String, String, String)
  ) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors(task.0)
    let batch = golden.batch(task.1, task.2)
    let text = try TextEncoder(model.reader, model.configuration)(
      batch, layers: task.0 == "grounding" ? model.configuration.stride : nil, model.engine)
    let (pictures, each) =
      task.0 == "videoqa" ? try model.frames(task.0) : (try model.pictures(task.0), 1)
    let visual = try VisualEncoder(model.reader, model.configuration)(pictures, model.engine)
    let image = try VisualProjection(model.reader, model.configuration)(visual, model.engine)
      .joined(every: each)
    let encoder = try FusionEncoder(model.reader, model.configuration)
    let fused = encoder(image: image, text: text, visible: batch.visible, model.engine)
    #expect(largestDifference(fused.image.rows.floats, golden.floats("fusion_image")) < Self.limit)
    #expect(largestDifference(fused.text.rows.floats, golden.floats("fusion_text")) < Self.limit)

    // With the pictures of others the texts come out differently.
    let count = image.sequences.count
    let turned = HiddenStates(
      rows: image.rows, sequences: (0..<count).map { image.sequences[($0 + 1) % count] })
    let other = encoder(image: turned, text: text, visible: batch.visible, model.engine)
    #expect(largestDifference(other.text.rows.floats, golden.floats("fusion_text")) > 0.01)
  }

  @Test(arguments: GoldenModel.names, [1, 2, 3, 100])
  func aBatchIsItsItemsAloneAndPaddingIsNotSeenToTheBit(name: String, stride: Int) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("vqa")
    var configuration = model.configuration
    configuration.stride = stride
    let texts = try TextEncoder(model.reader, configuration)
    let encoder = try FusionEncoder(model.reader, configuration)
    let visual = golden.states("visual", model.engine)
    let image = try VisualProjection(model.reader, configuration)(visual, model.engine)
    let batch = golden.batch("question_ids", "question_mask")
    let padded = encoder(
      image: image, text: try texts(batch, model.engine), visible: batch.visible, model.engine)
    for (index, ids) in golden.integers("question_ids").enumerated() {
      let alone = TokenBatch([Array(ids.prefix(batch.visible[index].count))])
      let fused = encoder(
        image: image.items(index..<index + 1), text: try texts(alone, model.engine),
        visible: alone.visible, model.engine)
      let first = padded.text.sequences[index].lowerBound
      #expect(
        fused.text.rows.floats
          == padded.text.rows.rows(first..<first + alone.ids.count).floats)
      #expect(fused.image.rows.floats == padded.image.rows.rows(image.sequences[index]).floats)
    }
  }

  @Test(arguments: GoldenModel.names, [1, 2, 3, 100])
  func fusedCLSIsThatOfTheGeneralPathToTheBit(name: String, stride: Int) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("retrieval")
    var configuration = model.configuration
    configuration.stride = stride
    let encoder = try FusionEncoder(model.reader, configuration)
    let image = golden.states("image_embeds", model.engine)
    let text = golden.states("text_embeds", model.engine)
    let visible = golden.batch("text_ids", "text_mask").visible
    let memories = encoder.memories(image: image, model.engine)
    #expect(memories.count == 4)
    for (index, memory) in memories.enumerated() {
      let fused = encoder.fusedCLS(memory, text: text, visible: visible, model.engine)
      let same = HiddenStates(
        rows: image.rows, sequences: text.sequences.map { _ in image.sequences[index] })
      let general = encoder(image: same, text: text, visible: visible, model.engine)
      #expect(fused.floats == general.text.firstTokens(model.engine).floats)
      // A text alone, and texts enough for several parts.
      let alone = encoder.fusedCLS(
        memory, text: text.items(2..<3), visible: [visible[2].map { $0 - 60 }], model.engine)
      #expect(alone.floats == fused.rows(2..<3).floats)
    }
    let rounds = 8
    let many = HiddenStates(
      rows: model.engine.stack((0..<rounds).map { _ in text.rows }),
      sequences: (0..<rounds).flatMap { round in
        text.sequences.map { $0.lowerBound + 210 * round..<$0.upperBound + 210 * round }
      })
    let manyVisible = (0..<rounds).flatMap { round in
      visible.map { $0.map { $0 + 210 * round } }
    }
    let fused = encoder.fusedCLS(memories[1], text: many, visible: manyVisible, model.engine)
    let once = encoder.fusedCLS(memories[1], text: text, visible: visible, model.engine)
    #expect(fused.floats == (0..<rounds).flatMap { _ in once.floats })
    #expect(
      encoder.fusedCLS(
        memories[1], text: text.items(0..<0), visible: [], model.engine
      ).rows == 0)
  }

  @Test(arguments: GoldenModel.names, [1, 100])
  func anEmptyBatchGivesNothing(name: String, stride: Int) throws {
    let model = try GoldenModel(name)
    var configuration = model.configuration
    configuration.stride = stride
    let text = try TextEncoder(model.reader, configuration)(TokenBatch([]), model.engine)
    let visual = try VisualEncoder(model.reader, configuration)([], model.engine)
    let image = try VisualProjection(model.reader, configuration)(visual, model.engine)
    let encoder = try FusionEncoder(model.reader, configuration)
    let fused = encoder(image: image, text: text, visible: [], model.engine)
    #expect(fused.image.rows.rows == 0 && fused.text.rows.rows == 0)
    #expect(fused.text.sequences.isEmpty && encoder.memories(image: image, model.engine).isEmpty)
    let heads = try ContrastiveHeads(model.reader, configuration)
    #expect(heads.features(ofImages: image, model.engine).rows == 0)
  }
}
