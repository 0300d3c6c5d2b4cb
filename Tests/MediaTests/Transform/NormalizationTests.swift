import Media
import Records
import TestSupport
import Testing

/// Bytes to floats.
@Suite struct NormalizationTests {
  /// All bytes as the pixels of one row.
  private static let ramp = RGBImage(
    width: 256, height: 1, bytes: (0...255).flatMap { [$0, $0, $0] })

  private func digest(_ values: [Float]) -> String {
    var hash = SHA256()
    values.withUnsafeBytes { hash.update($0) }
    return String(hash.hexDigest.prefix(32))
  }

  /// Against numpy in float32: division, subtraction, division, each rounded.
  @Test(
    arguments: [
      (PixelStatistics.clip, true, "5d23c0b115c373c73875b37dce36aa6a"),
      (.clip, false, "f6b06e5f3503e277023a650e6012698f"),
      (.imagenet, true, "1d8b9af12b7b391827f7c801265239e2"),
      (.imagenet, false, "a43810d7e1cd2f6ef791b81545665e32"),
    ])
  func everyByte(_ statistics: PixelStatistics, _ divides: Bool, _ expected: String) {
    let tensor = PixelNormalization(statistics, divides: divides).tensor(of: Self.ramp)
    #expect(tensor.height == 1 && tensor.width == 256)
    #expect(digest(tensor.values) == expected)
  }

  /// Planes, not pixels: red, green, blue one after the other.
  @Test func planes() {
    let image = RGBImage(width: 2, height: 1, bytes: [0, 128, 255, 3, 4, 5])
    let values = PixelNormalization(.imagenet).tensor(of: image).values
    func value(_ byte: Int, _ channel: Int) -> Float {
      let statistics = PixelStatistics.imagenet
      return (Float(byte) / 255 - statistics.means[channel]) / statistics.deviations[channel]
    }
    #expect(
      values == [
        value(0, 0), value(3, 0), value(128, 1), value(4, 1), value(255, 2), value(5, 2),
      ])
  }

  @Test func framesAreStacked() throws {
    let frames = [1, 2, 3].map { RGBImage.made(seed: $0, width: 5, height: 4) }
    let tensor = try FrameNormalization().tensor(of: frames, file: "a.mp4")
    #expect(tensor.frames == 3 && tensor.height == 4 && tensor.width == 5)
    #expect(
      tensor.values == frames.flatMap { PixelNormalization(.clip).tensor(of: $0).values })
    let none = try FrameNormalization().tensor(of: [], file: "a.mp4")
    #expect(none.frames == 0 && none.values.isEmpty)
  }

  /// The division is left out for a clip of zeros and ones, and one brighter byte brings it back.
  @Test func darkClips() throws {
    var bytes = (0..<60).map { UInt8($0 % 2) }
    let black = RGBImage(width: 5, height: 4, bytes: Array(repeating: 0, count: 60))
    let dark = RGBImage(width: 5, height: 4, bytes: bytes)
    bytes[59] = 2
    let brighter = RGBImage(width: 5, height: 4, bytes: bytes)
    let undivided = PixelNormalization(.clip, divides: false)
    let divided = PixelNormalization(.clip)

    let ofDark = try FrameNormalization().tensor(of: [black, dark], file: "a.mp4")
    #expect(ofDark.values == [black, dark].flatMap { undivided.tensor(of: $0).values })
    let ofBrighter = try FrameNormalization().tensor(of: [dark, brighter], file: "a.mp4")
    #expect(ofBrighter.values == [dark, brighter].flatMap { divided.tensor(of: $0).values })
    let always = try FrameNormalization(.clip, division: .always)
      .tensor(of: [black, dark], file: "a.mp4")
    #expect(always.values == [black, dark].flatMap { divided.tensor(of: $0).values })
    #expect(always != ofDark)
  }

  @Test func framesOfTwoSizesAreRefused() {
    let frames = [(5, 4), (5, 4), (4, 5)].map {
      RGBImage.made(seed: 2, width: $0.0, height: $0.1)
    }
    #expect {
      try FrameNormalization().tensor(of: frames, file: "a.mp4")
    } throws: {
      "\($0)"
        == "a.mp4: sampled frame 2 is 4 x 5, the first 5 x 4: sample to one size"
    }
  }
}
