import Models
import Tensors
import TestSupport
import Testing

/// Results depend neither on threads nor on instructions.
@Suite struct EngineIndependenceTests {
  @Test(arguments: GoldenModel.names)
  func encodersAreTheSameToTheBit(name: String) throws {
    let truth = try Self.results(name, Engine(instructionSet: .scalar, threads: 1))
    #expect(truth.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isFinite) })
    for instructionSet in InstructionSet.allCases where instructionSet.isAvailable {
      for threads in [1, 2, 5] {
        let engine = Engine(instructionSet: instructionSet, threads: threads)
        #expect(try Self.results(name, engine) == truth, "\(instructionSet), \(threads) threads")
      }
    }
  }

  /// A video of so many tokens that they are worked off in parts, which depend on the threads.
  @Test(arguments: GoldenModel.names)
  func partsOfALongVideoDoNotShow(name: String) throws {
    let results = try [1, 9].map { threads in
      let engine = Engine(threads: threads)
      let model = try GoldenModel(name, engine: engine)
      let golden = try model.tensors("videoqa")
      let batch = golden.batch("question_ids", "question_mask")
      let text = try TextEncoder(model.reader, model.configuration)(batch, engine)
      let image = golden.states("fusion_image", engine)
      let rounds = 3000 / image.rows.rows
      let long = HiddenStates(
        rows: engine.stack((0..<rounds).map { _ in image.rows }),
        sequences: [0..<rounds * image.rows.rows - 5, 7..<rounds * image.rows.rows])
      let fusion = try FusionEncoder(model.reader, model.configuration)
      let fused = fusion(image: long, text: text, visible: batch.visible, engine)
      #expect(fused.image.rows.rows > 4 * 1200)
      return fused.image.rows.floats + fused.text.rows.floats
    }
    #expect(results[0] == results[1])
    let isFinite = results[0].allSatisfy { $0.isFinite }
    #expect(isFinite)
  }

  /// What each part makes of golden inputs.
  private static func results(_ name: String, _ engine: Engine) throws -> [[Float]] {
    let model = try GoldenModel(name, engine: engine)
    let golden = try model.tensors("vqa")
    let batch = golden.batch("question_ids", "question_mask")
    let visual = try VisualEncoder(model.reader, model.configuration)(
      try model.pictures("vqa"), engine)
    let image = try VisualProjection(model.reader, model.configuration)(visual, engine)
    let text = try TextEncoder(model.reader, model.configuration)(batch, engine)
    let fusion = try FusionEncoder(model.reader, model.configuration)
    let fused = fusion(image: image, text: text, visible: batch.visible, engine)
    let memory = fusion.memories(image: image, engine)[1]
    let first = fusion.fusedCLS(memory, text: text, visible: batch.visible, engine)
    let heads = try ContrastiveHeads(model.reader, model.configuration)
    return [
      visual.rows.floats, image.rows.floats, text.rows.floats, fused.image.rows.floats,
      fused.text.rows.floats, first.floats,
      ContrastiveHeads.similarities(
        heads.features(ofVideos: image, frames: 2, engine),
        heads.features(ofTexts: text, engine), engine
      ).floats,
      try MatchingHead(model.reader, model.configuration)(first, engine).floats,
    ]
  }
}
