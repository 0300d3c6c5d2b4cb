/// Frames sampled from a video, with what is known of them.
///
/// Members of the manifest can be asked of this directly: `sampled.indices`.
@dynamicMemberLookup
public struct SampledVideo: Sendable {
  /// Which frames these are.
  public let manifest: FrameManifest
  /// A picture for each index, in the size asked for; a frame that is sampled several times stands
  /// several times.
  public let images: [RGBImage]

  /// A member of the manifest.
  public subscript<Member>(dynamicMember path: KeyPath<FrameManifest, Member>) -> Member {
    manifest[keyPath: path]
  }
}

/// A frame that was sampled, while it is handed out.
package struct SampledFrame {
  /// The index that was asked for.
  package let index: Int
  /// Where in the list of indices it stands, ascending.
  package let places: Range<Int>
  /// Its place in presentation order: `index`, but for one beyond the last frame that is shown.
  package let shownIndex: Int
  /// Its presentation time in seconds; nil where the container has none.
  package let seconds: Double?
  /// The picture, in the size asked for.
  package let image: RGBImage
  /// SHA-256 of its bytes as RGB in native size, in hexadecimal; nil unless asked for.
  package let sha256: String?
}
