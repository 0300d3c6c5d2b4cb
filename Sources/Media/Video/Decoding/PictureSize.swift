import CLibAV

/// The size of a picture by its coded header, for an error: no memory is taken for the picture.
enum PictureSize {
  /// What a packet that a decoder refused claims; nil where that cannot be told.
  static func claimed(
    by packet: UnsafePointer<AVPacket>, for decoder: UnsafePointer<AVCodecContext>
  ) -> (width: Int32, height: Int32)? {
    guard let parser = av_parser_init(Int32(bitPattern: decoder.pointee.codec_id.rawValue)) else {
      return nil
    }
    defer { av_parser_close(parser) }
    var context = avcodec_alloc_context3(decoder.pointee.codec)
    defer { avcodec_free_context(&context) }
    var parameters = avcodec_parameters_alloc()
    defer { avcodec_parameters_free(&parameters) }
    guard let context, let parameters,
      avcodec_parameters_from_context(parameters, decoder) >= 0,
      avcodec_parameters_to_context(context, parameters) >= 0
    else { return nil }
    parser.pointee.flags |= PARSER_FLAG_COMPLETE_FRAMES
    var data: UnsafeMutablePointer<UInt8>?
    var size: Int32 = 0
    av_parser_parse2(
      parser, context, &data, &size, packet.pointee.data, packet.pointee.size, packet.pointee.pts,
      packet.pointee.dts, packet.pointee.pos)
    return parser.pointee.width > 0 ? (parser.pointee.width, parser.pointee.height) : nil
  }
}
