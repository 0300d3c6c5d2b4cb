import CLibAV
import Glibc

/// An open container with one video stream chosen; its packets are read one after the other.
final class Container {
  /// How much is found out about the streams before one is chosen.
  enum Probing {
    /// What the container's header says, where that is enough to choose and to decode; all otherwise.
    case header
    /// What FFmpeg finds out by decoding the first pictures, as decord has it.
    case pictures
  }

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
  /// What was done to find out about the streams.
  let probing: Probing

  private var context: UnsafeMutablePointer<AVFormatContext>?

  /// Opens the container and chooses its best video stream, as FFmpeg and decord do.
  ///
  /// - Parameter pixelLimit: what a picture may have at most; decoders that probe obey it too.
  /// - Throws: `MediaError`, `RecordError`.
  init(_ file: LocalFile, probing: Probing, pixelLimit: Int) throws {
    let input = try ContainerFormat.probe(file)
    format = String(cString: input.pointee.name)
    if ContainerFormat.isMOV(format) { try MOVTables.check(file) }
    guard let fresh = avformat_alloc_context() else { throw Self.noMemory(file.path) }
    fresh.pointee.pb = file.context
    // Nothing but this file is opened, whatever it refers to.
    fresh.pointee.io_open = { _, _, _, _, _ in -EACCES }
    var opening: UnsafeMutablePointer<AVFormatContext>? = fresh
    let status = avformat_open_input(&opening, nil, input, nil)
    // After a failure FFmpeg has freed the context and set it to nil.
    guard status >= 0, let context = opening else {
      throw MediaError.damaged(
        file: file.path, reason: "the container cannot be opened (\(file.reason(for: status)))")
    }
    do {
      let choice = try StreamChoice(
        in: context, format: format, file: file, probing: probing, pixelLimit: pixelLimit)
      (streamIndex, decoder, stream) = (choice.index, choice.decoder, choice.stream)
      self.probing = choice.probing
    } catch {
      avformat_close_input(&opening)
      throw error
    }
    for place in 0..<Int(context.pointee.nb_streams) where place != Int(streamIndex) {
      context.pointee.streams[place]?.pointee.discard = AVDISCARD_ALL
    }
    self.file = file
    self.context = context
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
          file: file.path, reason: "the container cannot be read on (\(file.reason(for: status)))")
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

  /// Checks that the pictures that an MP4 file's index promises are in the file. The other containers
  /// have no index that the reference would miss; see `AnnouncedLength`.
  ///
  /// - Parameter packets: how many packets the stream gave.
  /// - Throws: `MediaError.truncated`.
  func checkIsWhole(packets: Int) throws {
    guard ContainerFormat.isMOV(format) else { return }
    let promised = avformat_index_get_entries_count(stream)
    for place in 0..<promised {
      guard let entry = avformat_index_get_entry(stream, place)?.pointee,
        entry.pos > file.size - Int64(entry.size)
      else { continue }
      throw MediaError.truncated(
        file: file.path,
        reason: "\(packets) of \(promised) coded pictures are there, the file ends at byte "
          + "\(file.size)")
    }
  }

  /// What to throw where there is no memory.
  static func noMemory(_ file: String) -> MediaError {
    .damaged(file: file, reason: LibAVFailure.text(clibav_no_memory))
  }
}
