import Media
import TestSupport

extension RGBImage {
  /// The same picture in every run: noise of all bytes for an even seed, of 0 and 255 for an odd
  /// one, where bicubic weights overshoot most.
  static func made(seed: UInt64, width: Int, height: Int) -> RGBImage {
    var random = TestRandom(seed: seed)
    let bytes = (0..<3 * width * height).map { _ in
      seed % 2 == 1 ? UInt8(random.below(2) * 255) : UInt8(random.below(256))
    }
    return RGBImage(width: width, height: height, bytes: bytes)
  }
}
