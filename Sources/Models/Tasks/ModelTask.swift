/// What can be asked of a model.
public enum ModelTask: String, Sendable, CaseIterable {
  /// A question about a picture.
  case vqa
  /// A caption for a picture.
  case caption
  /// The texts of a picture among many, and the picture of a text.
  case retrieval
  /// The box of what a phrase means.
  case grounding
  /// Whether a picture entails a sentence, contradicts it, or neither.
  case entailment
  /// Whether a statement about two pictures is true.
  case reasoning
  /// The texts of a clip among many, and the clip of a text.
  case videoRetrieval = "video-retrieval"
  /// A question about a clip.
  case videoQA = "video-qa"
  /// A caption for a clip.
  case videoCaption = "video-caption"

  /// Whether the visual input is a video.
  public var isVideo: Bool {
    switch self {
    case .videoRetrieval, .videoQA, .videoCaption: true
    case .vqa, .caption, .retrieval, .grounding, .entailment, .reasoning: false
    }
  }
}
