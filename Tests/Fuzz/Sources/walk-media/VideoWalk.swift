import Foundation
import Media
import Records

/// Everything that is done with a video, done with a file and with damaged copies of it.
struct VideoWalk {
  private let sizes = [FrameSize.native] + FrameResize.allCases.map { .square(224, $0) }

  /// Where damaged copies are written.
  let folder: String

  func walk(_ path: String) -> Outcome {
    var outcome = Outcome()
    for count in [8, 12, 16] {
      for size in sizes {
        for strict in [false, true] {
          outcome.count(path) {
            try take(VideoSampler(count: count, size: size, strict: strict), path, &$0)
          }
        }
      }
    }
    guard let file = try? MappedFile(path) else { return outcome }
    let bytes = file.withBytes { Array($0) }
    let copy = "\(folder)/damaged"
    for damaged in Damage.cuts(of: bytes) + Damage.changes(of: bytes, count: 12) {
      guard FileManager.default.createFile(atPath: copy, contents: Data(damaged)) else {
        fail("cannot write \(copy)")
      }
      outcome.count(copy) {
        try take(VideoSampler(count: 8, size: .square(64, .swscale)), copy, &$0)
      }
    }
    return outcome
  }

  private func take(_ sampler: VideoSampler, _ path: String, _ hash: inout SHA256) throws {
    let video = try sampler.sample(path)
    if video.images.count != video.indices.count { fail("an image is missing") }
    for image in video.images { hash.update(image) }
    let facts = "\(video.frameCount) \(video.indices) \(video.shownIndices) \(video.seconds)"
    hash.update(Array(facts.utf8))
    for remark in video.remarks { hash.update(Array("\(remark)".dropFirst(path.count).utf8)) }
  }
}
