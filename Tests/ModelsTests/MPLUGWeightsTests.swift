import Checkpoints
import Foundation
import Models
import TestSupport
import Testing

/// The golden models' checkpoints: pretraining's names in float32, fine-tuned names in half precision.
@Suite struct MPLUGWeightsTests {
  static func checkpoint(_ model: String) throws -> Checkpoint {
    try Checkpoint(
      Golden.fixtures.appendingPathComponent("model/\(model)/checkpoint.pth").path)
  }

  @Test(arguments: ["tiny-base", "tiny-large"])
  func everyWeightIsThatOfTheGoldenFile(_ model: String) throws {
    let folder = Golden.fixtures.appendingPathComponent("model/\(model)")
    let golden = try TensorFile(folder.appendingPathComponent("weights.safetensors").path)
    let weights = try MPLUGWeights(Self.checkpoint(model))
    // The temperature, which inference does not read, is not exact in half precision.
    let names = golden.tensors.keys.filter { $0 != "temp" }.sorted()
    for name in names {
      guard let wanted = golden[name] else { continue }
      let count = wanted.shape.reduce(1, *)
      #expect(weights.shape(of: name) == wanted.shape, "\(name)")
      let floats = try [Float](unsafeUninitializedCapacity: count) { buffer, filled in
        if let first = buffer.baseAddress { try weights.read(name, 0..<count, into: first) }
        filled = count
      }
      #expect(wanted.type == "F16")
      let expected = stride(from: 0, to: wanted.bytes.count, by: 2).map {
        Float(Float16(bitPattern: UInt16(wanted.bytes[$0]) | UInt16(wanted.bytes[$0 + 1]) << 8))
      }
      #expect(floats == expected, "\(name)")
    }
    let audit = weights.audit(
      names.compactMap { name in golden[name].map { ExpectedTensor(name, $0.shape) } })
    #expect(audit.isLoadable && audit.unknown == [] && audit.tiedDiffering == [])
  }
}
