import Foundation
import Media
import Models
import Records
import Tensors
import TestSupport

/// One of the two tiny models of the fixtures, with their golden tensors.
struct GoldenModel {
  static let names = ["tiny-base", "tiny-large"]

  let name: String
  let configuration: MPLUGConfiguration
  let engine: Engine
  let reader: WeightReader
  let weights: GoldenWeights

  init(_ name: String, engine: Engine = Engine()) throws {
    self.name = name
    self.engine = engine
    let folder = Self.folder(name)
    configuration = try MPLUGConfiguration(
      referenceJSON: folder.appendingPathComponent("config.json").path)
    weights = try GoldenWeights(folder.appendingPathComponent("weights.safetensors").path)
    reader = WeightReader(weights, engine: engine)
  }

  static func folder(_ name: String) -> URL {
    Golden.fixtures.appendingPathComponent("model/\(name)")
  }

  /// The tensors of a file such as `vqa`.
  func tensors(_ file: String) throws -> GoldenTensors {
    try GoldenTensors(Self.folder(name).appendingPathComponent("\(file).safetensors").path)
  }

  /// What the manifest says of a task.
  func manifest(_ task: String) throws -> JSONValue {
    let all = try JSONFile.read(Self.folder(name).appendingPathComponent("manifest.json").path)
    return all[task] ?? .null
  }

  /// The pictures of a task, as the model takes them, under a name of the manifest.
  func pictures(_ task: String, _ list: String = "images") throws -> [PixelTensor] {
    let file = try TensorFile(
      Self.folder(name).appendingPathComponent("images.safetensors").path)
    let normalize = PixelNormalization(.clip)
    return try (manifest(task)[list]?.array ?? []).compactMap(\.string).compactMap { name in
      guard let tensor = file[name] else { return nil }
      let image = RGBImage(width: tensor.shape[1], height: tensor.shape[0], bytes: tensor.bytes)
      return normalize.tensor(of: image)
    }
  }

  /// The frames of a task's videos, one after the other, and how many each has.
  func frames(_ task: String) throws -> (frames: [PixelTensor], each: Int) {
    let file = try TensorFile(
      Self.folder(name).appendingPathComponent("videos.safetensors").path)
    var (frames, each): ([PixelTensor], Int) = ([], 0)
    let normalize = PixelNormalization(.clip)
    for video in try (manifest(task)["videos"]?.array ?? []).compactMap(\.string) {
      guard let tensor = file[video] else { continue }
      each = tensor.shape[0]
      let plane = tensor.shape[2] * tensor.shape[3]
      for frame in 0..<each {
        let start = frame * 3 * plane
        let bytes = (0..<3 * plane).map {
          tensor.bytes[start + ($0 % 3) * plane + $0 / 3]
        }
        frames.append(
          normalize.tensor(
            of: RGBImage(width: tensor.shape[3], height: tensor.shape[2], bytes: bytes)))
      }
    }
    return (frames, each)
  }
}

/// Golden tensors by name.
struct GoldenTensors {
  private let file: TensorFile

  init(_ path: String) throws { file = try TensorFile(path) }

  func shape(_ name: String) -> [Int] { file[name]?.shape ?? [] }
  func floats(_ name: String) -> [Float] { file[name]?.floats ?? [] }

  /// A tensor `[items, tokens, width]` as hidden states.
  func states(_ name: String, _ engine: Engine) -> HiddenStates {
    let shape = shape(name)
    guard shape.count == 3 else {
      return HiddenStates(rows: engine.matrix(0, 1), sequences: [])
    }
    return HiddenStates(
      rows: engine.matrix(shape[0] * shape[1], shape[2], floats(name)),
      sequences: (0..<shape[0]).map { $0 * shape[1]..<($0 + 1) * shape[1] })
  }

  /// Integers `[rows, columns]`.
  func integers(_ name: String) -> [[Int32]] {
    let shape = shape(name)
    guard shape.count == 2 else { return [] }
    let values = floats(name).map { Int32(bitPattern: $0.bitPattern) }
    return (0..<shape[0]).map { Array(values[$0 * shape[1]..<($0 + 1) * shape[1]]) }
  }

  /// Ids and mask as a batch with the reference's padding.
  func batch(_ ids: String, _ mask: String) -> TokenBatch {
    TokenBatch(integers(ids), masks: integers(mask).map { $0.map { $0 != 0 } })
  }
}

/// The largest absolute difference; infinite where the counts differ or a number is none.
func largestDifference(_ found: [Float], _ expected: [Float]) -> Float {
  guard found.count == expected.count, !expected.isEmpty else { return .infinity }
  return zip(found, expected).reduce(0) { largest, pair in
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(largest, difference)
  }
}
