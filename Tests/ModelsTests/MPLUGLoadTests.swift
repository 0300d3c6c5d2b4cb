import Checkpoints
import Foundation
import Models
import Records
import Tensors
import TestSupport
import Testing

@Suite struct MPLUGLoadTests {
  static let parts: Set<MPLUGPart> = [.visual, .text, .fusion, .contrastive, .matching]

  static func path(_ name: String) -> String {
    GoldenModel.folder(name).appendingPathComponent("checkpoint.pth").path
  }

  @Test(arguments: GoldenModel.names)
  func aTrainingRunsCheckpointIsTheGoldenModelToTheBit(name: String) throws {
    let model = try GoldenModel(name)
    let loaded = try MPLUG.load(
      Self.path(name), configuration: model.configuration, parts: Self.parts,
      engine: model.engine)
    #expect(loaded.audit.isLoadable && loaded.audit.unknown == [])
    #expect(loaded.audit.fitting == model.configuration.expectedTensors(for: Self.parts).count)
    let golden = try model.tensors("vqa")
    let batch = golden.batch("question_ids", "question_mask")
    let encoders = try [
      (
        #require(loaded.visual), #require(loaded.projection), #require(loaded.text),
        #require(loaded.fusion)
      ),
      (
        VisualEncoder(model.reader, model.configuration),
        VisualProjection(model.reader, model.configuration),
        TextEncoder(model.reader, model.configuration),
        FusionEncoder(model.reader, model.configuration)
      ),
    ]
    let results = try encoders.map { visual, projection, text, fusion in
      let image = projection(try visual(try model.pictures("vqa"), model.engine), model.engine)
      let fused = fusion(
        image: image, text: try text(batch, model.engine), visible: batch.visible, model.engine)
      return fused.image.rows.floats + fused.text.rows.floats
    }
    #expect(results[0] == results[1])
  }

  @Test func partsThatAreNotAskedForAreNotLoaded() throws {
    let model = try GoldenModel("tiny-base")
    let loaded = try MPLUG.load(
      Self.path("tiny-base"), configuration: model.configuration, parts: [.text],
      engine: model.engine)
    #expect(loaded.text != nil && loaded.visual == nil && loaded.projection == nil)
    #expect(loaded.fusion == nil && loaded.contrastive == nil && loaded.matching == nil)
    #expect(loaded.classification == nil)
    #expect(loaded.audit.ignored.contains { $0.reason == "parts that the task does not use" })
  }

  @Test func theFilesDigestIsItsIdentity() throws {
    let model = try GoldenModel("tiny-large")
    let path = Self.path("tiny-large")
    let loaded = try MPLUG.load(
      path, configuration: model.configuration, parts: [.matching], engine: model.engine)
    #expect(loaded.checkpoint.path == path)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(loaded.checkpoint.size == bytes.count)
    #expect(loaded.checkpoint.sha256 == SHA256.hexDigest(of: bytes))
    #expect(loaded.checkpoint.sha256 == SHA256.hexDigest(of: bytes))
  }

  @Test func anotherVariantIsRefusedBySizes() throws {
    let model = try GoldenModel("tiny-base")
    #expect {
      try MPLUG.load(
        Self.path("tiny-large"), configuration: model.configuration, parts: Self.parts,
        engine: model.engine)
    } throws: { error in
      guard case .notLoadable = error as? CheckpointError else { return false }
      let text = "\(error)"
      return text.contains("vision width 128, not 64") && text.contains("tiny-large")
        && !text.contains("\n")
    }
    // Fewer layers than the file has would load without a word.
    var shallow = model.configuration
    shallow.textLayers = 1
    #expect {
      try MPLUG.load(
        Self.path("tiny-base"), configuration: shallow, parts: Self.parts, engine: model.engine)
    } throws: { "\($0)".contains("text layers 2, not 1") }
  }

  @Test func classesThatTheFileDoesNotHaveAreRefused() throws {
    let model = try GoldenModel("tiny-base")
    #expect {
      try MPLUG.load(
        Self.path("tiny-base"), configuration: model.configuration,
        parts: [.classification(classes: 3)], engine: model.engine)
    } throws: { error in
      guard case .notLoadable = error as? CheckpointError else { return false }
      return "\(error)".contains("cls_head.0.weight")
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func aWeightThatIsNoNumberIsRefused(value: Float) throws {
    let model = try GoldenModel("tiny-base")
    let folder = try TemporaryFolder()
    let source = try TensorFile(
      GoldenModel.folder("tiny-base").appendingPathComponent("weights.safetensors").path)
    for name in [
      "text_encoder.encoder.layer.1.attention.self.value.weight",
      "text_encoder.embeddings."
        + "word_embeddings.weight", "text_encoder.encoder.layer.0.output.LayerNorm.bias",
    ] {
      var writer = SafetensorsWriter()
      for tensor in source.tensors.sorted(by: { $0.key < $1.key })
      where tensor.key.hasPrefix("text_encoder.") {
        var floats = stride(from: 0, to: tensor.value.bytes.count, by: 2).map {
          Float(
            Float16(
              bitPattern: UInt16(tensor.value.bytes[$0])
                | UInt16(tensor.value.bytes[$0 + 1]) << 8))
        }
        if tensor.key == name { floats[floats.count - 1] = value }
        writer.add(tensor.key, shape: tensor.value.shape, floats)
      }
      let path = folder.path + "/broken.safetensors"
      try writer.write(to: path)
      #expect {
        try MPLUG.load(
          path, configuration: model.configuration, parts: [.text], engine: model.engine)
      } throws: { error in
        guard case .notFinite(path, name, _) = error as? ModelError else { return false }
        return true
      }
    }
  }
}
