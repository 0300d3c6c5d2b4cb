import CLibAV
import Glibc

/// An open container with one video stream chosen; its packets are read one after the other.
final class Container {
  /// The file.
  let file: LocalFile
  /// FFmpeg's name of the container, such as "matroska,webm".
  let format: String
  /// The stream that is read, by its number.
  let streamIndex: Int32
  /// The decoder that FFmpeg chose for it.
  let decoder: UnsafePointer<AVCodec>
  /// The chosen stream; valid as long as this object lives.
  let stream: UnsafeMutablePointer<AVStream>

  private var context: UnsafeMutablePointer<AVFormatContext>?

  /// Opens the container and chooses its best video stream, as FFmpeg and decord do.
  ///
  /// - Parameter pixelLimit: what a picture may have at most; the probing decoders obey it too.
  /// - Throws: `MediaError`, `RecordError`.
  init(_ file: LocalFile, pixelLimit: Int) throws {
    let input = try ContainerFormat.probe(file)
    guard let fresh = avformat_alloc_context() else { throw Self.noMemory(file) }
    fresh.pointee.pb = file.context
    // Nothing but this file is opened, whatever it refers to.
    fresh.pointee.io_open = { _, _, _, _, _ in -EACCES }
    var context: UnsafeMutablePointer<AVFormatContext>? = fresh
    let opened = avformat_open_input(&context, nil, input, nil)
    // After a failure FFmpeg has freed the context and set it to nil.
    guard opened >= 0, let context else {
      throw MediaError.damaged(
        file: file.path, reason: "the container cannot be opened (\(LibAVFailure.text(opened)))")
    }
    do {
      (streamIndex, decoder) = try Self.chooseStream(
        of: context, file: file.path, pixelLimit: pixelLimit)
      guard let stream = context.pointee.streams[Int(streamIndex)] else {
        throw MediaError.noVideoStream(file: file.path)
      }
      self.stream = stream
    } catch {
      var context: UnsafeMutablePointer<AVFormatContext>? = context
      avformat_close_input(&context)
      throw error
    }
    for place in 0..<Int(context.pointee.nb_streams) where place != Int(streamIndex) {
      context.pointee.streams[place]?.pointee.discard = AVDISCARD_ALL
    }
    self.file = file
    self.context = context
    format = String(cString: input.pointee.name)
  }

  deinit { avformat_close_input(&context) }

  /// Reads the next packet of the stream into `packet`, which is emptied before.
  ///
  /// - Returns: false at the end.
  /// - Throws: `MediaError.damaged`.
  func read(into packet: UnsafeMutablePointer<AVPacket>) throws -> Bool {
    while true {
      av_packet_unref(packet)
      let status = av_read_frame(context, packet)
      if status == clibav_eof { return false }
      guard status >= 0 else {
        throw MediaError.damaged(
          file: file.path, reason: "the container cannot be read on (\(LibAVFailure.text(status)))")
      }
      if packet.pointee.stream_index == streamIndex { return true }
    }
  }

  /// Moves to a packet at or before a time.
  ///
  /// - Parameter timestamp: in the stream's time base.
  /// - Returns: whether FFmpeg says that it did so. Where it stands only the next packet shows.
  func seek(to timestamp: Int64) -> Bool {
    av_seek_frame(context, streamIndex, timestamp, AVSEEK_FLAG_BACKWARD) >= 0
  }

  /// Moves to the first byte.
  ///
  /// - Returns: whether FFmpeg says that it did so.
  func seekToFirstByte() -> Bool {
    av_seek_frame(context, streamIndex, 0, AVSEEK_FLAG_BYTE) >= 0
  }

  /// Checks that what the container's own index promises is in the file.
  ///
  /// - Parameter packets: how many packets the stream gave.
  /// - Throws: `MediaError.truncated`.
  func checkIsWhole(packets: Int) throws {
    let promised = Int(avformat_index_get_entries_count(stream))
    for place in stride(from: promised - 1, through: 0, by: -1) {
      guard let entry = avformat_index_get_entry(stream, Int32(place)) else { continue }
      let end = entry.pointee.pos + Int64(entry.pointee.size)
      if end > file.size {
        throw MediaError.truncated(
          file: file.path,
          reason: "its index leads to byte \(end) and there are \(file.size): "
            + "\(packets) of \(promised) coded pictures are there")
      }
    }
  }

  private static func noMemory(_ file: LocalFile) -> MediaError {
    .damaged(file: file.path, reason: LibAVFailure.text(clibav_no_memory))
  }

  /// Finds out what the streams hold, and chooses.
  private static func chooseStream(
    of context: UnsafeMutablePointer<AVFormatContext>, file: String, pixelLimit: Int
  ) throws -> (Int32, UnsafePointer<AVCodec>) {
    try checkSizes(of: context, file: file, pixelLimit: pixelLimit)
    let count = Int(context.pointee.nb_streams)
    var options = [OpaquePointer?](repeating: nil, count: max(1, count))
    for place in 0..<count { av_dict_set_int(&options[place], "max_pixels", Int64(pixelLimit), 0) }
    let status = avformat_find_stream_info(context, &options)
    for place in options.indices { av_dict_free(&options[place]) }
    guard status >= 0 else {
      throw MediaError.damaged(
        file: file, reason: "its streams cannot be made out (\(LibAVFailure.text(status)))")
    }
    try checkSizes(of: context, file: file, pixelLimit: pixelLimit)
    var decoder: UnsafePointer<AVCodec>?
    let best = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0)
    guard best >= 0, let decoder else {
      guard let codec = firstVideoCodec(of: context) else {
        throw MediaError.noVideoStream(file: file)
      }
      throw MediaError.unsupportedFeature(
        file: file, feature: "video coded as \(codec)", remedy: "convert it to H.264")
    }
    return (best, decoder)
  }

  private static func checkSizes(
    of context: UnsafeMutablePointer<AVFormatContext>, file: String, pixelLimit: Int
  ) throws {
    for place in 0..<Int(context.pointee.nb_streams) {
      guard let parameters = context.pointee.streams[place]?.pointee.codecpar else { continue }
      let (width, height) = (Int(parameters.pointee.width), Int(parameters.pointee.height))
      guard parameters.pointee.codec_type == AVMEDIA_TYPE_VIDEO, width > 0, height > 0 else {
        continue
      }
      // Both are 32-bit numbers: the product fits.
      if width * height > pixelLimit {
        throw MediaError.tooLarge(file: file, width: width, height: height, limit: pixelLimit)
      }
    }
  }

  private static func firstVideoCodec(of context: UnsafeMutablePointer<AVFormatContext>) -> String?
  {
    for place in 0..<Int(context.pointee.nb_streams) {
      guard let parameters = context.pointee.streams[place]?.pointee.codecpar,
        parameters.pointee.codec_type == AVMEDIA_TYPE_VIDEO
      else { continue }
      return String(cString: avcodec_get_name(parameters.pointee.codec_id))
    }
    return nil
  }
}
