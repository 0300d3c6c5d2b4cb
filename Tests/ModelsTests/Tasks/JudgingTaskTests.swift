import Checkpoints
import Foundation
import Media
import Models
import Records
import Tensors
import TestSupport
import Testing

/// Entailment and reasoning of the tiny models, by ALBEF's convention.
@Suite struct JudgingTaskTests {
  /// The weights of a checkpoint with one of the two classification heads, in a file of their own.
  private func checkpoint(
    _ name: String, _ head: String, _ scratch: TemporaryFolder
  ) throws -> String {
    let folder = GoldenModel.folder(name)
    let weights = try MPLUGWeights(
      Checkpoint(folder.appendingPathComponent("checkpoint.pth").path))
    var writer = SafetensorsWriter()
    for (name, tensor) in weights.names where MPLUGNames.isUsed(name) {
      let floats = try [Float](unsafeUninitializedCapacity: tensor.count) { buffer, count in
        try weights.read(name, 0..<tensor.count, into: #require(buffer.baseAddress))
        count = tensor.count
      }
      writer.add(name, shape: tensor.shape, floats)
    }
    let heads = try TensorFile(folder.appendingPathComponent("heads.safetensors").path)
    for (name, tensor) in heads.tensors where name.hasPrefix("\(head).") {
      writer.add(String(name.dropFirst(head.count + 1)), shape: tensor.shape, tensor.floats)
    }
    let path = scratch("\(name)-\(head).safetensors")
    try writer.write(to: path)
    return path
  }

  @Test(arguments: GoldenTasks.names)
  func entailment(_ name: String) throws {
    let scratch = try TemporaryFolder()
    let tasks = try GoldenTasks(
      name, [.entailment], checkpoint: checkpoint(name, "ve", scratch))
    #expect(tasks.model.tasks == [.entailment])
    let settings = try tasks.settings(.entailment)
    let features = try tasks.model.features(
      of: tasks.pictures("classification", settings), settings)
    let sentences = tasks.visualTexts(try tasks.strings("classification", "sentences"), features)
    let found = try tasks.model.entailments(of: sentences, settings)
    let golden = try tasks.golden.tensors("classification").floats("ve_logits")
    #expect(largestDifference(found.flatMap(\.logits), golden) < 3e-3)
    let labels = try tasks.strings("classification", "ve_labels")
    #expect(found.map(\.label) == best(golden, labels))
    #expect(settings.signature.contains("|convention:ALBEF"))
    // Alone, and several about one picture: the same bits.
    let single = try sentences.flatMap { try tasks.model.entailments(of: [$0], settings) }
    #expect(single == found)
    let texts = try tasks.strings("classification", "sentences")
    let shared = try tasks.model.entailments(
      of: texts.map { VisualText(TextInput(sample: "0", $0), about: features[0]) }, settings)
    #expect(shared[0].logits == found[0].logits && shared[1].logits != found[1].logits)
    // A label is what the protocol calls the class.
    var renamed = settings
    renamed.output = .classes(ClassRule(labels: ["a", "b", "c"], convention: "ALBEF"))
    let other = try tasks.model.entailments(of: sentences, renamed)
    #expect(other.map(\.label).allSatisfy { ["a", "b", "c"].contains($0) })
    renamed.output = .classes(ClassRule(labels: ["a", "b"], convention: "ALBEF"))
    #expect(throws: ModelError.self) { try tasks.model.entailments(of: sentences, renamed) }
  }

  @Test(arguments: GoldenTasks.names)
  func reasoning(_ name: String) throws {
    let scratch = try TemporaryFolder()
    let path = try checkpoint(name, "nlvr", scratch)
    var first: [Classified]?
    for engine in Engines.all {
      let tasks = try GoldenTasks(name, [.reasoning], checkpoint: path, engine: engine)
      let settings = try tasks.settings(.reasoning)
      let left = try tasks.model.features(
        of: tasks.pictures("classification", settings), settings)
      let right = try tasks.model.features(
        of: tasks.pictures("classification", settings, list: "second_images"), settings)
      let sentences = try tasks.strings("classification", "sentences")
      func judge(_ left: [VisualFeatures], _ right: [VisualFeatures]) throws -> [Classified] {
        try tasks.model.judgements(
          of: sentences.indices.map {
            PairText(
              TextInput(sample: "\($0)", sentences[$0]), about: left[$0], right[$0])
          }, settings)
      }
      let found = try judge(left, right)
      let golden = try tasks.golden.tensors("classification").floats("nlvr_logits")
      #expect(largestDifference(found.flatMap(\.logits), golden) < 3e-3)
      #expect(
        try found.map(\.label) == best(golden, tasks.strings("classification", "nlvr_labels")))
      // The order of the pictures counts.
      #expect(try judge(right, left).map(\.logits) != found.map(\.logits))
      if let first { #expect(found == first) } else { first = found }
    }
  }

  private func best(_ logits: [Float], _ labels: [String]) -> [String] {
    stride(from: 0, to: logits.count, by: labels.count).map { start in
      let row = Array(logits[start..<start + labels.count])
      return labels[row.indices.max { row[$0] < row[$1] } ?? 0]
    }
  }
}
