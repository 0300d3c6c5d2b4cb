import Checkpoints
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@Suite struct HeadTests {
  @Test(arguments: GoldenModel.names)
  func featuresAndSimilaritiesOfPicturesEqualTheOriginal(name: String) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("retrieval")
    let heads = try ContrastiveHeads(model.reader, model.configuration)
    let image = golden.states("image_embeds", model.engine)
    let images = heads.features(ofImages: image, model.engine)
    let texts = heads.features(ofTexts: golden.states("text_embeds", model.engine), model.engine)
    #expect(largestDifference(images.floats, golden.floats("image_feat")) < 1e-4)
    #expect(largestDifference(texts.floats, golden.floats("text_feat")) < 1e-4)
    let similarities = ContrastiveHeads.similarities(images, texts, model.engine)
    #expect(similarities.rows == 4 && similarities.width == 7)
    #expect(largestDifference(similarities.floats, golden.floats("similarity")) < 1e-4)
    let swapped = heads.features(ofTexts: image, model.engine)
    #expect(largestDifference(swapped.floats, golden.floats("image_feat")) > 0.01)
  }

  @Test(arguments: GoldenModel.names)
  func featuresOfVideosEqualTheOriginal(name: String) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("video_retrieval")
    let heads = try ContrastiveHeads(model.reader, model.configuration)
    let (frames, each) = try model.frames("video_retrieval")
    let visual = try VisualEncoder(model.reader, model.configuration)(frames, model.engine)
    let image = try VisualProjection(model.reader, model.configuration)(visual, model.engine)
    let videos = heads.features(ofVideos: image, frames: each, model.engine)
    #expect(largestDifference(videos.floats, golden.floats("video_feat")) < 1e-4)
    let text = try TextEncoder(model.reader, model.configuration)(
      golden.batch("text_ids", "text_mask"), model.engine)
    let texts = heads.features(ofTexts: text, model.engine)
    #expect(largestDifference(texts.floats, golden.floats("text_feat")) < 1e-4)
    let similarities = ContrastiveHeads.similarities(videos, texts, model.engine)
    #expect(largestDifference(similarities.floats, golden.floats("similarity")) < 1e-4)
    // The first frame alone has other features, and so have the frames in another grouping.
    let first = heads.features(ofImages: image, model.engine).rows(0..<1)
    #expect(largestDifference(first.floats, videos.rows(0..<1).floats) > 1e-3)
    let grouped = heads.features(ofVideos: image, frames: 4, model.engine)
    #expect(largestDifference(grouped.rows(0..<1).floats, videos.rows(0..<1).floats) > 1e-3)
  }

  @Test(arguments: GoldenModel.names)
  func matchingScoresEqualTheOriginal(name: String) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("retrieval")
    let fusion = try FusionEncoder(model.reader, model.configuration)
    let head = try MatchingHead(model.reader, model.configuration)
    let text = golden.states("text_embeds", model.engine)
    let visible = golden.batch("text_ids", "text_mask").visible
    let image = golden.states("image_embeds", model.engine)
    let expected = [
      (golden.floats("score_i2t"), { (image: Int, text: Int) in image * 7 + text }),
      (golden.floats("score_t2i"), { (image: Int, text: Int) in text * 4 + image }),
    ]
    var compared = 0
    for (index, memory) in fusion.memories(image: image, model.engine).enumerated() {
      let fused = fusion.fusedCLS(memory, text: text, visible: visible, model.engine)
      let scores = head(fused, model.engine).columns(1..<2).floats
      for (text, score) in scores.enumerated() {
        for (matrix, place) in expected where matrix[place(index, text)] != -100 {
          #expect(abs(score - matrix[place(index, text)]) < 1e-3)
          compared += 1
        }
      }
      if index == 0 {
        let similarity = golden.floats("similarity").prefix(7)
        let best = similarity.indices.sorted { similarity[$0] > similarity[$1] }.prefix(3)
        let rows = model.engine.gather(fused, Array(best))
        #expect(largestDifference(rows.floats, golden.floats("fusion_text_cls_i2t0")) < 1e-3)
      }
    }
    #expect(compared == 4 * 3 + 7 * 3)

    // Of another picture the first text would have another score.
    let other = fusion.memories(image: image.items(1..<2), model.engine)[0]
    let scores = head(
      fusion.fusedCLS(other, text: text, visible: visible, model.engine), model.engine
    ).columns(1..<2).floats
    let first = golden.floats("score_i2t").prefix(7)
    #expect(zip(scores, first).contains { $1 != -100 && abs($0 - $1) > 0.01 })
  }

  @Test(arguments: GoldenModel.names)
  func entailmentEqualsTheConvention(name: String) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("classification")
    let batch = golden.batch("text_ids", "text_mask")
    let text = try TextEncoder(model.reader, model.configuration)(batch, model.engine)
    let image = try Self.tokens(of: "images", model)
    let fusion = try FusionEncoder(model.reader, model.configuration)
    let hidden = fusion(image: image, text: text, visible: batch.visible, model.engine).text
      .firstTokens(model.engine)
    #expect(largestDifference(hidden.floats, golden.floats("ve_hidden")) < 1e-3)
    let head = try Self.head("ve", classes: 3, model)
    #expect(largestDifference(head(hidden, model.engine).floats, golden.floats("ve_logits")) < 3e-3)

    let others = try Self.tokens(of: "second_images", model)
    let other = fusion(image: others, text: text, visible: batch.visible, model.engine).text
      .firstTokens(model.engine)
    #expect(largestDifference(other.floats, golden.floats("ve_hidden")) > 0.01)
    let logits = head(other, model.engine).floats
    #expect(largestDifference(logits, golden.floats("ve_logits")) > 0.01)
  }

  @Test(arguments: GoldenModel.names)
  func reasoningEqualsTheConvention(name: String) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("classification")
    let batch = golden.batch("text_ids", "text_mask")
    let text = try TextEncoder(model.reader, model.configuration)(batch, model.engine)
    let images = (try Self.tokens(of: "images", model), try Self.tokens(of: "second_images", model))
    // The layers that run here alone are in the checkpoint, not in the file of what is usual.
    let weights = try MPLUGWeights(
      Checkpoint(GoldenModel.folder(name).appendingPathComponent("checkpoint.pth").path))
    let fusion = try FusionEncoder(
      WeightReader(weights, engine: model.engine), model.configuration, reasoning: true)
    let hidden = fusion.reasoning(
      images: images, text: text, visible: batch.visible, model.engine)
    #expect(largestDifference(hidden.floats, golden.floats("nlvr_hidden")) < 1e-3)
    let head = try Self.head("nlvr", classes: 2, model)
    let logits = head(hidden, model.engine)
    #expect(largestDifference(logits.floats, golden.floats("nlvr_logits")) < 3e-3)

    let swapped = fusion.reasoning(
      images: (images.1, images.0), text: text, visible: batch.visible, model.engine)
    #expect(largestDifference(swapped.floats, golden.floats("nlvr_hidden")) > 0.01)
    // With all layers loaded the other tasks run as with the last ones alone.
    let alone = try FusionEncoder(model.reader, model.configuration)
    let fused = [fusion, alone].map {
      $0(image: images.0, text: text, visible: batch.visible, model.engine)
    }
    #expect(fused[0].text.rows.floats == fused[1].text.rows.floats)
    #expect(fused[0].image.rows.floats == fused[1].image.rows.floats)
  }

  private static func tokens(of list: String, _ model: GoldenModel) throws -> HiddenStates {
    let pictures = try model.pictures("classification", list)
    let visual = try VisualEncoder(model.reader, model.configuration)(pictures, model.engine)
    return try VisualProjection(model.reader, model.configuration)(visual, model.engine)
  }

  private static func head(
    _ task: String, classes: Int, _ model: GoldenModel
  ) throws -> ClassificationHead {
    let path = GoldenModel.folder(model.name).appendingPathComponent("heads.safetensors").path
    let reader = WeightReader(try GoldenWeights(path), engine: model.engine)
    return try ClassificationHead(
      reader, model.configuration, classes: classes, name: "\(task).cls_head")
  }
}
