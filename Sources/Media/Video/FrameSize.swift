/// The size in which frames of a video are wanted.
public enum FrameSize: Sendable, Hashable {
  /// As the video shows them, after turning; sample aspect ratios do not count.
  case native
  /// So many pixels wide and high, 1 to `largestSide`; the aspect ratio is not kept.
  case square(Int, FrameResize)

  /// The largest side of a square: a picture of it has 192 MB.
  public static let largestSide = 8192

  /// What resizes from native size; nil where nothing does, or swscale.
  var resampler: Resampler? {
    switch self {
    case .native, .square(_, .swscale): nil
    case .square(_, .pillow): Resampler(filter: .bicubic)
    case .square(_, .pillowBilinear): Resampler(filter: .bilinear)
    }
  }
}

/// How a frame comes to another size.
public enum FrameResize: String, Sendable, Hashable, CaseIterable {
  /// In one pass from the decoded planes, as the reference's reader does it: swscale's bilinear.
  case swscale
  /// From the frame as RGB in native size, by Pillow's bicubic filter.
  case pillow
  /// From the frame as RGB in native size, by Pillow's bilinear filter.
  case pillowBilinear = "pillow-bilinear"
}
