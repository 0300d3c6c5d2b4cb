import Media
import Testing

/// Frames of a clip side by side.
@Suite struct FrameStripTests {
  private func flat(_ width: Int, _ height: Int, _ value: UInt8) -> RGBImage {
    RGBImage(
      width: width, height: height, bytes: [UInt8](repeating: value, count: 3 * width * height))
  }

  private func pixel(_ image: RGBImage, _ x: Int, _ y: Int) -> UInt8 {
    image.bytes[3 * (y * image.width + x)]
  }

  @Test func placesInOrder() throws {
    let frames = [10, 20, 30].map { flat(8, 6, $0) }
    let strip = try #require(FrameStrip.image(of: frames, width: 4))
    #expect((strip.width, strip.height) == (12, 3))
    for (place, value) in [UInt8(10), 20, 30].enumerated() {
      for x in 4 * place..<4 * place + 4 {
        for y in 0..<3 { #expect(pixel(strip, x, y) == value) }
      }
    }
  }

  @Test func sizes() throws {
    // A frame that is narrow enough stays as it is; of no frame there is no strip.
    let strip = try #require(FrameStrip.image(of: [flat(5, 4, 1), flat(5, 4, 2)], width: 9))
    #expect((strip.width, strip.height) == (10, 4))
    #expect(FrameStrip.image(of: [], width: 9) == nil)
    // A frame of another size has no place in it.
    let mixed = try #require(FrameStrip.image(of: [flat(5, 4, 1), flat(6, 4, 2)], width: 9))
    #expect((mixed.width, mixed.height) == (5, 4))
    #expect(try #require(FrameStrip.image(of: [flat(5, 4, 7)], width: 0)).width == 1)
  }
}
