import CLibAV
import Media

/// A clip that is being encoded, in memory.
final class ClipOutput {
  private let clip: ClipEncoder
  private let width, height: Int
  private var container: UnsafeMutablePointer<AVFormatContext>?
  private var context: UnsafeMutablePointer<AVCodecContext>?
  private var frame = av_frame_alloc()
  private var packet = av_packet_alloc()
  private var converter: OpaquePointer?
  private let file = MemoryFile()

  /// Opens the encoder and begins the file.
  ///
  /// - Throws: `MediaError.notEncoded`.
  init(_ clip: ClipEncoder, width: Int, height: Int) throws {
    LibAVLog.quieten()
    self.clip = clip
    (self.width, self.height) = (width, height)
    try check(avformat_alloc_output_context2(&container, nil, clip.format.rawValue, nil))
    guard let codec = clip.format.encoder else {
      throw failure("the installed libavcodec has no encoder for it")
    }
    context = avcodec_alloc_context3(codec)
    converter = sws_getContext(
      Int32(width), Int32(height), AV_PIX_FMT_RGB24, Int32(width), Int32(height),
      AV_PIX_FMT_YUV420P, SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT, nil, nil, nil)
    guard let container, let context, let frame, packet != nil, converter != nil else {
      throw failure("no memory is left")
    }
    container.pointee.flags |= AVFMT_FLAG_BITEXACT
    setUp(context)
    if container.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 {
      context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
    }
    try check(avcodec_open2(context, codec, nil))
    try addStream(to: container)
    frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
    frame.pointee.width = Int32(width)
    frame.pointee.height = Int32(height)
    try check(av_frame_get_buffer(frame, 0))
    guard let output = file.context else { throw failure("no memory is left") }
    container.pointee.pb = output
    try check(avformat_write_header(container, nil))
  }

  deinit {
    avformat_free_context(container)
    avcodec_free_context(&context)
    av_frame_free(&frame)
    av_packet_free(&packet)
    sws_freeContext(converter)
  }

  /// Adds a picture.
  ///
  /// - Throws: `MediaError.notEncoded`.
  func write(_ image: RGBImage, place: Int) throws {
    guard let frame else { return }
    try check(av_frame_make_writable(frame))
    image.bytes.withUnsafeBufferPointer { bytes in
      var planes: [UnsafePointer<UInt8>?] = [bytes.baseAddress, nil, nil, nil]
      var strides = [Int32(3 * width), 0, 0, 0]
      var output = [frame.pointee.data.0, frame.pointee.data.1, frame.pointee.data.2, nil]
      var steps = [
        frame.pointee.linesize.0, frame.pointee.linesize.1, frame.pointee.linesize.2, 0,
      ]
      _ = sws_scale(converter, &planes, &strides, 0, Int32(height), &output, &steps)
    }
    frame.pointee.pts = Int64(place)
    // An earlier picture's kind is not asked for again.
    frame.pointee.pict_type = AV_PICTURE_TYPE_NONE
    try check(avcodec_send_frame(context, frame))
    try drain()
  }

  /// Ends the file and hands it out.
  ///
  /// - Throws: `MediaError.notEncoded`.
  func finish() throws -> [UInt8] {
    try check(avcodec_send_frame(context, nil))
    try drain()
    try check(av_write_trailer(container))
    file.flush()
    return file.bytes
  }

  /// Writes the packets that the encoder has ready.
  private func drain() throws {
    while let container, let context, let packet {
      let status = avcodec_receive_packet(context, packet)
      if status == clibav_again || status == clibav_eof { return }
      try check(status)
      guard let stream = container.pointee.streams[0] else { return }
      packet.pointee.stream_index = 0
      packet.pointee.duration = 1
      av_packet_rescale_ts(packet, context.pointee.time_base, stream.pointee.time_base)
      try check(av_interleaved_write_frame(container, packet))
    }
  }

  private func setUp(_ context: UnsafeMutablePointer<AVCodecContext>) {
    context.pointee.width = Int32(width)
    context.pointee.height = Int32(height)
    context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
    context.pointee.time_base = AVRational(num: 1, den: Int32(clip.rate))
    context.pointee.framerate = AVRational(num: Int32(clip.rate), den: 1)
    context.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
    context.pointee.gop_size = 12
    context.pointee.thread_count = 1
    context.pointee.flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_QSCALE
    // What only MPEG-4's encoder looks at: about as good as x264's rate factor below.
    context.pointee.global_quality = FF_QP2LAMBDA * 7
    av_opt_set(context.pointee.priv_data, "crf", "24", 0)
    av_opt_set(context, "mbd", "rd", 0)
    // Else the pictures depend on the processor.
    av_opt_set(context.pointee.priv_data, "x264-params", "cpu-independent=1", 0)
  }

  private func addStream(to container: UnsafeMutablePointer<AVFormatContext>) throws {
    guard let stream = avformat_new_stream(container, nil), let context else {
      throw failure("no memory is left")
    }
    stream.pointee.time_base = context.pointee.time_base
    stream.pointee.avg_frame_rate = context.pointee.framerate
    try check(avcodec_parameters_from_context(stream.pointee.codecpar, context))
  }

  private func check(_ status: Int32) throws {
    if status < 0 { throw failure(LibAVFailure.text(status)) }
  }

  private func failure(_ reason: String) -> MediaError { clip.failure(width, height, reason) }
}
