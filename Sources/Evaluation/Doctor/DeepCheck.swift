import Datasets
import Foundation
import Media
import Records

/// Decodes media files as a run would: images whole, of clips the frames that a run samples.
package struct DeepCheck: Sendable {
  /// What was seen of a file.
  struct Verdict: Sendable {
    /// The format of its content, or why a run would get nothing from it.
    let result: Result<MediaFormat, any Error>
    /// What is wrong with it although it gives pixels.
    let remarks: [MediaError]
  }

  /// A file, and how many frames are taken of it: other benchmarks may sample a clip otherwise.
  struct Sample: Hashable, Sendable {
    let path: String
    let reference: MediaReference
    /// 0 for an image.
    let frames: Int

    /// - Parameter frames: How many frames of a clip the benchmark's protocol takes; nil where its
    ///   card does not say.
    init(_ file: MediaLocation.File, frames: Int?) {
      path = file.path
      reference = file.reference
      self.frames = file.reference.kind == .image ? 0 : max(1, frames ?? 8)
    }

    // Data sets name the same file by references of their own.
    static func == (first: Sample, second: Sample) -> Bool {
      first.path == second.path && first.frames == second.frames
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(path)
      hasher.combine(frames)
    }
  }

  /// How many files are looked at at a time.
  private let threads: Int
  /// Called with how many files were looked at and how many there are.
  private let progress: @Sendable (_ done: Int, _ total: Int) -> Void

  /// Sets up a check.
  package init(
    threads: Int = ProcessInfo.processInfo.activeProcessorCount,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) {
    self.threads = max(1, threads)
    self.progress = progress
  }

  /// The verdict on each sample; one that occurs several times is looked at once.
  func verdicts(on samples: [Sample]) -> [Sample: Verdict] {
    let samples = samples.uniqued()
    var verdicts: [Sample: Verdict] = [:]
    for frames in Set(samples.map(\.frames)).sorted() {
      let part = samples.filter { $0.frames == frames }
      // Their size is no matter: a frame that is decoded can be had in any.
      let decoding = MediaDecoding(
        clips: VideoSampler(count: max(1, frames), size: .square(224, .swscale)), threads: threads)
      let requests = part.map { MediaRequest(reference: $0.reference, path: $0.path) }
      for file in MediaReader(requests, decoding, bytes: { _ in 0 }, make: \.format) {
        verdicts[part[file.index]] = Verdict(result: file.result, remarks: file.remarks)
        progress(verdicts.count, samples.count)
      }
    }
    return verdicts
  }
}
