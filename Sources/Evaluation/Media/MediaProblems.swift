import Media
import Records

/// What was wrong with images and clips, counted by its kind, with the first few files of each: what
/// a run reports beside a number that stands on the others.
package struct MediaProblems: Sendable {
  private struct Entry {
    let code: String
    let first: String
    var count: Int
    var examples: [String]
  }

  /// In the order of first appearance.
  private var failed: [Entry] = []
  private var remarked: [Entry] = []

  /// Starts without any.
  package init() {}

  /// How many gave no pixels.
  package var failedCount: Int { failed.reduce(0) { $0 + $1.count } }

  /// Counts an image or a clip that gave no pixels.
  ///
  /// - Parameters:
  ///   - path: Where it lies, or should.
  ///   - samples: How many samples it costs.
  package mutating func add(_ failure: any Error, at path: String, samples: Int = 1) {
    Self.count(Self.code(of: failure), "\(failure)", path, samples, in: &failed)
  }

  /// Counts an image or a clip that gave the reference's pixels, of which one should know something.
  package mutating func add(remark: MediaError, at path: String, samples: Int = 1) {
    Self.count(remark.codeOfRemark, "\(remark)", path, samples, in: &remarked)
  }

  /// Those that gave no pixels, by kind.
  package var failures: [Problem] {
    failed.map { entry in
      Problem(
        code: entry.code, message: "\(entry.count) left out; first: \(entry.first)",
        count: entry.count, examples: entry.examples)
    }
  }

  /// Those that gave pixels of which one should know something, by kind.
  package var remarks: [Problem] {
    remarked.map { entry in
      Problem(
        code: entry.code,
        message: "\(entry.count) used as the reference uses them; first: \(entry.first)",
        count: entry.count, examples: entry.examples)
    }
  }

  private static func count(
    _ code: String, _ line: String, _ path: String, _ samples: Int, in entries: inout [Entry]
  ) {
    guard let index = entries.firstIndex(where: { $0.code == code }) else {
      entries.append(Entry(code: code, first: line, count: samples, examples: [path]))
      return
    }
    entries[index].count += samples
    if entries[index].examples.count < 10 { entries[index].examples.append(path) }
  }

  /// The kind of a failure, for scripts.
  package static func code(of failure: any Error) -> String {
    switch failure {
    case let error as MediaError: return error.code
    case RecordError.missingFile: return "media_missing"
    default: return "media_unreadable"
    }
  }
}

extension MediaError {
  /// A short name that scripts can rely on.
  package var code: String {
    switch self {
    case .empty: "media_empty"
    case .unknownContent: "media_unknown"
    case .unsupportedFormat, .unsupportedFeature: "media_unsupported"
    case .damaged: "media_damaged"
    case .truncated: "media_truncated"
    case .tooLarge: "media_too_large"
    case .noVideoStream: "no_video_stream"
    case .noFrames: "no_frames"
    case .tooFewFrames: "too_few_frames"
    case .framesNotShown: "frames_not_shown"
    case .undecodableFrame: "undecodable_frame"
    }
  }
  /// The same where the file gave pixels all the same: another name where it also stops others.
  fileprivate var codeOfRemark: String {
    switch self {
    case .tooFewFrames, .framesNotShown: code
    default: "\(code)_used"
    }
  }
}
