import Foundation
import Media
import MiniWorld
import Records
import TestSupport
import Testing

/// Files of scenes, through the decoders that a model's run uses.
@Suite struct EncodingTests {
  private let writer = SceneWriter()

  private func error(_ one: RGBImage, _ other: RGBImage) -> Double {
    let sum = zip(one.bytes, other.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(one.bytes.count)
  }

  @Test func picturesComeBack() throws {
    let folder = try TemporaryFolder()
    for scene in SceneTests.scenes(seed: 21, count: 10) {
      let image = SceneRenderer().image(of: scene)
      for format in PictureFormat.allCases {
        let path = "\(folder.path)/\(scene.id)\(format.suffix)"
        try writer.write(scene, to: path, as: format)
        let decoded = try ImageDecoder(.init(truncated: .refused)).decode(path)
        #expect(decoded.remarks.isEmpty)
        #expect((decoded.image.width, decoded.image.height) == (scene.width, scene.height))
        if format == .png {
          #expect(decoded.format == .png && decoded.image == image)
        } else {
          // Halved chroma costs most at the joints of bricks.
          #expect(decoded.format == .jpeg && error(decoded.image, image) < 8)
          #expect(decoded.image != image)
        }
      }
    }
  }

  @Test(arguments: ClipFormat.allCases) func clipsComeBack(format: ClipFormat) throws {
    let folder = try TemporaryFolder()
    for scene in SceneTests.clips(seed: 21, count: 5) {
      let frames = SceneRenderer().frames(of: scene)
      let path = "\(folder.path)/\(scene.id)\(format.suffix)"
      try writer.write(scene, to: path, as: format)
      let reader = try VideoReader(path)
      #expect(reader.frameCount == scene.tenths)
      let sampler = VideoSampler(count: scene.tenths, size: .native, strict: true)
      let sampled = try sampler.sample(path)
      #expect(sampled.manifest.indices == Array(0..<scene.tenths))
      #expect(sampled.images.count == frames.count)
      // A frame is that of its time: it is less like one in which things have moved.
      let later = frames[scene.tenths * 2 / 5]
      #expect(error(sampled.images[0], frames[0]) < error(sampled.images[0], later))
      for (found, drawn) in zip(sampled.images, frames) {
        #expect((found.width, found.height) == (drawn.width, drawn.height))
        #expect(error(found, drawn) < 9)
      }
      let seconds = sampled.manifest.seconds.compactMap { $0 }
      #expect(abs((seconds.last ?? 0) - (seconds.first ?? 0) - scene.seconds + 0.1) < 0.01)
    }
  }

  @Test func theSameSceneGivesTheSameFile() throws {
    let scenes = SceneTests.clips(seed: 22, count: 2)
    for format in ClipFormat.allCases {
      let bytes = try writer.bytes(of: scenes[0], as: format)
      #expect(try writer.bytes(of: scenes[0], as: format) == bytes)
      #expect(try writer.bytes(of: scenes[1], as: format) != bytes)
    }
    for format in PictureFormat.allCases {
      let bytes = try writer.bytes(of: scenes[0], as: format)
      #expect(try writer.bytes(of: scenes[0], as: format) == bytes)
    }
  }

  /// The embedded world is committed: its files stay small.
  @Test func filesAreSmall() throws {
    let stills = try SceneTests.scenes(seed: 23, count: 20).map {
      try writer.bytes(of: $0, as: PictureFormat.jpeg).count
    }
    #expect(stills.reduce(0, +) / 20 < 8_000, "\(stills)")
    for (format, limit) in [(ClipFormat.mp4, 15_000), (.avi, 30_000)] {
      let clips = try SceneTests.clips(seed: 23, count: 10).map {
        try writer.bytes(of: $0, as: format).count
      }
      #expect(clips.reduce(0, +) / 10 < limit, "\(format): \(clips)")
    }
  }

  @Test func whatCannotBeAClipIsAnError() throws {
    func message(_ sizes: [(Int, Int)], _ format: ClipFormat) -> String {
      let frames = sizes.map { width, height in
        RGBImage(width: width, height: height) {
          $0.update(repeating: 7, count: 3 * width * height)
        }
      }
      let error = #expect(throws: MediaError.self) {
        try ClipEncoder(format: format).bytes(of: frames)
      }
      return "\(error, default: "none")"
    }
    #expect(message([], .mp4).contains("a clip has at least one picture"))
    #expect(message([(65, 48)], .mp4).contains("a picture of 65 x 48 pixels cannot become MP4"))
    #expect(message([(64, 48), (64, 50)], .avi).contains("are of one size"))
    // MPEG-4 has no pictures that large; its encoder says so.
    #expect(message([(16_384, 2)], .avi).contains("16384 x 2"))
  }

  @Test func aFolderThatIsNotThereIsAnError() throws {
    let folder = try TemporaryFolder()
    let scene = SceneTests.clips(seed: 1, count: 1)[0]
    let path = folder.path + "/missing/a.mp4"
    #expect(throws: RecordError.self) { try writer.write(scene, to: path, as: ClipFormat.mp4) }
    #expect(throws: RecordError.self) { try writer.write(scene, to: path, as: PictureFormat.png) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
