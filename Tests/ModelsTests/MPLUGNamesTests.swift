import Checkpoints
import Foundation
import Models
import Records
import TestSupport
import Testing

@Suite struct MPLUGNamesTests {
  @Test(arguments: [
    (
      "text_encoder.bert.encoder.layer.0.output.dense.bias",
      "text_encoder.encoder.layer.0.output.dense.bias"
    ),
    (
      "fusion_encoder.fusion.encoder.layer.6.output.dense.bias",
      "fusion_encoder.encoder.layer.6.output.dense.bias"
    ),
    (
      "fusion_encoder.bert.encoder.layer.6.output.dense.bias",
      "fusion_encoder.encoder.layer.6.output.dense.bias"
    ),
    ("text_encoder_m.bert.embeddings.LayerNorm.bias", "text_encoder_m.embeddings.LayerNorm.bias"),
    (
      "text_decoder.bert.encoder.layer.0.output.dense.bias",
      "text_decoder.bert.encoder.layer.0.output.dense.bias"
    ),
    // Q1: what the renaming does not change stays.
    (
      "fusion_encoder.encoder.layer.6.output.dense.bias",
      "fusion_encoder.encoder.layer.6.output.dense.bias"
    ),
    ("visn_fc.weight", "visn_fc.weight"),
  ])
  func namesOfFineTunedModels(_ stored: String, _ name: String) {
    #expect(MPLUGNames.fineTuned(stored) == name)
  }

  @Test func whatInferenceReads() {
    for name in [
      "visual_encoder.visual.conv1.weight", "visn_fc.bias", "itm_head.weight", "cls_head.2.bias",
      "visual_encoder.visual.transformer.resblocks.11.attn.in_proj_weight",
      "text_encoder.encoder.layer.0.attention.self.query.weight",
      "fusion_encoder.encoder.layer.6.crossattention.output.LayerNorm.bias",
      "text_decoder.bert.encoder.layer.3.crossattention.self.key.bias",
      "text_decoder.cls.predictions.bias", "text_decoder.cls.predictions.decoder.weight",
    ] {
      #expect(MPLUGNames.isUsed(name) && MPLUGNames.ignored(name) == nil, "\(name)")
    }
    for name in [
      "visual_encoder_m.visual.conv1.weight", "text_queue", "temp", "queue_ptr", "prefix_ids",
      "visual_encoder.transformer.resblocks.0.ln_1.weight", "visual_encoder.ln_final.bias",
      "visual_encoder.visual.proj", "text_encoder.embeddings.position_ids",
      "fusion_encoder.embeddings.LayerNorm.weight", "text_encoder.cls.predictions.bias",
      "visn_fc_m.weight", "visual_encoder.logit_scale",
    ] {
      #expect(!MPLUGNames.isUsed(name) && MPLUGNames.ignored(name) != nil, "\(name)")
    }
    for name in [
      "text_encoder.encoder.layer.0.crossattention.self.query.weight", "nothing",
      "text_encoder.encoder.layer.x.output.dense.bias", "fusion_encoder.encoder.layer.6",
      "text_encoder.encoder.layer.00.output.dense.bias", "text_encoder.pooler.dense.weight",
      "visual_encoder.visual.transformer.resblocks.0.ln_3.weight",
    ] {
      #expect(!MPLUGNames.isUsed(name) && MPLUGNames.ignored(name) == nil, "\(name)")
    }
  }

  // MARK: - Weights

  /// A checkpoint of vectors of two numbers.
  private func checkpoint(_ values: [(String, [Float])]) throws -> Checkpoint {
    let scratch = try TemporaryFolder()
    var writer = SafetensorsWriter()
    for (name, floats) in values { writer.add(name, shape: [floats.count], floats) }
    try writer.write(to: scratch("some.safetensors"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch("some.safetensors")))
    return try Checkpoint(MappedFile(bytes: Array(bytes), name: "some.safetensors"))
  }

  private func read(_ name: String, _ weights: MPLUGWeights) throws -> [Float] {
    let count = try #require(weights.shape(of: name)).reduce(1, *)
    return try [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      if let first = buffer.baseAddress { try weights.read(name, 0..<count, into: first) }
      filled = count
    }
  }

