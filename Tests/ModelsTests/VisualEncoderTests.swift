import Media
import Models
import Tensors
import TestSupport
import Testing

@Suite struct VisualEncoderTests {
  /// The golden data's README: 1e-4 absolute for visual and projected tokens.
  static let limit: Float = 1e-4

  @Test(arguments: GoldenModel.names, ["vqa", "caption", "retrieval", "grounding"])
  func equalsTheOriginal(name: String, task: String) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors(task)
    let pictures = try model.pictures(task)
    let encoder = try VisualEncoder(model.reader, model.configuration)
    let visual = try encoder(pictures, model.engine)
    #expect(largestDifference(visual.rows.floats, golden.floats("visual")) < Self.limit)
    if task == "vqa" { #expect(pictures[0].values == golden.floats("image")) }

    // Another picture is encoded differently.
    let reversed = try encoder(pictures.reversed(), model.engine)
    #expect(largestDifference(reversed.rows.floats, golden.floats("visual")) > 0.1)
  }

  @Test(arguments: GoldenModel.names, ["retrieval", "grounding"])
  func projectedTokensEqualTheOriginal(name: String, task: String) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors(task)
    guard !golden.shape("image_embeds").isEmpty else {
      // The file has them where the model projects.
      #expect(name == "tiny-base" && task == "grounding")
      return
    }
    let visual = golden.states("visual", model.engine)
    let projection = try VisualProjection(model.reader, model.configuration)
    let projected = projection(visual, model.engine)
    #expect(projected.sequences == visual.sequences)
    #expect(largestDifference(projected.rows.floats, golden.floats("image_embeds")) < Self.limit)
  }

  @Test(arguments: GoldenModel.names)
  func framesOfVideosEqualTheOriginal(name: String) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("videocap")
    let (frames, each) = try model.frames("videocap")
    #expect(each == 3)
    let encoder = try VisualEncoder(model.reader, model.configuration)
    let projection = try VisualProjection(model.reader, model.configuration)
    let projected = projection(try encoder(frames, model.engine), model.engine)
    #expect(projected.joined(every: each).sequences.count == golden.shape("image_embeds")[0])
    #expect(largestDifference(projected.rows.floats, golden.floats("image_embeds")) < Self.limit)
    let reversed = projection(try encoder(frames.reversed(), model.engine), model.engine)
    #expect(largestDifference(reversed.rows.floats, golden.floats("image_embeds")) > 0.1)
  }

  @Test(arguments: GoldenModel.names)
  func aBatchIsItsPicturesAloneToTheBit(name: String) throws {
    let model = try GoldenModel(name)
    let encoder = try VisualEncoder(model.reader, model.configuration)
    // Of two sizes, and more than are worked off together.
    let pictures = try model.pictures("vqa") + Array(model.frames("videocap").frames)
    let many = Array(repeating: pictures, count: 12).flatMap(\.self)
    let batch = try encoder(many, model.engine)
    #expect(batch.sequences.last?.upperBound == batch.rows.rows)
    for (index, picture) in pictures.enumerated() {
      let alone = try encoder([picture], model.engine)
      for round in [0, 11] {
        let rows = batch.rows.rows(batch.sequences[round * pictures.count + index])
        #expect(rows.floats == alone.rows.floats)
      }
    }
  }

  @Test(arguments: GoldenModel.names)
  func pixelsBeyondTheLastWholePatchAreNotSeen(name: String) throws {
    let model = try GoldenModel(name)
    let encoder = try VisualEncoder(model.reader, model.configuration)
    let patch = model.configuration.vision.patch
    func picture(_ size: Int) -> PixelTensor {
      var values: [Float] = []
      for channel in 0..<3 {
        for y in 0..<size {
          for x in 0..<size { values.append(Float((7 * x + 5 * y + channel) % 11)) }
        }
      }
      return PixelTensor(height: size, width: size, values: values)
    }
    let whole = try encoder([picture(3 * patch)], model.engine)
    let larger = try encoder([picture(4 * patch - 1)], model.engine)
    #expect(whole.rows.rows == 10)
    #expect(whole.rows.floats == larger.rows.floats)
    #expect(try encoder([picture(4 * patch)], model.engine).rows.rows == 17)
  }

  @Test func picturesThatDoNotFitAreRefused() throws {
    let model = try GoldenModel("tiny-base")
    let encoder = try VisualEncoder(model.reader, model.configuration)
    func blank(_ width: Int, _ height: Int) -> PixelTensor {
      PixelTensor(
        height: height, width: width,
        values: [Float](repeating: 0.5, count: 3 * width * height))
    }
    for (width, height) in [(1, 1), (15, 15), (0, 0), (64, 32), (16, 17)] {
      let error = #expect(throws: ModelError.self) {
        try encoder([blank(16, 16), blank(width, height)], model.engine)
      }
      guard case .unfitImage(let index, width, height, _, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(index == 1)
      #expect(error?.description.contains("\n") == false)
    }
    #expect(try encoder([], model.engine).rows.rows == 0)
    #expect(try encoder([blank(16, 16)], model.engine).rows.rows == 2)
  }
}
