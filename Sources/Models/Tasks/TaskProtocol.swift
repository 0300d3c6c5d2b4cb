import Media

/// How a task is run: everything beside weights and inputs that can change its result.
///
/// Quirks kept: those of `quirks`, unless they are in `corrected`.
public struct TaskProtocol: Sendable, Equatable {
  /// What is asked.
  public let task: ModelTask
  /// The side of the square that pictures and frames are brought to, in pixels.
  public var resolution: Int
  /// How pictures come into the square; frames always fill it.
  public var shape: ImageTransform.Shape
  /// How many frames of a video are taken; nil for pictures.
  public var frames: Int?
  /// How texts become ids; nil where no text goes in.
  public var text: TextRule?
  /// What comes out.
  public var output: OutputRule
  /// Quirks for which the correct behaviour is asked.
  public var corrected: Set<Quirk>

  /// Puts a protocol together.
  public init(
    _ task: ModelTask, resolution: Int, shape: ImageTransform.Shape = .square, frames: Int? = nil,
    text: TextRule? = nil, output: OutputRule, corrected: Set<Quirk> = []
  ) {
    self.task = task
    self.resolution = resolution
    self.shape = shape
    self.frames = frames
    self.text = text
    self.output = output
    self.corrected = corrected
  }

  /// The quirks that play a part in this protocol, in the order of their names.
  public var quirks: [Quirk] {
    var quirks: [Quirk] = []
    switch output {
    case .text(let rule): quirks += rule.prompt.isEmpty ? [.q3] : [.q3, .q4]
    case .ranking: quirks += [.q5]
    case .matching, .box, .classes: break
    }
    if frames != nil { quirks += [.q6] }
    if shape == .letterbox { quirks += [.q7] }
    if task == .grounding { quirks += [.q8] }
    if frames != nil { quirks += [.q13] }
    return quirks
  }

  /// Whether the reference's behaviour is kept.
  public func keeps(_ quirk: Quirk) -> Bool { !corrected.contains(quirk) }
}

extension TaskProtocol {
  /// What makes a tensor of a picture.
  public var imageTransform: ImageTransform {
    switch shape {
    case .square: .square(resolution)
    case .letterbox: .letterbox(resolution, statistics: keeps(.q7) ? .imagenet : .clip)
    }
  }

  /// What takes frames of a video; nil for pictures.
  ///
  /// - Parameter strict: Whether remarks on the video are errors.
  public func videoSampler(strict: Bool = false) -> VideoSampler? {
    frames.map {
      VideoSampler(
        count: $0, size: .square(resolution, .swscale), rule: keeps(.q6) ? .uniform : .spread,
        strict: strict)
    }
  }

  /// What makes a tensor of frames.
  public var frameNormalization: FrameNormalization {
    FrameNormalization(division: keeps(.q13) ? .unlessDark : .always)
  }
}
