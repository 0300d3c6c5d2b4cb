import CLibAV
import Media
import TestSupport

/// Decoded frames of our own making, of any format and size.
enum MadeFrame {
  /// A frame whose samples are pseudorandom, the same for the same seed.
  static func random(
    _ format: AVPixelFormat, width: Int, height: Int, quarterTurns: Int = 0, seed: UInt64 = 1
  ) throws -> VideoFrame {
    var random = TestRandom(seed: seed)
    return try make(format, width, height, quarterTurns) { _ in UInt8(random.below(256)) }
  }

  /// A frame of one colour: of each plane all bytes are alike.
  static func plain(
    _ format: AVPixelFormat, width: Int, height: Int, quarterTurns: Int = 0, level: UInt8 = 200
  ) throws -> VideoFrame {
    try make(format, width, height, quarterTurns) { plane in plane == 0 ? level : level / 2 }
  }

  private static func make(
    _ format: AVPixelFormat, _ width: Int, _ height: Int, _ quarterTurns: Int,
    _ byte: (Int) -> UInt8
  ) throws -> VideoFrame {
    LibAVLog.quieten()
    guard let frame = av_frame_alloc() else { throw NoFrame() }
    frame.pointee.width = Int32(width)
    frame.pointee.height = Int32(height)
    frame.pointee.format = format.rawValue
    // Owned from here on, whatever fails.
    let owner = VideoFrame(taking: frame, index: 0, seconds: nil, quarterTurns: quarterTurns)
    guard av_frame_get_buffer(frame, 0) >= 0 else { throw NoFrame() }
    let buffers = [frame.pointee.buf.0, frame.pointee.buf.1, frame.pointee.buf.2]
    for (plane, buffer) in buffers.enumerated() {
      guard let buffer else { continue }
      for place in 0..<buffer.pointee.size { buffer.pointee.data[place] = byte(plane) }
    }
    return owner
  }

  struct NoFrame: Error {}
}

extension RGBImage {
  /// The picture turned against the clock, pixel by pixel.
  func turned(by quarterTurns: Int) -> RGBImage {
    guard quarterTurns > 0 else { return self }
    var bytes: [UInt8] = []
    for row in 0..<width {
      for column in 0..<height {
        let place = 3 * (column * width + width - 1 - row)
        bytes += self.bytes[place..<place + 3]
      }
    }
    return RGBImage(width: height, height: width, bytes: bytes).turned(by: quarterTurns - 1)
  }
}
