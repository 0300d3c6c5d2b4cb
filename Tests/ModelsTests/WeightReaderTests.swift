import Foundation
import Models
import Tensors
import TestSupport
import Testing

@Suite struct WeightReaderTests {
  @Test func aLayerOfSeveralPartsIsThePartsSideBySide() throws {
    let folder = Golden.fixtures.appendingPathComponent("model/tiny-base")
    let weights = try GoldenWeights(folder.appendingPathComponent("weights.safetensors").path)
    let engine = Engine()
    let reader = WeightReader(weights, engine: engine)
    let name = "text_encoder.encoder.layer.0.attention.self."
    let parts = ["query", "key", "value"].map { name + $0 }
    let whole = try reader.linear(
      inputs: 64, parts: parts.map { ("\($0).weight", "\($0).bias", 64) })
    let x = engine.matrix(3, 64, (0..<192).map { Float($0 % 7) - 3 })
    let y = engine.linear(x, whole)
    for (index, part) in parts.enumerated() {
      let alone = engine.linear(x, try reader.linear(part, inputs: 64, outputs: 64))
      #expect(y.columns(index * 64..<(index + 1) * 64).floats == alone.floats)
    }
  }
}
