import Media

/// The formats of picture files.
public enum PictureFormat: String, Sendable, Hashable, CaseIterable {
  /// Lossy and exact.
  case jpeg, png

  /// How its names end.
  public var suffix: String {
    switch self {
    case .jpeg: ".jpg"
    case .png: ".png"
    }
  }

  /// A picture as a file: a JPEG of quality 88.
  ///
  /// - Throws: `MediaError.notEncoded`.
  public func bytes(of image: RGBImage) throws -> [UInt8] {
    switch self {
    case .jpeg: try JPEGEncoder(quality: 88).bytes(of: image)
    case .png: try PNGWriter.bytes(of: image)
    }
  }
}
