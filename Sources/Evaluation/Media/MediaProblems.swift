import Media
import Records

/// What was wrong with images and clips, counted by its kind, with the first few files of each: what
/// a run reports beside a number that stands on the others.
package struct MediaProblems: Sendable {
  /// Files of one kind of problem.
  package struct Kind: Sendable {
    /// A short name that scripts can rely on.
    package let code: String
    /// What was wrong with the first of them: a `MediaError` or a `RecordError`.
    package let first: any Error
    /// How many there are.
    package fileprivate(set) var count: Int
    /// Where the first few lie.
    package fileprivate(set) var examples: [String]
  }

  /// Those that gave no pixels, in the order of first appearance.
  package private(set) var failures: [Kind] = []
  /// Those that gave the pixels that the reference sees, although something is wrong with them.
  package private(set) var remarks: [Kind] = []

  /// Starts without any.
  package init() {}

  /// Counts an image or a clip that gave no pixels.
  ///
  /// - Parameter path: Where it lies, or should.
  package mutating func add(_ failure: any Error, at path: String) {
    Self.add(failure, Self.code(of: failure), path, to: &failures)
  }

  /// Counts an image or a clip that gave pixels all the same.
  package mutating func add(remark: MediaError, at path: String) {
    Self.add(remark, Self.code(ofRemark: remark), path, to: &remarks)
  }

  /// All kinds, as a run reports them.
  package var problems: [Problem] {
    func problem(_ kind: Kind, _ fate: String) -> Problem {
      Problem(
        code: kind.code, message: "\(kind.count) \(fate); first: \(kind.first)", count: kind.count,
        examples: kind.examples)
    }
    return failures.map { problem($0, "media files could not be read and are left out") }
      + remarks.map { problem($0, "media files are read as the reference reads them") }
  }

  private static func add(
    _ error: any Error, _ code: String, _ path: String, to kinds: inout [Kind]
  ) {
    guard let index = kinds.firstIndex(where: { $0.code == code }) else {
      kinds.append(Kind(code: code, first: error, count: 1, examples: [path]))
      return
    }
    kinds[index].count += 1
    if kinds[index].examples.count < 10 { kinds[index].examples.append(path) }
  }

  /// The kind of a remark: something is wrong with a file that gave pixels.
  package static func code(ofRemark remark: MediaError) -> String {
    remark.isDamage ? "\(remark.code)_used" : remark.code
  }

  /// The kind of a failure.
  package static func code(of failure: any Error) -> String {
    switch failure {
    case let error as MediaError: error.code
    case RecordError.missingFile: "media_missing"
    default: "media_unreadable"
    }
  }
}

extension MediaError {
  /// A short name of the kind, for scripts.
  fileprivate var code: String {
    switch self {
    case .empty: "media_empty"
    case .unknownContent, .foreignContent: "media_unknown"
    case .unsupportedFormat, .unsupportedFeature: "media_unsupported"
    case .damaged: "media_damaged"
    case .truncated: "media_truncated"
    case .tooLarge, .noMemory: "media_too_large"
    case .noVideoStream: "no_video_stream"
    case .noFrames: "no_frames"
    case .tooFewFrames: "too_few_frames"
    case .framesNotShown: "frames_not_shown"
    case .undecodableFrame: "undecodable_frame"
    case .unevenFrames: "uneven_frames"
    case .tooThin: "image_too_thin"
    case .notEncoded: "not_encoded"
    }
  }

  /// Whether the file is not as it was made, even where it gives pixels: fetching it again may mend
  /// it.
  package var isDamage: Bool {
    switch self {
    case .damaged, .truncated: true
    default: false
    }
  }
}
