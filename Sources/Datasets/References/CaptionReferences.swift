import Records

/// Human captions of images or clips.
public struct CaptionReferences: Sendable {
  /// The images or clips in the order in which they are scored.
  public let ids: [SampleID]
  /// The captions of each.
  public let captions: [[String]]
  /// How the captions were changed on reading: `raw`, or `lower` as the reference project does.
  public let letterCase: String

  /// Puts references together.
  package init(ids: [SampleID], captions: [[String]], letterCase: String = "raw") {
    self.ids = ids
    self.captions = captions
    self.letterCase = letterCase
  }
}
