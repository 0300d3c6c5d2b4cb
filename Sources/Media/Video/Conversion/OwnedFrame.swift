import CLibAV

/// A picture of our own, reused from frame to frame.
final class OwnedFrame {
  /// FFmpeg's frame; valid as long as this object lives.
  let frame: UnsafeMutablePointer<AVFrame>

  /// Rows begin at multiples of 64 bytes and have room for a width that is a multiple of 64 pixels:
  /// swscale's fast bodies write whole registers, and leave out the last columns of rows that have no
  /// room for that. All is 0 at first, as in libavfilter's pictures: of RGB of an odd width, scaling
  /// reads a pixel more.
  private init?(_ width: Int32, _ height: Int32, _ format: AVPixelFormat) {
    guard let frame = av_frame_alloc() else { return nil }
    self.frame = frame
    frame.pointee.format = format.rawValue
    frame.pointee.height = height
    frame.pointee.width = (width + 63) & ~63
    guard av_frame_get_buffer(frame, 64) >= 0 else { return nil }
    frame.pointee.width = width
    for buffer in [
      frame.pointee.buf.0, frame.pointee.buf.1, frame.pointee.buf.2, frame.pointee.buf.3,
    ] {
      guard let buffer = buffer?.pointee else { continue }
      buffer.data.update(repeating: 0, count: buffer.size)
    }
  }

  deinit {
    var frame: UnsafeMutablePointer<AVFrame>? = frame
    av_frame_free(&frame)
  }

  /// The one given where it fits, else a new one.
  ///
  /// - Throws: `MediaError.unsupportedFeature` for pixels that are not in memory, and for want of it.
  static func reusing(
    _ old: OwnedFrame?, width: Int32, height: Int32, format: AVPixelFormat, file: String
  ) throws -> OwnedFrame {
    if let old, old.frame.pointee.width == width, old.frame.pointee.height == height,
      old.frame.pointee.format == format.rawValue
    {
      return old
    }
    guard let new = OwnedFrame(width, height, format) else {
      throw MediaError.unsupportedPixels(
        file: file, what: "\(width) x \(height) pixels as \(format.name)")
    }
    return new
  }
}

extension AVFrame {
  /// Where a plane begins; nil for one that there is not.
  func plane(_ index: Int) -> UnsafeMutablePointer<UInt8>? {
    switch index {
    case 0: data.0
    case 1: data.1
    case 2: data.2
    case 3: data.3
    default: nil
    }
  }

  /// Bytes from row to row in each of four planes.
  var strides: [Int32] { [linesize.0, linesize.1, linesize.2, linesize.3] }

  /// The format of its pixels.
  var pixelFormat: AVPixelFormat { AVPixelFormat(rawValue: format) }
}

extension AVPixelFormat {
  /// FFmpeg's name, such as `yuv420p`.
  var name: String { av_get_pix_fmt_name(self).map { String(cString: $0) } ?? "format \(rawValue)" }
}

extension MediaError {
  /// Pixels that cannot be turned to RGB.
  static func unsupportedPixels(file: String, what: String) -> MediaError {
    .unsupportedFeature(
      file: file, feature: what, remedy: "convert the video, for instance to H.264 in yuv420p")
  }
}
