import Checkpoints
import TestSupport

/// Weights with tensors added that are others times a factor.
struct RenamedWeights: WeightSource {
  private let source: GoldenWeights
  private let added: [String: (source: String, factor: Float)]

  init(_ source: GoldenWeights, added: [String: (source: String, factor: Float)] = [:]) {
    self.source = source
    self.added = added
  }

  var path: String { source.path }
  func shape(of name: String) -> [Int]? { source.shape(of: added[name]?.source ?? name) }
  func release(_ name: String) {}

  func read(
    _ name: String, _ elements: Range<Int>, into memory: UnsafeMutablePointer<Float>
  ) throws {
    try source.read(added[name]?.source ?? name, elements, into: memory)
    guard let factor = added[name]?.factor else { return }
    for place in 0..<elements.count { memory[place] *= factor }
  }
}
