import Models
import Records
import Tensors
import Testing

/// The tiny models with products made by OpenBLAS: the tolerances of the golden tensors hold for them
/// as for ours. Nothing to check where the library is not installed.
@Suite struct OpenBLASModelTests {
  static let library = try? OpenBLAS()

  @Test(
    .enabled(if: library != nil, "libopenblas0 is not installed"), arguments: GoldenModel.names)
  func encodersAreGolden(_ name: String) throws {
    let library = try #require(Self.library)
    func fused(_ engine: Engine) throws -> (image: [Float], text: [Float]) {
      let model = try GoldenModel(name, engine: engine)
      let batch = try model.tensors("vqa").batch("question_ids", "question_mask")
      let visual = try VisualEncoder(model.reader, model.configuration)(
        try model.pictures("vqa"), engine)
      let image = try VisualProjection(model.reader, model.configuration)(visual, engine)
      let text = try TextEncoder(model.reader, model.configuration)(batch, engine)
      let fused = try FusionEncoder(model.reader, model.configuration)(
        image: image, text: text, visible: batch.visible, engine)
      return (fused.image.rows.floats, fused.text.rows.floats)
    }
    let golden = try GoldenModel(name).tensors("vqa")
    let theirs = try fused(Engine(threads: 2, products: .openBLAS(library)))
    #expect(largestDifference(theirs.image, golden.floats("fusion_image")) < 1e-3)
    #expect(largestDifference(theirs.text, golden.floats("fusion_text")) < 1e-3)
    // Others' sums: were the bits ours, the library would not have been asked.
    #expect(theirs.text != (try fused(Engine(threads: 2))).text)
  }

  @Test(
    .enabled(if: library != nil, "libopenblas0 is not installed"), arguments: GoldenModel.names)
  func searchesAreGolden(_ name: String) throws {
    let engine = Engine(threads: 2, products: .openBLAS(try #require(Self.library)))
    let golden = try DecoderGolden(name, engine: engine)
    func found(changed: Bool) throws -> [[Hypothesis]] {
      let (search, prompt) = try golden.search("caption")
      let memories = try golden.memories("caption", changed: changed)
      return try search(
        golden.decoder.start(memories, engine), prompts: memories.map { _ in prompt }, engine)
    }
    let beam = try #require(try golden.model.manifest("caption")["beam"])
    let scores = (beam["nbest_scores"]?.numberLists ?? []).flatMap { $0 }
    let searched = try found(changed: false)
    #expect(searched.map { $0.map(\.ids) } == beam["nbest_ids"]?.idLists)
    #expect(largestDifference(searched.flatMap { $0.map(\.score) }, scores) < 1e-3)
    let other = try found(changed: true)
    #expect(largestDifference(other.flatMap { $0.map(\.score) }, scores) > 1e-3)
  }
}