  @Test func fusionLayersUnderOtherNumbers() throws {
    func layer(_ number: Int) -> String {
      "fusion_encoder.encoder.layer.\(number).output.dense.bias"
    }
    let stored = try checkpoint([
      (layer(0), [0]), (layer(2), [2]),
      ("fusion_encoder.fusion.encoder.layer.10.output.dense.bias", [10]),
    ])
    let weights = try MPLUGWeights(stored, fusion: 6..<9)
    #expect(try read(layer(6), weights) == [0])
    #expect(try read(layer(7), weights) == [2])
    #expect(try read(layer(8), weights) == [10])
    #expect(weights.shape(of: layer(0)) == nil)
    // Another number of layers is left as it is.
    let others = try MPLUGWeights(stored, fusion: 6..<10)
    #expect(others.shape(of: layer(6)) == nil && others.shape(of: layer(10)) == [1])
  }

  @Test func tiedTensors() throws {
    let (head, words) = (MPLUGNames.tied[0][0], MPLUGNames.tied[0][1])
    let both = try MPLUGWeights(checkpoint([(words, [1, 2]), (head, [3, 4])]))
    #expect(try read(head, both) == [3, 4] && read(words, both) == [3, 4])
    #expect(both.tiedDiffering == [[head, words]])
    #expect(both.audit([]).tiedDiffering == [[head, words]])
    #expect(both.forInference.map(\.name) == [words])
    #expect(both.forInference.first?.tensor.name == head)
    for name in [head, words] {
      let one = try MPLUGWeights(checkpoint([(name, [1, 2])]))
      #expect(try read(head, one) == [1, 2] && read(words, one) == [1, 2])
      #expect(one.tiedDiffering == [] && one.forInference.map(\.name) == [words])
      for asked in [head, words] { #expect(one.audit([ExpectedTensor(asked, [2])]).isLoadable) }
    }
    let alike = try MPLUGWeights(checkpoint([(words, [1, .nan]), (head, [1, .nan])]))
    #expect(alike.tiedDiffering == [])
  }

  @Test func twoNamesThatBecomeOne() throws {
    let stored = try checkpoint([
      ("text_encoder.embeddings.LayerNorm.bias", [1]),
      ("text_encoder.bert.embeddings.LayerNorm.bias", [2]),
    ])
    #expect(throws: CheckpointError.self) { try MPLUGWeights(stored) }
  }

  // MARK: - Other models

  @Test func anotherVariantIsNamed() throws {
    let folder = Golden.fixtures.appendingPathComponent("model")
    let weights = try MPLUGWeights(MPLUGWeightsTests.checkpoint("tiny-base"))
    func configuration(_ model: String) throws -> MPLUGConfiguration {
      try MPLUGPreset(file: folder.appendingPathComponent("\(model)/config.json").path)
        .configuration
    }
    func error(_ configuration: MPLUGConfiguration) throws -> String {
      do {
        try weights.check(
          configuration.expectedTensors(for: [.visual, .text, .decoder], side: 4),
          for: configuration)
        return ""
      } catch let error as CheckpointError {
        return "\(error)"
      }
    }
    let own = try configuration("tiny-base")
    #expect(try error(own) == "")
    let large = try error(configuration("tiny-large"))
    for part in ["vision width 64, not 128", "patch 16, not 14", "text layers 2, not 3"] {
      #expect(large.contains(part), "\(large)")
    }
    // Fewer layers would fit: the file holds another model all the same.
    var shallow = own
    shallow.vision.layers = 2
    #expect(try error(shallow).contains("vision layers 3, not 2"))
  }

  @Test(arguments: [
    ("visual.transformer.resblocks.0.ln_1.weight,token_embedding.weight", "CLIP alone"),
    ("visual_encoder.blocks.0.norm1.weight", "ALBEF or BLIP"),
    ("layers.0.self_attn.q_proj.weight", "LLaMA"),
    ("bert.encoder.layer.0.attention.self.query.weight", "BERT alone"),
    ("something.else", "it is no mPLUG"),
  ])
  func anotherArchitectureIsNamed(_ names: String, _ says: String) throws {
    let names = names.split(separator: ",").map { (String($0), [Float(1)]) }
    let inspection = try CheckpointInspection(checkpoint(names))
    #expect(inspection.weights == nil && inspection.seeming?.contains(says) == true)
    #expect(throws: CheckpointError.self) {
      try Conversion(inspection, keepsAll: false, precision: .stored)
    }
    #expect(
      try Conversion(inspection, keepsAll: true, precision: .stored).export.tensors.count
        == names.count)
  }
}
