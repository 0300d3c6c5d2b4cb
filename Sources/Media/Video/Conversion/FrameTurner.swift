import CLibAV
import CPixels

/// Turns decoded pictures by quarter turns, plane by plane, before they are scaled: what the
/// transpose filters do that the reference's reader puts in front.
///
/// Source: `vf_transpose.c` of FFmpeg 4.1. Quirks kept: where a turn would change the format, as
/// with 4:2:2, the picture is first converted to the format that libavfilter inserts there: 4:4:4 of
/// 8 or 16 bits, grey for black and white, RGB for a palette.
final class FrameTurner {
  private let file: String
  private var before: OwnedFrame?
  private var after: OwnedFrame?
  private var conversion: SwscaleContext?

  /// - Parameter file: The video's name, for errors.
  init(file: String) { self.file = file }

  /// The picture turned against the clock; valid until the next call.
  ///
  /// - Parameter quarterTurns: 1 to 3.
  /// - Throws: `MediaError.unsupportedFeature`.
  func turn(
    _ frame: UnsafePointer<AVFrame>, by quarterTurns: Int
  ) throws -> UnsafePointer<AVFrame> {
    guard let descriptor = av_pix_fmt_desc_get(frame.pointee.pixelFormat) else {
      throw unsupported(frame)
    }
    let turnable = Self.turnableFormat(near: frame.pointee.pixelFormat, descriptor.pointee)
    guard turnable != frame.pointee.pixelFormat else { return try turned(frame, by: quarterTurns) }
    return try turned(try converted(frame, to: turnable), by: quarterTurns)
  }

  /// The format itself where each plane can be turned, else the one that stands for it.
  private static func turnableFormat(
    near format: AVPixelFormat, _ descriptor: AVPixFmtDescriptor
  ) -> AVPixelFormat {
    func has(_ flag: Int32) -> Bool { descriptor.flags & UInt64(flag) != 0 }
    if has(AV_PIX_FMT_FLAG_PAL) { return AV_PIX_FMT_RGB24 }
    if has(AV_PIX_FMT_FLAG_BITSTREAM) { return AV_PIX_FMT_GRAY8 }
    if descriptor.log2_chroma_w == descriptor.log2_chroma_h { return format }
    if descriptor.comp.0.depth > 8 { return AV_PIX_FMT_YUV444P16LE }
    let isFullRange = [AV_PIX_FMT_YUVJ411P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ440P]
      .contains(format)
    return isFullRange ? AV_PIX_FMT_YUVJ444P : AV_PIX_FMT_YUV444P
  }

  private func converted(
    _ frame: UnsafePointer<AVFrame>, to format: AVPixelFormat
  ) throws -> UnsafePointer<AVFrame> {
    let (width, height) = (frame.pointee.width, frame.pointee.height)
    let setup = SwscaleContext.Setup(
      from: frame.pointee, width: Int(width), height: Int(height), format: format)
    if conversion?.setup != setup { conversion = SwscaleContext(setup) }
    let target = try OwnedFrame.reusing(
      before, width: width, height: height, format: format, file: file)
    before = target
    guard let conversion, conversion.convert(frame, to: target.frame) else {
      throw unsupported(frame)
    }
    target.takeColours(of: frame)
    return UnsafePointer(target.frame)
  }

  private func turned(
    _ source: UnsafePointer<AVFrame>, by quarterTurns: Int
  ) throws -> UnsafePointer<AVFrame> {
    let format = source.pointee.pixelFormat
    let (width, height) = (source.pointee.width, source.pointee.height)
    let isUpright = quarterTurns % 2 == 0
    let target = try OwnedFrame.reusing(
      after, width: isUpright ? width : height, height: isUpright ? height : width, format: format,
      file: file)
    after = target
    target.takeColours(of: source)
    guard let descriptor = av_pix_fmt_desc_get(format) else { throw unsupported(source) }
    for (plane, size) in Self.elementSizes(descriptor).enumerated() where size > 0 {
      guard let from = source.pointee.plane(plane), let to = target.frame.pointee.plane(plane)
      else { throw unsupported(source) }
      let isChroma = plane == 1 || plane == 2
      let shift = isChroma ? Int32(descriptor.pointee.log2_chroma_w) : 0
      // A chroma plane covers the last column and row of an odd size too.
      let round: Int32 = 1 << shift - 1
      cpixels_turn(
        from, Int(source.pointee.strides[plane]), (width + round) >> shift,
        (height + round) >> shift, size, Int32(quarterTurns), to,
        Int(target.frame.pointee.strides[plane]))
    }
    return UnsafePointer(target.frame)
  }

  /// Bytes from one element of each plane to the next; 0 for planes that there are not.
  private static func elementSizes(_ descriptor: UnsafePointer<AVPixFmtDescriptor>) -> [Int32] {
    var sizes = [Int32](repeating: 0, count: 4)
    av_image_fill_max_pixsteps(&sizes, nil, descriptor)
    return sizes
  }

  private func unsupported(_ frame: UnsafePointer<AVFrame>) -> MediaError {
    .unsupportedPixels(file: file, what: "turning pictures of \(frame.pointee.pixelFormat.name)")
  }
}

extension OwnedFrame {
  /// What swscale is told of another picture's colours holds for this one.
  fileprivate func takeColours(of other: UnsafePointer<AVFrame>) {
    frame.pointee.colorspace = other.pointee.colorspace
    frame.pointee.color_range = other.pointee.color_range
    frame.pointee.chroma_location = other.pointee.chroma_location
  }
}
