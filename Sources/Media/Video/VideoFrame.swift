import CLibAV

/// A decoded picture of a video as the decoder left it: planes of some pixel format, not yet turned.
package final class VideoFrame {
  /// FFmpeg's frame; valid as long as this object lives.
  package let frame: UnsafeMutablePointer<AVFrame>
  /// Its place in presentation order, from 0.
  package let index: Int
  /// Its presentation time in seconds from the stream's zero; nil where the container has none.
  package let seconds: Double?
  /// How often it is turned by 90 degrees, against the clock, before it is shown: 0 to 3.
  package let quarterTurns: Int

  /// Takes over a frame: it is freed with this object.
  package init(
    taking frame: UnsafeMutablePointer<AVFrame>, index: Int, seconds: Double?, quarterTurns: Int
  ) {
    self.frame = frame
    self.index = index
    self.seconds = seconds
    self.quarterTurns = quarterTurns
  }

  deinit {
    var frame: UnsafeMutablePointer<AVFrame>? = frame
    av_frame_free(&frame)
  }

  /// Pixels in a row as it is shown, after turning.
  package var width: Int { Int(quarterTurns % 2 == 0 ? frame.pointee.width : frame.pointee.height) }

  /// Rows as it is shown, after turning.
  package var height: Int {
    Int(quarterTurns % 2 == 0 ? frame.pointee.height : frame.pointee.width)
  }
}
