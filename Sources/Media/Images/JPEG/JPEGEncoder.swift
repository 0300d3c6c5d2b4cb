import CJPEG
import Glibc

/// JPEG files of our own, through libjpeg: baseline, chroma halved in both directions.
///
/// The same picture gives the same bytes, as long as libjpeg stays the same: nothing but the size and
/// the pixels goes in.
public struct JPEGEncoder: Sendable {
  /// libjpeg's scale, from 1 (small files) to 100 (good pictures).
  public let quality: Int

  /// The largest side of a JPEG, in pixels.
  static let sideLimit = 65_500

  /// - Parameter quality: 1 to 100; the nearest counts of anything else.
  public init(quality: Int) { self.quality = min(max(1, quality), 100) }

  /// A picture as a JPEG file.
  ///
  /// - Throws: `MediaError.notEncoded`.
  public func bytes(of image: RGBImage) throws -> [UInt8] {
    func failure(_ reason: String) -> MediaError {
      .notEncoded(format: "JPEG", width: image.width, height: image.height, reason: reason)
    }
    guard image.width <= Self.sideLimit, image.height <= Self.sideLimit else {
      throw failure("a side has at most \(Self.sideLimit) pixels")
    }
    let file = image.bytes.withUnsafeBufferPointer { rgb in
      cjpeg_encode(rgb.baseAddress, Int32(image.width), Int32(image.height), Int32(quality))
    }
    defer { free(file.bytes) }
    guard file.status == CJPEG_DECODED, let bytes = file.bytes else {
      if file.status == CJPEG_NO_MEMORY { throw failure("no memory is left") }
      throw failure(
        withUnsafeBytes(of: file.message) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return Array(UnsafeBufferPointer(start: bytes, count: file.count))
  }
}
