/// The mean and the standard deviation of each channel that a model's inputs are normalised with.
public enum PixelStatistics: String, Sendable, CaseIterable {
  /// Those of CLIP: every task but grounding.
  case clip
  /// Those of ImageNet: grounding in evaluation.
  case imagenet

  /// Means of red, green and blue on the scale from 0 to 1.
  public var means: [Float] {
    switch self {
    case .clip: [0.48145466, 0.4578275, 0.40821073]
    case .imagenet: [0.485, 0.456, 0.406]
    }
  }

  /// Standard deviations of red, green and blue on the scale from 0 to 1.
  public var deviations: [Float] {
    switch self {
    case .clip: [0.26862954, 0.26130258, 0.27577711]
    case .imagenet: [0.229, 0.224, 0.225]
    }
  }
}
