import Media
import Models
import Tensors
import Text

extension Verifier {
  /// The protocol of a task with the sizes of the manifest; golden pictures fill the square in every
  /// task, grounding's too.
  func settings(_ task: FixtureTask, _ kind: ModelTask) throws -> TaskProtocol {
    var settings = try model.taskProtocol(for: kind)
    settings.shape = .square
    settings.resolution = try task.integer("image_res", 1...2048)
    if kind.isVideo { settings.frames = try task.integer("frames", 1...256) }
    return settings
  }

  /// The pixels of every picture after the square resize, which are Pillow's.
  func pictureChecks() throws -> [VerificationCheck] {
    let path = folder.file("images.safetensors")
    let tensors = try FixtureTensors(path)
    return try tensors.names.map { name in
      let golden = try tensors.bytes(name, dimensions: 3)
      let file = try folder.picture(name)
      guard golden.shape[0] == golden.shape[1], golden.shape[2] == 3, golden.shape[0] <= 2048 else {
        throw tensors.bad(name, "has the shape \(golden.shape), expected [side, side, 3]")
      }
      let pixels = try ImageTransform.square(golden.shape[0]).pixels(
        of: ImageDecoder().decode(file).image, file: file)
      let differing = zip(pixels.bytes, golden.values).count { $0 != $1 }
      return VerificationCheck(
        task: "images", name: name,
        outcome: .identity(count: golden.values.count, differing: differing), difference: nil)
    }
  }

  /// The pictures that the manifest names, as the model is given them.
  func pictures(
    _ task: FixtureTask, _ settings: TaskProtocol, list: String = "images"
  ) throws -> [PixelTensor] {
    try task.strings(list).map { name in
      let file = try folder.picture(name)
      return try settings.imageTransform.tensor(of: ImageDecoder().decode(file).image, file: file)
    }
  }

  /// The frames of the videos that the manifest names, as the model is given them.
  func videos(_ task: FixtureTask, _ settings: TaskProtocol) throws -> [FrameTensor] {
    let tensors = try FixtureTensors(folder.file("videos.safetensors"))
    return try task.strings("videos").map { name in
      let golden = try tensors.bytes(name, dimensions: 4)
      let expected = [settings.frames ?? 1, 3, settings.resolution, settings.resolution]
      guard golden.shape == expected else {
        throw tensors.bad(name, "has the shape \(golden.shape), expected \(expected)")
      }
      let plane = expected[2] * expected[3]
      let frames = (0..<expected[0]).map { frame in
        RGBImage(
          width: expected[3], height: expected[2],
          bytes: (0..<3 * plane).map { place in
            golden.values[frame * 3 * plane + place % 3 * plane + place / 3]
          })
      }
      return try settings.frameNormalization.tensor(of: frames, file: tensors.path)
    }
  }

  /// What the visual encoder and the projection make of pictures.
  func seen(_ pictures: [PixelTensor]) throws -> (visual: HiddenStates, projected: HiddenStates) {
    let encoder = try loaded(model.network.visual, "visual encoder")
    let projection = try loaded(model.network.projection, "visual projection")
    let visual = joined(
      try batches(pictures.count).map { try encoder(Array(pictures[$0]), engine) })
    let projected = joined(
      batches(pictures.count).map { projection(visual.items($0), engine) })
    return (visual, projected)
  }

  /// What the tasks' own functions see of pictures.
  func features(
    of pictures: [PixelTensor], _ settings: TaskProtocol
  ) throws -> [VisualFeatures] {
    try batches(pictures.count).flatMap {
      try model.features(of: Array(pictures[$0]), settings)
    }
  }

  /// What the tasks' own functions see of videos.
  func features(of videos: [FrameTensor], _ settings: TaskProtocol) throws -> [VisualFeatures] {
    try batches(videos.count).flatMap { try model.features(of: Array(videos[$0]), settings) }
  }

  /// Texts about pictures or videos, one each.
  ///
  /// - Throws: `EvaluationError.badFixture` where there are not as many.
  func visualTexts(
    _ texts: [String], _ visuals: [VisualFeatures], _ task: FixtureTask, _ member: String
  ) throws -> [VisualText] {
    guard texts.count == visuals.count else {
      throw task.bad(member, "has \(texts.count) texts for \(visuals.count) pictures or videos")
    }
    return zip(texts, visuals).enumerated().map { index, pair in
      VisualText(TextInput(sample: "\(task.name) \(index)", pair.0), about: pair.1)
    }
  }
}
