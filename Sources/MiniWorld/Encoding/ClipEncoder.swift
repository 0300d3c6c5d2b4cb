import CLibAV
import Media

/// Clips through libavcodec and libavformat, one thread and nothing but pictures: the same pictures
/// give the same bytes, as long as these libraries stay the same.
public struct ClipEncoder: Sendable {
  /// The container and its encoder.
  public let format: ClipFormat
  /// Pictures a second.
  public let rate: Int

  /// - Parameter rate: pictures a second, 1 to 100; the nearest counts of anything else.
  public init(format: ClipFormat, rate: Int = 10) {
    self.format = format
    self.rate = min(max(1, rate), 100)
  }

  /// A clip as a file.
  ///
  /// - Parameter frames: at least one; all of one size, of even sides.
  /// - Throws: `MediaError.notEncoded`.
  public func bytes(of frames: [RGBImage]) throws -> [UInt8] {
    guard let first = frames.first else {
      throw failure(0, 0, "a clip has at least one picture")
    }
    let (width, height) = (first.width, first.height)
    guard width % 2 == 0, height % 2 == 0 else {
      throw failure(width, height, "the sides of a clip are even")
    }
    guard frames.allSatisfy({ $0.width == width && $0.height == height }) else {
      throw failure(width, height, "the pictures of a clip are of one size")
    }
    let output = try ClipOutput(self, width: width, height: height)
    for (place, frame) in frames.enumerated() { try output.write(frame, place: place) }
    return try output.finish()
  }

  func failure(_ width: Int, _ height: Int, _ reason: String) -> MediaError {
    .notEncoded(format: format.rawValue.uppercased(), width: width, height: height, reason: reason)
  }
}
