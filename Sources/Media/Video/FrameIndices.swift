/// Which frames of a video a model sees.
public enum FrameIndices {
  /// The indices of frames that the reference samples, ascending:
  /// `numpy.arange(0, frames, frames / count, dtype=int)`.
  ///
  /// Source: datasets of mPLUG's video tasks, which read through decord.
  ///
  /// Quirks kept: the step is cut down to an integer before it is added up, so that the last part of
  /// a video is never seen; a video of fewer frames than `count` gives frame 0 that often; rounding of
  /// `frames / (frames / count)` makes one index more than `count` for some numbers of frames, for
  /// none below 20,000 where `count` is 4, 8, 12 or 16.
  ///
  /// - Parameters:
  ///   - count: how many are asked for.
  ///   - frames: how many the video has: coded packets of the stream.
  /// - Returns: `count` indices, or one more; none where either number is not positive.
  public static func uniform(count: Int, of frames: Int) -> [Int] {
    guard count > 0, frames > 0 else { return [] }
    // numpy takes the length from the step as a float, then fills with the step as an integer.
    let step = Double(frames) / Double(count)
    let length = Int((Double(frames) / step).rounded(.up))
    return (0..<length).map { $0 * Int(step) }
  }

  /// The indices `floor(i * frames / count)`, which reach to the end of a video; of one that has
  /// fewer frames than `count` some are taken several times.
  ///
  /// - Parameters:
  ///   - count: how many are asked for.
  ///   - frames: how many the video has.
  /// - Returns: `count` indices, ascending; none where either number is not positive.
  public static func spread(count: Int, of frames: Int) -> [Int] {
    guard count > 0, frames > 0 else { return [] }
    // i * frames could overflow for what a file announces.
    let (whole, rest) = frames.quotientAndRemainder(dividingBy: count)
    return (0..<count).map { $0 * whole + $0 * rest / count }
  }

  /// A rule that gives indices.
  public enum Rule: String, Sendable, Hashable, CaseIterable {
    /// The reference's.
    case uniform
    /// Over the whole video.
    case spread

    /// The indices of a video.
    public func indices(count: Int, of frames: Int) -> [Int] {
      switch self {
      case .uniform: FrameIndices.uniform(count: count, of: frames)
      case .spread: FrameIndices.spread(count: count, of: frames)
      }
    }
  }
}
