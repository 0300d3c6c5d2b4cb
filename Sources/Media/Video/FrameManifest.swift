import Records

/// Which frames of a video were taken: what has to be equal for two runs to have seen the same.
public struct FrameManifest: Sendable, Equatable {
  /// The video's name as it was given.
  public let file: String
  /// Which kind of container it is.
  public let container: ContainerFormat
  /// Coded packets of the stream, from which the indices come: the reference's number of frames.
  public let frameCount: Int
  /// The size of the pictures.
  public let size: FrameSize
  /// Pixels in a row of a frame as it is shown, in native size.
  public let width: Int
  /// Rows of a frame as it is shown, in native size.
  public let height: Int
  /// The indices that the rule gives, in the order in which a model sees the frames.
  public let indices: [Int]
  /// The place in presentation order of the frame that stands at each of them: the same numbers, but
  /// for indices beyond the last frame that is shown.
  public let shownIndices: [Int]
  /// The presentation time of each in seconds; nil where the container has none.
  public let seconds: [Double?]
  /// SHA-256 of each frame's bytes as RGB in native size, in hexadecimal; nil unless asked for.
  public let sha256: [String]?
  /// What the reference passes over in silence and strict use refuses.
  public let remarks: [MediaError]

  /// The manifest as JSON: `frames`, `indices`, `pts_seconds`, `width`, `height`, `sha256`, and beside
  /// these `file`, `shown_indices`, `remarks`, and for a square `size` and `resize`.
  package var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("file", .string(file)),
      ("frames", .int(frameCount)),
      ("width", .int(width)),
      ("height", .int(height)),
      ("indices", .array(indices.map { .int($0) })),
      ("shown_indices", .array(shownIndices.map { .int($0) })),
      ("pts_seconds", .array(seconds.map { $0.map { .double($0) } ?? .null })),
      ("remarks", .strings(remarks.map(\.description))),
    ]
    if case .square(let side, let resize) = size {
      members += [("size", .int(side)), ("resize", .string(resize.rawValue))]
    }
    if let sha256 { members.append(("sha256", .strings(sha256))) }
    return .object(JSONObject(members))
  }
}
