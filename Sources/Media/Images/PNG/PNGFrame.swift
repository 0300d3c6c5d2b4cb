import CLibAV

/// libavcodec's PNG decoder, for data that are whole.
///
/// It gets the header and the data alone: what else is in a file (transparent colours, gamma,
/// profiles, an animation) must not change the pixels.
enum PNGFrame {
  /// What its rows begin with before they are decoded: the decoder leaves a row as it is when the
  /// row's filter is unknown, and says nothing.
  private static let untouched: UInt8 = 0xA5
  private static let untouchedBytes = 16

  /// Whether libavcodec takes a picture of such sides: it wants room for a margin, and complains on
  /// standard error where it is asked for more.
  static func takes(width: Int, height: Int) -> Bool {
    (width + 128) * (height + 128) < Int(Int32.max) / 8
  }

  /// Decodes a picture that is not interlaced, of 8 or 16 bits.
  ///
  /// - Parameters:
  ///   - pieces: the data, in order.
  ///   - body: gets each row of the picture as PNG packs it; is called for all rows or for none.
  /// - Returns: Whether the decoder gave the whole picture, and certainly gave it right.
  static func decode(
    _ header: PNGHeader, _ pieces: [Range<Int>], of bytes: UnsafeBufferPointer<UInt8>,
    _ body: (Int, UnsafePointer<UInt8>) -> Void
  ) -> Bool {
    var packet = packet(header, pieces, of: bytes)
    var frame = av_frame_alloc()
    defer {
      av_packet_free(&packet)
      av_frame_free(&frame)
    }
    guard let packet, let frame else { return false }
    guard let codec = avcodec_find_decoder(AV_CODEC_ID_PNG) else { return false }
    var context = avcodec_alloc_context3(codec)
    defer { avcodec_free_context(&context) }
    guard let context else { return false }
    context.pointee.thread_count = 1
    // Its complaints about a damaged file would go to standard error; ours are typed.
    context.pointee.log_level_offset = 64
    context.pointee.get_buffer2 = { context, frame, flags in
      let status = avcodec_default_get_buffer2(context, frame, flags)
      if status >= 0, let frame { PNGFrame.mark(frame) }
      return status
    }
    guard avcodec_open2(context, codec, nil) >= 0, avcodec_send_packet(context, packet) >= 0,
      avcodec_receive_frame(context, frame) >= 0,
      isRight(frame, header)
    else { return false }
    for row in 0..<header.height {
      guard let start = Self.row(row, of: frame) else { return false }
      body(row, start)
    }
    return true
  }

  /// A PNG of the header and the data. It has no end chunk, without which the decoder gives a
  /// picture only if all rows of it were there.
  private static func packet(
    _ header: PNGHeader, _ pieces: [Range<Int>], of bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<AVPacket>? {
    func bigEndian(_ value: Int) -> [UInt8] {
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
    let count = pieces.reduce(0) { $0 + $1.count }
    let start: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + bigEndian(13) + Array("IHDR".utf8)
      + bigEndian(header.width) + bigEndian(header.height)
      + [UInt8(header.color.depth), header.color.kind.rawValue, 0, 0, 0]
      // Checksums are not looked at.
      + [0, 0, 0, 0] + bigEndian(count) + Array("IDAT".utf8)
    var packet = av_packet_alloc()
    guard let size = Int32(exactly: start.count + count + 4),
      av_new_packet(packet, size) >= 0, let data = packet?.pointee.data
    else {
      av_packet_free(&packet)
      return nil
    }
    let output = UnsafeMutableRawBufferPointer(start: data, count: Int(size))
    output.copyBytes(from: start)
    var place = start.count
    for piece in pieces {
      UnsafeMutableRawBufferPointer(rebasing: output[place...]).copyBytes(from: bytes[piece])
      place += piece.count
    }
    UnsafeMutableRawBufferPointer(rebasing: output[place...]).copyBytes(from: [0, 0, 0, 0])
    return packet
  }

  private static func row(_ index: Int, of frame: UnsafeMutablePointer<AVFrame>)
    -> UnsafePointer<UInt8>?
  {
    frame.pointee.data.0.map { UnsafePointer($0 + index * Int(frame.pointee.linesize.0)) }
  }

  private static func mark(_ frame: UnsafeMutablePointer<AVFrame>) {
    guard let start = frame.pointee.data.0 else { return }
    let stride = Int(frame.pointee.linesize.0)
    for row in 0..<Int(frame.pointee.height) {
      (start + row * stride).update(repeating: untouched, count: min(untouchedBytes, stride))
    }
  }

  private static func isRight(
    _ frame: UnsafeMutablePointer<AVFrame>, _ header: PNGHeader
  ) -> Bool {
    let format: AVPixelFormat
    switch (header.color.kind, header.color.depth) {
    case (.gray, 8): format = AV_PIX_FMT_GRAY8
    case (.gray, 16): format = AV_PIX_FMT_GRAY16BE
    case (.rgb, 8): format = AV_PIX_FMT_RGB24
    case (.rgb, 16): format = AV_PIX_FMT_RGB48BE
    case (.palette, 8): format = AV_PIX_FMT_PAL8
    case (.grayAlpha, 8): format = AV_PIX_FMT_YA8
    case (.grayAlpha, 16): format = AV_PIX_FMT_YA16BE
    case (.rgba, 8): format = AV_PIX_FMT_RGBA
    case (.rgba, 16): format = AV_PIX_FMT_RGBA64BE
    default: return false
    }
    let picture = frame.pointee
    guard picture.format == format.rawValue, picture.width == header.width,
      picture.height == header.height
    else { return false }
    let count = min(untouchedBytes, header.color.rowBytes(header.width))
    return (0..<header.height).allSatisfy { index in
      guard let row = row(index, of: frame) else { return false }
      return (0..<count).contains { row[$0] != untouched }
    }
  }
}
