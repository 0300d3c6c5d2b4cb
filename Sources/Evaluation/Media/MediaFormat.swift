import Foundation
import Media

/// What a media file was read as, which its content decides and not its name.
package enum MediaFormat: String, Sendable, CaseIterable {
  case jpeg = "JPEG"
  case png = "PNG"
  case mp4 = "MP4/MOV"
  case avi = "AVI"
  case matroska = "Matroska/WebM"
  case transportStream = "MPEG-TS"
  case programStream = "MPEG-PS"
  case flash = "FLV"
  case windowsMedia = "ASF/WMV"
  case ogg = "Ogg"

  /// The format of a decoded image; nil for one that is not read.
  init?(_ format: ImageFormat) {
    switch format {
    case .jpeg: self = .jpeg
    case .png: self = .png
    default: return nil
    }
  }

  /// The format of a container by FFmpeg's name of it; nil for one that is not read.
  init?(container: String) {
    switch container {
    case "mov,mp4,m4a,3gp,3g2,mj2": self = .mp4
    case "avi": self = .avi
    case "matroska,webm": self = .matroska
    case "mpegts": self = .transportStream
    case "mpeg": self = .programStream
    case "flv": self = .flash
    case "asf": self = .windowsMedia
    case "ogg": self = .ogg
    default: return nil
    }
  }

  /// Whether a file's ending is that of another format, as that of many NLVR2 images, which are JPEG
  /// under the name `.png`. That hinders no decoder. Endings of no known format go with any.
  func contradicts(nameOf path: String) -> Bool {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    return !endings.contains(ending)
      && (Self.otherEndings.contains(ending)
        || Self.allCases.contains { $0.endings.contains(ending) })
  }

  /// Endings of formats that are not read.
  private static let otherEndings: Set<String> = [
    "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif",
  ]

  private var endings: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
    case .png: ["png"]
    case .mp4: ["mp4", "m4v", "mov", "3gp"]
    case .avi: ["avi"]
    case .matroska: ["mkv", "webm"]
    case .transportStream: ["ts", "mts", "m2ts"]
    case .programStream: ["mpg", "mpeg", "vob"]
    case .flash: ["flv"]
    case .windowsMedia: ["wmv", "asf"]
    case .ogg: ["ogg", "ogv"]
    }
  }
}
