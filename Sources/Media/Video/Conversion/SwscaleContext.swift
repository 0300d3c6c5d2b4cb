import CLibAV

/// swscale set up for one kind of picture, as the scale filter of the reference's reader sets it up.
///
/// Source: `vf_scale.c` of FFmpeg 4.1, which decord 0.6 carries; its flag is `bilinear` for every
/// conversion. Quirks kept: where chroma samples lie is taken to be between the luma samples,
/// whatever the stream says (`ChromaSiting`).
final class SwscaleContext {
  /// Everything that the set-up depends on.
  struct Setup: Equatable {
    var width: Int32
    var height: Int32
    var format: AVPixelFormat
    var matrix: AVColorSpace
    var range: AVColorRange
    var outputWidth: Int32
    var outputHeight: Int32
    var outputFormat: AVPixelFormat
    /// Where chroma samples lie; nil for swscale's own assumption.
    var chroma: AVChromaLocation?

    /// From a picture to an output.
    init(
      from frame: borrowing AVFrame, width: Int, height: Int, format: AVPixelFormat,
      siting: ChromaSiting = .assumedCentred
    ) {
      self.width = frame.width
      self.height = frame.height
      self.format = AVPixelFormat(rawValue: frame.format)
      matrix = frame.colorspace
      range = frame.color_range
      outputWidth = Int32(clamping: width)
      outputHeight = Int32(clamping: height)
      outputFormat = format
      chroma = siting == .asTagged ? frame.chroma_location : nil
    }
  }

  let setup: Setup
  private let context: OpaquePointer

  /// Sets swscale up; nil where it does not know one of the formats.
  init?(_ setup: Setup) {
    guard let context = sws_alloc_context() else { return nil }
    self.setup = setup
    self.context = context
    let object = UnsafeMutableRawPointer(context)
    for (name, value) in [
      ("srcw", setup.width), ("srch", setup.height), ("src_format", setup.format.rawValue),
      ("dstw", setup.outputWidth), ("dsth", setup.outputHeight),
      ("dst_format", setup.outputFormat.rawValue), ("sws_flags", SWS_BILINEAR),
    ] {
      guard av_opt_set_int(object, name, Int64(value), 0) >= 0 else { return nil }
    }
    if setup.chroma == AVCHROMA_LOC_LEFT {
      // In units of a 256th of a luma pixel: above each other, and between two rows.
      av_opt_set_int(object, "src_h_chr_pos", 0, 0)
      av_opt_set_int(object, "src_v_chr_pos", 128, 0)
    }
    guard sws_init_context(context, nil, nil) >= 0 else { return nil }
    setColours()
  }

  deinit { sws_freeContext(context) }

  /// Matrix and range as the picture is tagged, else BT.601 and what the format says of its range.
  private func setColours() {
    var inverse: UnsafeMutablePointer<Int32>?
    var table: UnsafeMutablePointer<Int32>?
    var (sourceRange, targetRange): (Int32, Int32) = (0, 0)
    var (brightness, contrast, saturation): (Int32, Int32, Int32) = (0, 0, 0)
    guard
      sws_getColorspaceDetails(
        context, &inverse, &sourceRange, &table, &targetRange, &brightness, &contrast, &saturation)
        >= 0
    else { return }
    let known =
      (1...10).contains(setup.matrix.rawValue) && setup.matrix != AVCOL_SPC_YCGCO
      ? setup.matrix : AVCOL_SPC_BT470BG
    if setup.range != AVCOL_RANGE_UNSPECIFIED {
      sourceRange = setup.range == AVCOL_RANGE_JPEG ? 1 : 0
    }
    // Refused where it has no meaning, from RGB to RGB: the picture is then converted all the same.
    sws_setColorspaceDetails(
      context, sws_getCoefficients(Int32(known.rawValue)), sourceRange, table, targetRange,
      brightness, contrast, saturation)
  }

  /// Converts a picture of the kind that this is set up for.
  ///
  /// - Parameter target: A picture of the output's size and format whose rows have room for the
  ///   width rounded up to 64 pixels: swscale writes past the width.
  /// - Returns: Whether all rows were written.
  func convert(_ frame: UnsafePointer<AVFrame>, to target: UnsafePointer<AVFrame>) -> Bool {
    let source = (0..<4).map { UnsafePointer(frame.pointee.plane($0)) }
    let planes = (0..<4).map { target.pointee.plane($0) }
    return sws_scale(
      context, source, frame.pointee.strides, 0, setup.height, planes, target.pointee.strides)
      == setup.outputHeight
  }
}

/// Where the chroma samples of a subsampled picture are taken to lie when it is scaled.
package enum ChromaSiting: Sendable {
  /// Between the luma samples, as FFmpeg 4.1 takes it and thus the reference's reader.
  case assumedCentred
  /// Where the stream says: FFmpeg 8 does so. For comparing with readers built on that.
  case asTagged
}
