import CLibAV

/// PNG files of our own, through libavcodec's encoder.
///
/// The same picture gives the same bytes, as long as FFmpeg and zlib stay the same: nothing but the
/// size and the pixels goes in.
package enum PNGWriter {
  /// A picture as a PNG of 8-bit red, green, blue.
  ///
  /// - Throws: `MediaError.notEncoded`.
  package static func bytes(of image: RGBImage) throws -> [UInt8] {
    func failure(_ reason: String) -> MediaError {
      .notEncoded(format: "PNG", width: image.width, height: image.height, reason: reason)
    }
    guard PNGFrame.takes(width: image.width, height: image.height) else {
      throw failure("libavcodec takes no picture of such sides")
    }
    guard let codec = avcodec_find_encoder(AV_CODEC_ID_PNG) else {
      throw failure("the installed libavcodec has no PNG encoder")
    }
    var (context, frame) = (avcodec_alloc_context3(codec), av_frame_alloc())
    var packet = av_packet_alloc()
    defer {
      avcodec_free_context(&context)
      av_frame_free(&frame)
      av_packet_free(&packet)
    }
    guard let context, let frame, let packet else { throw failure("no memory is left") }
    context.pointee.width = Int32(image.width)
    context.pointee.height = Int32(image.height)
    context.pointee.pix_fmt = AV_PIX_FMT_RGB24
    context.pointee.time_base = AVRational(num: 1, den: 1)
    context.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
    context.pointee.thread_count = 1
    // The filter that suits photographs; the encoder's default is none.
    av_opt_set(context.pointee.priv_data, "pred", "paeth", 0)
    var status = avcodec_open2(context, codec, nil)
    if status >= 0 { status = fill(frame, image) }
    if status >= 0 { status = avcodec_send_frame(context, frame) }
    if status >= 0 { status = avcodec_receive_packet(context, packet) }
    guard status >= 0, let data = packet.pointee.data else {
      throw failure(LibAVFailure.text(status))
    }
    return Array(UnsafeBufferPointer(start: data, count: Int(packet.pointee.size)))
  }

  private static func fill(_ frame: UnsafeMutablePointer<AVFrame>, _ image: RGBImage) -> Int32 {
    frame.pointee.format = AV_PIX_FMT_RGB24.rawValue
    frame.pointee.width = Int32(image.width)
    frame.pointee.height = Int32(image.height)
    let status = av_frame_get_buffer(frame, 0)
    guard status >= 0, let output = frame.pointee.data.0 else { return status }
    let (stride, length) = (Int(frame.pointee.linesize.0), 3 * image.width)
    image.bytes.withUnsafeBufferPointer { bytes in
      guard let input = bytes.baseAddress else { return }
      for row in 0..<image.height {
        (output + row * stride).update(from: input + row * length, count: length)
      }
    }
    return status
  }
}
