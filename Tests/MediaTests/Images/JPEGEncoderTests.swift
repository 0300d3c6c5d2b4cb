import Media
import Records
import Testing

@Suite struct JPEGEncoderTests {
  /// Slow waves, which survive halved chroma.
  private func waves(_ width: Int, _ height: Int) -> RGBImage {
    let bytes = (0..<width * height).flatMap { place -> [UInt8] in
      let (x, y) = (place % width, place / width)
      let slope = (x + y) * 90 / (width + height)
      return [UInt8(x * 200 / width), UInt8(y * 200 / height), UInt8(slope)]
    }
    return RGBImage(width: width, height: height, bytes: bytes)
  }

  private func decoded(_ bytes: [UInt8]) throws -> DecodedImage {
    try ImageDecoder(.init(truncated: .refused)).decode(MappedFile(bytes: bytes, name: "a"))
  }

  @Test func whatIsWrittenIsReadAlmostUnchanged() throws {
    for (width, height) in [(1, 1), (1, 9), (9, 1), (17, 16), (160, 120), (31, 257)] {
      let image = waves(width, height)
      let read = try decoded(JPEGEncoder(quality: 95).bytes(of: image))
      #expect(read.format == .jpeg)
      #expect(read.remarks.isEmpty)
      #expect((read.image.width, read.image.height) == (width, height))
      let error = zip(read.image.bytes, image.bytes).map { abs(Int($0) - Int($1)) }
      #expect(error.reduce(0, +) <= 3 * error.count, "\(width) x \(height)")
    }
  }

  @Test func theSamePictureGivesTheSameBytes() throws {
    let bytes = try JPEGEncoder(quality: 80).bytes(of: waves(90, 60))
    #expect(try JPEGEncoder(quality: 80).bytes(of: waves(90, 60)) == bytes)
    #expect(try JPEGEncoder(quality: 80).bytes(of: waves(90, 61)) != bytes)
  }

  @Test func lessQualityIsSmallerAndTheScaleHasEnds() throws {
    let image = RGBImage.made(seed: 2, width: 200, height: 150)
    let sizes = try [1, 40, 80, 100].map { try JPEGEncoder(quality: $0).bytes(of: image).count }
    #expect(sizes == sizes.sorted() && Set(sizes).count == 4)
    // Larger than the first buffer.
    #expect(sizes[3] > 1 << 15)
    #expect(try JPEGEncoder(quality: 0).bytes(of: image).count == sizes[0])
    #expect(try JPEGEncoder(quality: 1000).bytes(of: image).count == sizes[3])
  }

  @Test func whatAJPEGCannotHoldIsAnError() throws {
    let long = RGBImage(width: 1, height: 65_501, bytes: [UInt8](repeating: 9, count: 196_503))
    let error = #expect(throws: MediaError.self) { try JPEGEncoder(quality: 80).bytes(of: long) }
    #expect(
      "\(error, default: "")" == "a picture of 1 x 65501 pixels cannot become JPEG: a side has at "
        + "most 65500 pixels: write a smaller one")
    let most = RGBImage(width: 1, height: 65_500, bytes: [UInt8](repeating: 9, count: 196_500))
    #expect(try decoded(JPEGEncoder(quality: 80).bytes(of: most)).image.height == 65_500)
  }
}
