import CLibAV

/// Turns decoded frames of a video into pictures of RGB, as the reference's reader does: turned
/// upright first, then to RGB and to the size asked for in one pass of swscale.
///
/// One thread at a time. What swscale needs is set up once and kept as long as frames are of one
/// kind.
///
/// Source: decord 0.6, `src/video/ffmpeg/threaded_decoder.cc` (`transpose` filters, then `scale`).
/// Quirks kept: see `SwscaleContext` and `FrameTurner`; frames of a size of their own in the middle
/// of a stream come out in the stream's. The bytes are those of swscale's bodies for x86; its plain C
/// differs from them by a level or two.
package final class FrameConverter {
  /// The size of its pictures.
  package let size: FrameSize

  private let file: String
  private let stream: (width: Int, height: Int)?
  private let siting: ChromaSiting
  private let turner: FrameTurner
  private let resampler: Resampler?
  private var scaling: SwscaleContext?
  private var output: OwnedFrame?

  /// Prepares nothing yet.
  ///
  /// - Parameters:
  ///   - file: The video's name, for errors.
  ///   - stream: The native size, as the stream's pictures are shown; nil for each frame's own.
  ///   - siting: Where chroma samples lie.
  ///   - resampler: One for this size from `FrameSize.resampler`, which converters may share.
  package init(
    _ size: FrameSize, file: String, stream: (width: Int, height: Int)? = nil,
    siting: ChromaSiting = .assumedCentred, resampler: Resampler? = nil
  ) {
    if case .square(let side, _) = size { precondition((1...FrameSize.largestSide).contains(side)) }
    self.size = size
    self.file = file
    self.stream = stream
    self.siting = siting
    self.resampler = resampler ?? size.resampler
    turner = FrameTurner(file: file)
  }

  /// The picture that a frame shows, in the size asked for.
  ///
  /// - Parameter native: The same frame in native size, where it is there already.
  /// - Throws: `MediaError.unsupportedFeature` for pixels that swscale does not know.
  package func image(of frame: VideoFrame, native: RGBImage? = nil) throws -> RGBImage {
    if case .square(let side, .swscale) = size {
      return try converted(frame, width: side, height: side)
    }
    let shown = stream ?? (frame.width, frame.height)
    let image = try native ?? converted(frame, width: shown.width, height: shown.height)
    guard case .square(let side, _) = size, let resampler else { return image }
    return resampler.resize(image, width: side, height: side)
  }

  private func converted(_ frame: VideoFrame, width: Int, height: Int) throws -> RGBImage {
    var source = UnsafePointer(frame.frame)
    if frame.quarterTurns != 0 { source = try turner.turn(source, by: frame.quarterTurns) }
    let setup = SwscaleContext.Setup(
      from: source.pointee, width: width, height: height, format: AV_PIX_FMT_RGB24, siting: siting)
    if scaling?.setup != setup { scaling = SwscaleContext(setup) }
    let target = try OwnedFrame.reusing(
      output, width: setup.outputWidth, height: setup.outputHeight, format: AV_PIX_FMT_RGB24,
      file: file)
    output = target
    guard let scaling, scaling.convert(source, to: target.frame),
      let first = target.frame.pointee.plane(0)
    else {
      throw MediaError.unsupportedPixels(
        file: file,
        what: "\(source.pointee.pixelFormat.name) of \(source.pointee.width) x "
          + "\(source.pointee.height) pixels")
    }
    let stride = Int(target.frame.pointee.strides[0])
    return RGBImage(width: width, height: height) { bytes in
      for row in 0..<height {
        (bytes + row * 3 * width).update(from: first + row * stride, count: 3 * width)
      }
    }
  }
}
