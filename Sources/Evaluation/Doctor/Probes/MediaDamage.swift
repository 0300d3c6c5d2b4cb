import Datasets
import Records

/// Why a file cannot be read as an image or a clip.
package enum MediaDamage: Error, Sendable, Equatable, CustomStringConvertible {
  /// It has no bytes.
  case empty
  /// It is a folder, a pipe or a device.
  case notAFile
  /// The system does not let us read it.
  case unreadable(reason: String)
  /// Something else was saved under its name.
  case foreign(ForeignContent)
  /// Its first bytes are of no format that is known here.
  case unknownContent(start: [UInt8])
  /// It is a picture of a format that is not read here: HEIF or AVIF, by its brand.
  case heif(brand: String)
  /// It is a clip where an image is needed, or the other way round.
  case wrongKind(expected: MediaReference.Kind, found: MediaFormat)
  /// It breaks off.
  case truncated(what: String, offset: Int)
  /// It contradicts itself.
  case damaged(what: String, offset: Int)

  /// What is wrong and where, without the file's name.
  package var description: String {
    switch self {
    case .empty: return "has no bytes"
    case .notAFile: return "is no file but a folder, a pipe or a device"
    case .unreadable(let reason): return "cannot be read: \(reason)"
    case .foreign(let content): return content.explanation
    case .unknownContent(let start):
      let text = start.prefix(8).map { byte in
        (0x20..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : "."
      }
      return "is of no known format (it begins with '\(text.joined())')"
    case .heif(let brand):
      return "is a HEIF or AVIF picture (\(brand)), which is not read here: convert it to JPEG"
    case .wrongKind(let expected, let found):
      return "is \(found.rawValue), and \(expected == .image ? "an image" : "a clip") is needed"
    case .truncated(let what, let offset): return "is cut off at byte \(offset): \(what)"
    case .damaged(let what, let offset): return "is damaged at byte \(offset): \(what)"
    }
  }
}
