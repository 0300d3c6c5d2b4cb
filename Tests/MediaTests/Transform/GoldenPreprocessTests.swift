import Foundation
import Media
import Records
import TestSupport
import Testing

/// The reference's own transforms, from its decoded pictures on: bytes and floats to the last bit.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenPreprocessTests {
  private let tensors: TensorFile
  private let names: [String]

  init() throws {
    let folder = try #require(Golden.folder).appendingPathComponent("model/preprocess")
    let manifest = try JSONFile.read(folder.appendingPathComponent("manifest.json").path)
    names = try #require(manifest["files"]?.object).members.map(\.key)
    tensors = try TensorFile(folder.appendingPathComponent("expected.safetensors").path)
  }

  private func image(_ name: String) throws -> RGBImage {
    let tensor = try #require(tensors["\(name).rgb"])
    return RGBImage(width: tensor.shape[1], height: tensor.shape[0], bytes: tensor.bytes)
  }

  @Test func squaresAreThoseOfTheReference() throws {
    #expect(names.count == 20)
    var floats = 0
    for name in names {
      for size in [28, 56] {
        let transform = ImageTransform.square(size)
        let pixels = try transform.pixels(of: image(name))
        #expect(pixels.bytes == tensors["\(name).bicubic\(size)"]?.bytes, "\(name) \(size)")
        guard let expected = tensors["\(name).tensor\(size)"] else { continue }
        floats += 1
        #expect(
          try transform.tensor(of: image(name)).values.map(\.bitPattern)
            == expected.floats.map(\.bitPattern), "\(name) \(size)")
      }
    }
    #expect(floats == 6)
  }

  @Test func letterboxesAreThoseOfTheReference() throws {
    let wanted = names.filter { tensors["\($0).grounding56"] != nil }
    #expect(wanted.count == 4)
    for name in wanted {
      let tensor = try ImageTransform.letterbox(56).tensor(of: image(name))
      #expect(
        tensor.values.map(\.bitPattern)
          == tensors["\(name).grounding56"]?.floats.map(\.bitPattern), "\(name)")
    }
  }

  @Test(arguments: ["video", "dark"]) func framesAreThoseOfTheReference(_ name: String) throws {
    let input = try #require(tensors["frames.\(name).input"])
    let expected = try #require(tensors["frames.\(name).expected"])
    // [frames, 3, height, width] to [height, width, 3] each.
    let (height, width) = (input.shape[2], input.shape[3])
    let frames = (0..<input.shape[0]).map { frame in
      RGBImage(
        width: width, height: height,
        bytes: (0..<3 * height * width).map { place in
          input.bytes[(frame * 3 + place % 3) * height * width + place / 3]
        })
    }
    let tensor = try FrameNormalization().tensor(of: frames, file: name)
    #expect(tensor.values.map(\.bitPattern) == expected.floats.map(\.bitPattern))
    let always = try FrameNormalization(.clip, division: .always).tensor(of: frames, file: name)
    #expect((always == tensor) == (name == "video"))
  }

  /// Another filter, other statistics or another byte and nothing agrees.
  @Test func anotherProtocolShows() throws {
    for name in ["plain.jpg", "portrait.jpg", "big.png", "wide.png"] {
      let expected = try #require(tensors["\(name).bicubic56"])
      let bilinear = try ImageTransform.square(56, filter: .bilinear).pixels(of: image(name))
      #expect(bilinear.bytes != expected.bytes)
      if let box = tensors["\(name).grounding56"] {
        let clip = try ImageTransform.letterbox(56, statistics: .clip).tensor(of: image(name))
        #expect(clip.values != box.floats)
      }
      var bytes = try image(name).bytes
      bytes[bytes.count / 2] ^= 0x80
      let changed = RGBImage(
        width: try image(name).width, height: try image(name).height, bytes: bytes)
      #expect(try ImageTransform.square(56).pixels(of: changed).bytes != expected.bytes)
    }
  }
}
