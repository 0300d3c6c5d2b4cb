import Checkpoints
import TestSupport

/// The weights of a golden model folder, read without the code under test.
struct GoldenWeights: WeightSource {
  let path: String
  private let tensors: [String: (shape: [Int], floats: [Float])]

  init(_ path: String) throws {
    self.path = path
    tensors = try TensorFile(path).tensors.mapValues { tensor in
      guard tensor.type == "F16" else { return (tensor.shape, tensor.floats) }
      let halves = stride(from: 0, to: tensor.bytes.count, by: 2).map {
        Float(
          Float16(bitPattern: UInt16(tensor.bytes[$0]) | UInt16(tensor.bytes[$0 + 1]) << 8))
      }
      return (tensor.shape, halves)
    }
  }

  func shape(of name: String) -> [Int]? { tensors[name]?.shape }

  func read(
    _ name: String, _ elements: Range<Int>, into memory: UnsafeMutablePointer<Float>
  ) throws {
    guard let tensor = tensors[name] else { return }
    for (place, element) in elements.enumerated() { memory[place] = tensor.floats[element] }
  }

  func release(_ name: String) {}
}
