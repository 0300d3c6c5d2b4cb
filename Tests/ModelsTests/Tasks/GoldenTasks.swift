import Foundation
import Media
import Models
import Records
import Tensors
import TestSupport
import Testing

/// A tiny model loaded from its checkpoint as a user would, with the inputs of the manifest.
struct GoldenTasks {
  /// Both models, by their folders' names.
  static let names = GoldenModel.names

  let golden: GoldenModel
  let model: MPLUGModel
  let engine: Engine

  /// - Parameter checkpoint: the weights; those of the folder where nil.
  init(
    _ name: String, _ tasks: Set<ModelTask>, checkpoint: String? = nil, engine: Engine = Engine()
  ) throws {
    golden = try GoldenModel(name, engine: engine)
    self.engine = engine
    let folder = GoldenModel.folder(name)
    model = try MPLUGFamily.model(
      ModelRequest(
        name: folder.appendingPathComponent("config.json").path,
        checkpoint: checkpoint ?? folder.appendingPathComponent("checkpoint.pth").path,
        vocabulary: Golden.fixtures.appendingPathComponent("model/vocab.txt").path, tasks: tasks,
        engine: engine))
  }

  /// The manifest's part about a task.
  func manifest(_ part: String) throws -> JSONValue {
    let value = try golden.manifest(part)
    try #require(value != .null)
    return value
  }

  /// Strings of the manifest.
  func strings(_ part: String, _ member: String) throws -> [String] {
    let strings = try manifest(part)[member]?.array?.compactMap(\.string) ?? []
    try #require(!strings.isEmpty)
    return strings
  }

  /// The protocol of a task; golden grounding goes through the square transform.
  func settings(_ task: ModelTask) throws -> TaskProtocol {
    var settings = try model.taskProtocol(for: task)
    settings.shape = .square
    return settings
  }

  /// The pictures of a task, decoded from the files and made into tensors by the protocol.
  func pictures(
    _ part: String, _ task: TaskProtocol, list: String = "images"
  ) throws -> [PixelTensor] {
    try strings(part, list).map { name in
      let path = Golden.fixtures.appendingPathComponent("model/images/\(name)").path
      return try task.imageTransform.tensor(of: ImageDecoder().decode(path).image, file: path)
    }
  }

  /// The videos of a task, made into tensors by the protocol.
  func videos(_ part: String, _ task: TaskProtocol) throws -> [FrameTensor] {
    let file = try TensorFile(
      GoldenModel.folder(golden.name).appendingPathComponent("videos.safetensors").path)
    return try strings(part, "videos").map { name in
      let tensor = try #require(file[name])
      let plane = tensor.shape[2] * tensor.shape[3]
      let frames = (0..<tensor.shape[0]).map { frame in
        RGBImage(
          width: tensor.shape[3], height: tensor.shape[2],
          bytes: (0..<3 * plane).map {
            tensor.bytes[frame * 3 * plane + ($0 % 3) * plane + $0 / 3]
          })
      }
      try #require(frames.count == task.frames && tensor.shape[2] == task.resolution)
      return try task.frameNormalization.tensor(of: frames, file: name)
    }
  }

  /// Texts about pictures or videos, one about each; samples are named by their place.
  func visualTexts(_ texts: [String], _ visuals: [VisualFeatures]) -> [VisualText] {
    zip(texts, visuals).enumerated().map {
      VisualText(TextInput(sample: "\($0)", $1.0), about: $1.1)
    }
  }

  /// The best sequences of the manifest.
  func bestIDs(_ part: String) throws -> [[Int32]] {
    let lists = try manifest(part)["beam"]?["best_ids"]?.array ?? []
    return lists.map { ($0.array ?? []).compactMap(\.int).map { Int32($0) } }
  }

  /// All sequences of the manifest, with their scores.
  func nBest(_ part: String) throws -> [[(ids: [Int32], score: Float)]] {
    let beam = try manifest(part)["beam"]
    let scores = beam?["nbest_scores"]?.array ?? []
    return (beam?["nbest_ids"]?.array ?? []).enumerated().map { item, lists in
      (lists.array ?? []).enumerated().map { place, ids in
        (
          (ids.array ?? []).compactMap(\.int).map { Int32($0) },
          scores[item][place]?.double.map { Float($0) } ?? .nan
        )
      }
    }
  }
}

/// Engines that must agree to the bit.
enum Engines {
  static let all = [Engine(threads: 1), Engine(threads: 2), Engine(instructionSet: .scalar)]
}
