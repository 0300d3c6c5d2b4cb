import Media
import Records
import TestSupport
import Testing

@Suite struct PNGWriterTests {
  private func noise(_ width: Int, _ height: Int, seed: UInt64 = 1) -> RGBImage {
    var random = TestRandom(seed: seed)
    return RGBImage(
      width: width, height: height,
      bytes: (0..<3 * width * height).map { _ in UInt8(random.below(256)) })
  }

  @Test func whatIsWrittenIsRead() throws {
    for (width, height) in [(1, 1), (1, 9), (9, 1), (3, 2), (64, 48), (257, 31)] {
      let image = noise(width, height)
      let bytes = try PNGWriter.bytes(of: image)
      let decoded = try ImageDecoder(.init(truncated: .refused)).decode(
        MappedFile(bytes: bytes, name: "a"))
      #expect(decoded.format == .png)
      #expect(decoded.image == image)
    }
  }

  @Test func theSamePictureGivesTheSameBytes() throws {
    let image = noise(33, 21)
    let bytes = try PNGWriter.bytes(of: image)
    #expect(try PNGWriter.bytes(of: image) == bytes)
    #expect(try PNGWriter.bytes(of: noise(33, 21, seed: 2)) != bytes)
  }

  @Test func smoothPicturesBecomeSmall() throws {
    let image = RGBImage(width: 100, height: 100) { pixels in
      for place in 0..<30_000 { pixels[place] = UInt8(place / 300 + place % 300 / 3) }
    }
    #expect(try PNGWriter.bytes(of: image).count < 3_000)
  }

  @Test func whatTheEncoderCannotTakeIsAnError() throws {
    let long = RGBImage(width: 2_200_000, height: 1) { $0.update(repeating: 0, count: 6_600_000) }
    let error = #expect(throws: MediaError.self) { try PNGWriter.bytes(of: long) }
    #expect(
      "\(error, default: "")" == "a picture of 2200000 x 1 pixels cannot become PNG: libavcodec "
        + "takes no picture of such sides: write a smaller one")
  }
}
