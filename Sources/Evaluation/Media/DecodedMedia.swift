import Media

/// An image or a clip as a decoder gave it.
package enum DecodedMedia: Sendable {
  /// A whole image.
  case image(DecodedImage)
  /// Frames of a clip.
  case clip(SampledVideo)

  /// What the file is by its content.
  package var format: MediaFormat {
    switch self {
    case .image(let image): .image(image.format)
    case .clip(let clip): .clip(clip.container)
    }
  }

  /// What strict use would refuse.
  package var remarks: [MediaError] {
    switch self {
    case .image(let image): image.remarks
    case .clip(let clip): clip.remarks
    }
  }
}
