import CLibAV
import Records

/// The containers that are read. What FFmpeg knows besides (playlists, lists of files, picture
/// sequences, text) is refused: some of it opens other files or the network.
enum ContainerFormat {
  /// FFmpeg's names of the demuxers that are used.
  static let names: Set<String> = [
    "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi", "mpegts", "mpeg", "flv", "asf", "ogg",
  ]

  /// How errors name them.
  static let spelled = "a video (MP4, MOV, MKV, WebM, AVI, MPEG-TS, MPEG-PS, FLV, WMV, Ogg)"

  /// Those whose demuxer finds a packet again by its time, and whose packets carry the time at which
  /// they are shown.
  static let withTimes: Set<String> = ["mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm"]

  /// Whether it is MP4, MOV or one of their kin.
  static func isMOV(_ name: String) -> Bool { name.hasPrefix("mov,") }

  /// What a file is, by its content, within a bounded number of bytes.
  ///
  /// - Throws: `MediaError.unknownContent`, `.foreignContent`, `.unsupportedFormat`; `RecordError`.
  static func probe(_ file: LocalFile) throws -> UnsafePointer<AVInputFormat> {
    var format: UnsafePointer<AVInputFormat>?
    // No name is handed over: the content decides.
    let status = av_probe_input_buffer2(file.context, &format, nil, nil, 0, 0)
    guard status >= 0, let format else {
      throw try MediaError.content(of: MappedFile(file.path), expected: spelled)
    }
    let name = String(cString: format.pointee.name)
    guard names.contains(name) else {
      let long = format.pointee.long_name.map { String(cString: $0) } ?? name
      throw MediaError.unsupportedFormat(
        file: file.path, format: long,
        remedy: "\(spelled) is expected here: convert it if it is one")
    }
    return format
  }
}
