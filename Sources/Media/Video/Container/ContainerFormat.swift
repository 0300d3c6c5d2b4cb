import CLibAV
import Records

/// The containers that are read. What FFmpeg knows besides (playlists, lists of files, picture
/// sequences, text) is refused: some of it opens other files or the network.
///
/// The raw values are FFmpeg's names of their demuxers.
public enum ContainerFormat: String, Sendable, CaseIterable {
  /// MP4, MOV and their kin.
  case mov = "mov,mp4,m4a,3gp,3g2,mj2"
  case matroska = "matroska,webm"
  case avi
  case transportStream = "mpegts"
  case programStream = "mpeg"
  case flash = "flv"
  case windowsMedia = "asf"
  case ogg

  /// Its name as people write it.
  public var title: String {
    switch self {
    case .mov: "MP4/MOV"
    case .matroska: "Matroska/WebM"
    case .avi: "AVI"
    case .transportStream: "MPEG-TS"
    case .programStream: "MPEG-PS"
    case .flash: "FLV"
    case .windowsMedia: "ASF/WMV"
    case .ogg: "Ogg"
    }
  }

  /// The endings that names of such files have, in small letters.
  package var endings: [String] {
    switch self {
    case .mov: ["mp4", "m4v", "mov", "3gp"]
    case .matroska: ["mkv", "webm"]
    case .avi: ["avi"]
    case .transportStream: ["ts", "mts", "m2ts"]
    case .programStream: ["mpg", "mpeg", "vob"]
    case .flash: ["flv"]
    case .windowsMedia: ["wmv", "asf"]
    case .ogg: ["ogg", "ogv"]
    }
  }

  /// How errors name them all.
  static let spelled = "a video (MP4, MOV, MKV, WebM, AVI, MPEG-TS, MPEG-PS, FLV, WMV, Ogg)"

  /// Whether its demuxer finds a packet again by its time, and its packets carry the time at which
  /// they are shown.
  var hasTimes: Bool { self == .mov || self == .matroska }

  /// What a file is, by its content, within a bounded number of bytes.
  ///
  /// - Returns: FFmpeg's demuxer and which one that is.
  /// - Throws: `MediaError.unknownContent`, `.foreignContent`, `.unsupportedFormat`; `RecordError`.
  static func probe(_ file: LocalFile) throws -> (
    input: UnsafePointer<AVInputFormat>, format: ContainerFormat
  ) {
    var input: UnsafePointer<AVInputFormat>?
    // No name is handed over: the content decides.
    let status = av_probe_input_buffer2(file.context, &input, nil, nil, 0, 0)
    guard status >= 0, let input else {
      throw try MediaError.content(of: MappedFile(file.path), expected: spelled)
    }
    let name = String(cString: input.pointee.name)
    guard let format = ContainerFormat(rawValue: name) else {
      let long = input.pointee.long_name.map { String(cString: $0) } ?? name
      throw MediaError.unsupportedFormat(
        file: file.path, format: long,
        remedy: "\(spelled) is expected here: convert it if it is one")
    }
    return (input, format)
  }
}
