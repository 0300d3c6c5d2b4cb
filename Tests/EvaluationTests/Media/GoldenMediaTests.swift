import Datasets
import Evaluation
import Foundation
import Media
import Records
import TestSupport
import Testing

/// Files from cameras, encoders and other projects' tests, read as a run reads them.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenMediaTests {
  /// What gives no pixels, and why.
  private static let broken: [String: String] = [
    "empty.jpg": "media_empty", "not_an_image.jpg": "media_unknown",
    "pillow_hopper.gif": "media_unsupported", "pillow_transparent.gif": "media_unsupported",
    "pillow_hopper.webp": "media_unsupported",
    "pillow_hopper_orientation_6.webp": "media_unsupported",
    "empty.mp4": "media_empty", "not_a_video.mp4": "media_unknown",
    "truncated_mdat.mp4": "media_truncated", "truncated_no_moov.mp4": "media_truncated",
    "decord_corrupted.mp4": "undecodable_frame",
  ]

  /// What gives pixels of which one should know something.
  private static let remarked: [String: String] = [
    "pillow_truncated_jpeg.jpg": "media_truncated_used", "cut_editlist.mp4": "frames_not_shown",
    "short_5frames.mp4": "too_few_frames", "decord_unordered.mov": "too_few_frames",
    "decord_video_0.mov": "too_few_frames", "decord_video_90.mov": "too_few_frames",
    "decord_video_180.mov": "too_few_frames", "decord_video_270.mov": "too_few_frames",
    "mp4parse_rotation_90.mp4": "too_few_frames",
  ]

  private func requests(_ kind: MediaReference.Kind) throws -> [MediaRequest] {
    let folder = try #require(Golden.folder)
      .appendingPathComponent("media/\(kind == .image ? "images" : "videos")")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      MediaRequest(
        reference: MediaReference(id: .string(name), path: name, kind: kind),
        path: folder.appendingPathComponent(name).path)
    }
  }

  private func reader(_ requests: [MediaRequest], threads: Int) -> MediaReader<[String]> {
    let decoding = MediaDecoding(
      clips: VideoSampler(count: 8, size: .square(224, .swscale)), threads: threads)
    return MediaReader(requests, decoding, bytes: { _ in 32 }) { media in
      switch media {
      case .image(let image): [SHA256.hexDigest(of: image.image.bytes)]
      case .clip(let clip): clip.images.map { SHA256.hexDigest(of: $0.bytes) }
      }
    }
  }

  @Test(arguments: [MediaReference.Kind.image, .video])
  func onlyTheBrokenOnes(_ kind: MediaReference.Kind) throws {
    let requests = try requests(kind)
    #expect(requests.count > 30)
    let reader = reader(requests, threads: 2)
    for file in reader {
      let name = file.request.reference.path
      switch file.result {
      case .success(let digests):
        #expect(Self.broken[name] == nil, "\(name)")
        #expect(digests.count == (kind == .image ? 1 : 8), "\(name)")
      case .failure(let error):
        #expect(Self.broken[name] == MediaProblems.code(of: error), "\(name): \(error)")
      }
      #expect(file.remarks.isEmpty == (Self.remarked[name] == nil), "\(name): \(file.remarks)")
    }
    for remark in reader.problems.remarks {
      for path in remark.examples {
        let name = URL(fileURLWithPath: path).lastPathComponent
        #expect(Self.remarked[name] == remark.code, "\(name)")
      }
    }
  }

  /// The negative twin: of the same files, cut, none of those whose index or size tells passes
  /// without a word.
  @Test(arguments: [MediaReference.Kind.image, .video])
  func cutFiles(_ kind: MediaReference.Kind) throws {
    let scratch = try TemporaryFolder()
    var cut: [MediaRequest] = []
    for request in try requests(kind) where Self.broken[request.reference.path] == nil {
      // Streams of packets have neither.
      if request.path.hasSuffix(".mpg") || request.path.hasSuffix(".ts") { continue }
      let content = try Data(contentsOf: URL(fileURLWithPath: request.path))
      for share in [0.02, 0.3, 0.7] {
        let path = try scratch.write(
          "\(share)-\(request.reference.path)",
          content.prefix(Int(Double(content.count) * share)))
        cut.append(MediaRequest(reference: request.reference, path: path))
      }
    }
    for file in reader(cut, threads: 2) {
      let isSilent = (try? file.result.get()) != nil && file.remarks.isEmpty
      #expect(!isSilent, "\(file.request.path)")
    }
  }
}
