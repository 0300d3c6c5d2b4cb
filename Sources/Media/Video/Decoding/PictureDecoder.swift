import CLibAV

/// A decoder of one stream: packets in, pictures out in presentation order.
final class PictureDecoder {
  private var context: UnsafeMutablePointer<AVCodecContext>?
  private let file: String
  private let pixelLimit: Int

  /// What a decoder may take for a picture: it counts margins and whole blocks.
  static func decoderLimit(_ pixelLimit: Int) -> Int64 {
    Int64(min(pixelLimit, 1 << 31)) / 4 * 5 + 65536
  }

  /// Opens the decoder that the container chose for its stream.
  ///
  /// - Parameters:
  ///   - threads: how many the decoder may use for this one stream, at least 1.
  ///   - pixelLimit: larger pictures are refused before memory is taken for them.
  /// - Throws: `MediaError`.
  init(for container: Container, threads: Int, pixelLimit: Int) throws {
    file = container.file.path
    self.pixelLimit = pixelLimit
    guard let fresh = avcodec_alloc_context3(container.decoder) else {
      throw MediaError.noMemory(file: file, what: "its decoder")
    }
    var status = avcodec_parameters_to_context(fresh, container.stream.pointee.codecpar)
    if status >= 0 {
      fresh.pointee.thread_count = Int32(clamping: max(1, threads))
      fresh.pointee.max_pixels = Self.decoderLimit(pixelLimit)
      fresh.pointee.pkt_timebase = container.stream.pointee.time_base
      status = avcodec_open2(fresh, container.decoder, nil)
    }
    guard status >= 0 else {
      var fresh: UnsafeMutablePointer<AVCodecContext>? = fresh
      avcodec_free_context(&fresh)
      throw MediaError.damaged(
        file: file, reason: "its decoder cannot be started (\(LibAVFailure.text(status)))")
    }
    context = fresh
  }

  deinit { avcodec_free_context(&context) }

  /// What the decoder has to say after it was asked for a picture.
  enum Answer {
    /// A picture; it belongs to the caller.
    case picture(UnsafeMutablePointer<AVFrame>)
    /// It needs another packet first.
    case needsPacket
    /// There are no more.
    case end
    /// It cannot go on; the text says why.
    case failure(String)
  }

  /// Hands over a packet, or nil at the end of all.
  ///
  /// All pictures that are ready must have been received before.
  ///
  /// - Returns: nil, or why the packet cannot be decoded.
  /// - Throws: `MediaError.tooLarge` where the packet's picture is beyond the limit.
  func send(_ packet: UnsafePointer<AVPacket>?) throws -> String? {
    let status = avcodec_send_packet(context, packet)
    if status >= 0 || status == clibav_eof { return nil }
    if let context, let packet, let (width, height) = PictureSize.claimed(by: packet, for: context)
    {
      try check(width, height)
    }
    return LibAVFailure.text(status)
  }

  private func check(_ width: Int32, _ height: Int32) throws {
    // Both are 32-bit numbers: the product fits.
    if width > 0, height > 0, Int(width) * Int(height) > pixelLimit {
      throw MediaError.tooLarge(
        file: file, width: Int(width), height: Int(height), limit: pixelLimit)
    }
  }

  /// Asks for the next picture.
  ///
  /// - Throws: `MediaError.tooLarge` where it is beyond the limit.
  func receive() throws -> Answer {
    guard let frame = av_frame_alloc() else {
      return .failure(LibAVFailure.text(clibav_no_memory))
    }
    let status = avcodec_receive_frame(context, frame)
    var freed: UnsafeMutablePointer<AVFrame>? = frame
    if status >= 0 {
      do {
        try check(frame.pointee.width, frame.pointee.height)
        return .picture(frame)
      } catch {
        av_frame_free(&freed)
        throw error
      }
    }
    av_frame_free(&freed)
    switch status {
    case clibav_again: return .needsPacket
    case clibav_eof: return .end
    default: return .failure(LibAVFailure.text(status))
    }
  }

  /// Forgets all that it saw: the next packet is a first one.
  func reset() {
    guard let context else { return }
    avcodec_flush_buffers(context)
  }
}

extension AVFrame {
  /// Whether the decoder filled in some of the picture, or says that it may be wrong.
  var isDamaged: Bool { decode_error_flags != 0 || flags & AV_FRAME_FLAG_CORRUPT != 0 }
}
