import CLibAV

/// FFmpeg's own look at the first pictures of all streams, within bounds.
enum StreamProbe {
  /// How many bytes are read to find the streams of a container that does not list them.
  private static let listingLimit: Int64 = 2 << 20

  /// Finds out what the streams hold; its decoders refuse pictures beyond the limit.
  ///
  /// - Throws: `MediaError.damaged`, `.truncated`.
  static func run(
    on context: UnsafeMutablePointer<AVFormatContext>, file: LocalFile, pixelLimit: Int
  ) throws {
    if StreamChoice.videoParameters(of: context).isEmpty { try listStreams(of: context, file) }
    let count = Int(context.pointee.nb_streams)
    var options = [OpaquePointer?](repeating: nil, count: max(1, count))
    let limit = PictureDecoder.decoderLimit(pixelLimit)
    for place in 0..<count { av_dict_set_int(&options[place], "max_pixels", limit, 0) }
    // A stream that appears only now would be probed without the limit.
    let most = context.pointee.max_streams
    context.pointee.max_streams = Int32(count)
    let status = avformat_find_stream_info(context, &options)
    context.pointee.max_streams = most
    for place in options.indices { av_dict_free(&options[place]) }
    if status == clibav_eof {
      throw MediaError.truncated(file: file.path, reason: "it ends before the first picture")
    }
    guard status >= 0 else {
      throw MediaError.damaged(
        file: file.path, reason: "its streams cannot be made out (\(file.reason(for: status)))")
    }
  }

  /// Reads on until the streams of a container without a list of them have shown up, and goes back.
  private static func listStreams(
    of context: UnsafeMutablePointer<AVFormatContext>, _ file: LocalFile
  ) throws {
    guard context.pointee.ctx_flags & AVFMTCTX_NOHEADER != 0 else { return }
    guard let packet = av_packet_alloc() else {
      throw MediaError.noMemory(file: file.path, what: "a packet")
    }
    var freed: UnsafeMutablePointer<AVPacket>? = packet
    defer { av_packet_free(&freed) }
    while av_read_frame(context, packet) >= 0 {
      av_packet_unref(packet)
      if let bytes = file.context, avio_tell(bytes) > listingLimit { break }
    }
    av_seek_frame(context, -1, 0, AVSEEK_FLAG_BYTE)
  }
}
