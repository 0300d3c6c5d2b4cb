/// What can be wrong with a media file. A file that is not there or cannot be read is a
/// `RecordError`.
public enum MediaError: Error, Equatable, Sendable {
  /// The file has no bytes.
  case empty(file: String)
  /// The content is not what was expected, nor a known format; `found` says what it looks like.
  case unknownContent(file: String, expected: String, found: String)
  /// The content is something that is often saved in place of a file, a web page for instance;
  /// `explanation` says what and how to mend it.
  case foreignContent(file: String, expected: String, explanation: String)
  /// The content is of a format that is known and not decoded, such as WebP.
  case unsupportedFormat(file: String, format: String, remedy: String)
  /// The content uses something of its format that is not decoded; `feature` names it.
  case unsupportedFeature(file: String, feature: String, remedy: String)
  /// The bytes contradict the format; `reason` is the decoder's.
  case damaged(file: String, reason: String)
  /// The end is missing; `reason` says how much is there.
  case truncated(file: String, reason: String)
  /// The header announces more pixels than `limit`; nothing was allocated for them.
  case tooLarge(file: String, width: Int, height: Int, limit: Int)
  /// The system has no memory left; `what` names what it was wanted for.
  case noMemory(file: String, what: String)
  /// A container without a video stream, a sound file for instance.
  case noVideoStream(file: String)
  /// A video stream without a single picture.
  case noFrames(file: String)
  /// Fewer frames than were asked for; the reference repeats the first one.
  case tooFewFrames(file: String, frames: Int, asked: Int)
  /// Frames that the container counts and never shows, hidden by an edit list for instance: those
  /// asked for beyond the last one shown are replaced by that.
  case framesNotShown(file: String, counted: Int, shown: Int, asked: [Int])
  /// A frame that was asked for cannot be decoded; `index` is its place in presentation order.
  case undecodableFrame(file: String, index: Int, reason: String)
  /// A frame of another size than the first, where all must have one.
  case unevenFrames(
    file: String, index: Int, width: Int, height: Int, firstWidth: Int, firstHeight: Int)
  /// A picture of which nothing would be left in a letterbox of `size` pixels.
  case tooThin(file: String, width: Int, height: Int, size: Int)
  /// A picture that cannot be written in a format.
  case notEncoded(format: String, width: Int, height: Int, reason: String)
}

extension MediaError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  public var description: String {
    switch self {
    case .empty(let file):
      "\(file): the file is empty: get it anew"
    case .unknownContent(let file, let expected, let found):
      "\(file): expected \(expected), found \(found): get the file anew"
    case .foreignContent(let file, let expected, let explanation):
      "\(file): expected \(expected): \(explanation)"
    case .unsupportedFormat(let file, let format, let remedy):
      "\(file): \(format) is unsupported: \(remedy)"
    case .unsupportedFeature(let file, let feature, let remedy):
      "\(file): \(feature) is unsupported: \(remedy)"
    case .damaged(let file, let reason):
      "\(file): damaged: \(reason): get the file anew"
    case .truncated(let file, let reason):
      "\(file): truncated: \(reason): get the file anew"
    case .tooLarge(let file, let width, let height, let limit):
      "\(file): the header says \(width) x \(height) pixels, the limit is \(limit) in all: "
        + "make a smaller copy if the picture really is that large"
    case .noMemory(let file, let what):
      "\(file): no memory is left for \(what): run with fewer threads"
    case .noVideoStream(let file):
      "\(file): there is no video stream in it: get the file anew"
    case .noFrames(let file):
      "\(file): the video stream has no frames: get the file anew"
    case .tooFewFrames(let file, let frames, let asked):
      "\(file): \(asked) frames asked for, the video has \(frames): the first is repeated"
    case .framesNotShown(let file, let counted, let shown, let asked):
      "\(file): \(counted) frames are counted and \(shown) shown: the last shown stands for "
        + asked.map(String.init).joined(separator: ", ")
    case .undecodableFrame(let file, let index, let reason):
      "\(file): frame \(index) cannot be decoded: \(reason): get the file anew"
    case .unevenFrames(let file, let index, let width, let height, let firstWidth, let firstHeight):
      "\(file): sampled frame \(index) is \(width) x \(height), the first "
        + "\(firstWidth) x \(firstHeight): sample to one size"
    case .tooThin(let file, let width, let height, let size):
      "\(file): \(width) x \(height) pixels fitted into \(size) x \(size) leave at most half a "
        + "pixel of the shorter side: crop the picture"
    case .notEncoded(let format, let width, let height, let reason):
      "a picture of \(width) x \(height) pixels cannot become \(format): \(reason): "
        + "write a smaller one"
    }
  }
}
