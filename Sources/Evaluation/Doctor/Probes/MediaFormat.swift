import Datasets

/// What a media file is, told from its first bytes.
package enum MediaFormat: String, Sendable, CaseIterable {
  case jpeg = "JPEG"
  case png = "PNG"
  case gif = "GIF"
  case webP = "WebP"
  case bmp = "BMP"
  case mp4 = "MP4/MOV"
  case avi = "AVI"
  case matroska = "Matroska/WebM"
  case transportStream = "MPEG-TS"
  case programStream = "MPEG-PS"

  /// Whether it holds a picture or a clip.
  package var kind: MediaReference.Kind {
    switch self {
    case .jpeg, .png, .gif, .webP, .bmp: .image
    case .mp4, .avi, .matroska, .transportStream, .programStream: .video
    }
  }

  /// Whether a file name's ending goes with it; endings that no format claims go with any.
  package func goes(withExtension ending: String) -> Bool {
    let ending = ending.lowercased()
    return endings.contains(ending) || !Self.allCases.contains { $0.endings.contains(ending) }
  }

  private var endings: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
    case .png: ["png"]
    case .gif: ["gif"]
    case .webP: ["webp"]
    case .bmp: ["bmp"]
    case .mp4: ["mp4", "m4v", "mov", "3gp"]
    case .avi: ["avi"]
    case .matroska: ["mkv", "webm"]
    case .transportStream: ["ts", "mts", "m2ts"]
    case .programStream: ["mpg", "mpeg", "vob"]
    }
  }

  /// The probe that knows it.
  var probe: any MediaProbe.Type {
    switch self {
    case .jpeg: JPEGProbe.self
    case .png: PNGProbe.self
    case .gif: GIFProbe.self
    case .webP: WebPProbe.self
    case .bmp: BMPProbe.self
    case .mp4: MP4Probe.self
    case .avi: AVIProbe.self
    case .matroska: MatroskaProbe.self
    case .transportStream: TransportStreamProbe.self
    case .programStream: ProgramStreamProbe.self
    }
  }
}

/// Looks at the structure of a file of one format: lengths, marks, checksums. It decodes no picture.
protocol MediaProbe {
  /// Whether the first bytes of a file (up to 1,024) are of this format.
  static func recognises(_ start: [UInt8]) -> Bool
  /// Follows the structure from end to end.
  ///
  /// - Throws: `MediaDamage` where it breaks off or contradicts itself.
  static func check(_ file: ProbeFile) throws
}
