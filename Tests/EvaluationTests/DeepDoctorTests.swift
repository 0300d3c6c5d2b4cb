import Datasets
import Evaluation
import Foundation
import Media
import TestSupport
import Testing

/// What `doctor --deep` says of clips, and of files that are read although something is wrong.
@Suite struct DeepDoctorTests {
  private static let clips = Golden.fixtures.appendingPathComponent("media/videos")
  private static let images = Golden.fixtures.appendingPathComponent("media/jpeg")

  /// A card of captions for clips or for images, and a folder with a file of captions.
  private func split(
    _ files: [(name: String, content: Data)], frames: Int? = nil, threads: Int = 2
  ) throws -> SplitReport {
    let scratch = try TemporaryFolder()
    for (name, content) in files { try scratch.write(name, content) }
    let ids = files.map { $0.name.prefix { $0 != "." } }
    let captions = ids.map { #"{"videoID": "\#($0)", "enCap": ["a clip"]}"# }
    try scratch.write("captions.json", "[\(captions.joined(separator: ", "))]")
    let text =
      #"{"name": "small", "title": "Small", "task": "caption", "dataset": "vatex-caption","#
      + #" "metrics": ["Bleu"], "primary": "Bleu_4", "folders": ["."],"#
      + (frames.map { #""protocol": {"frames": \#($0), "resize": "other"},"# } ?? "")
      + #" "splits": [{"name": "test", "label": "t", "answers": "public", "media": "{id}.mp4","#
      + #" "samples": \#(ids.count), "files": {"annotations": ["captions.json"]},"#
      + #" "submission": "s.json"}]}"#
    let card = try JSONDecoder().decode(BenchmarkCard.self, from: Data(text.utf8))
    let report = try Doctor(data: scratch.path, deep: DeepCheck(threads: threads))
      .examine([(card, card.splits)])
    #expect(report.checkedFiles == files.count)
    return try #require(report.benchmarks.first?.splits.first)
  }

  private func clip(_ name: String) throws -> Data {
    try Data(contentsOf: Self.clips.appendingPathComponent(name))
  }

  private func codes(_ split: SplitReport) -> [String] { split.findings.map(\.code) }

  @Test func soundClips() throws {
    let split = try split([
      ("a.mp4", try clip("b_frames.mp4")), ("b.mkv", try clip("vfr.mkv")),
      ("c.webm", try clip("vp9.webm")), ("d.avi", try clip("xvid.avi")),
    ])
    #expect(split.status == .usable && split.findings.isEmpty)
    #expect(split.media?.formats == [.clip(.mov): 1, .clip(.matroska): 2, .clip(.avi): 1])
    #expect(split.media?.unreadable?.isEmpty == true)
  }

  /// The card decides how many frames a run would take of a clip.
  @Test func framesOfTheProtocol() throws {
    let files = [("a.mp4", try clip("b_frames.mp4"))]
    #expect(try split(files, frames: 24).findings.isEmpty)
    let short = try split(files, frames: 25)
    #expect(short.status == .usable)
    #expect(codes(short) == ["too_few_frames"])
    #expect(short.findings[0].severity == .note && short.findings[0].count == 1)
    #expect(short.findings[0].message.contains("25 frames asked for, the video has 24"))
    // The edit list hides pictures that the container counts.
    #expect(
      codes(try split([("a.mp4", clip("edit_list.mp4"))], frames: 20)) == ["frames_not_shown"])
  }

  @Test(arguments: [1, 7]) func brokenClips(_ threads: Int) throws {
    let whole = try clip("b_frames.mp4")
    var damaged = whole
    damaged.resetBytes(in: 700..<1500)
    let split = try split(
      [
        ("a.mp4", whole), ("b.mp4", Data()), ("c.mp4", whole.prefix(3000)), ("d.mp4", damaged),
        ("e.mp4", Data("<html>".utf8)), ("f.mp4", try clip("sound.m4a")),
        ("g.mp4", Data(MediaSample.jpeg.bytes)), ("h.mp4", Data(MediaSample.gif.bytes)),
      ], frames: 20, threads: threads)
    #expect(split.status == .partial && split.scoring == .usable)
    #expect(codes(split) == ["media_unreadable"])
    let finding = split.findings[0]
    #expect(finding.severity == .error && finding.count == 7)
    #expect(
      finding.examples.map { $0.suffix(5) }
        == ["b.mp4", "c.mp4", "d.mp4", "e.mp4", "f.mp4", "g.mp4", "h.mp4"])
    #expect(
      split.media?.problems.failures.map(\.code) == [
        "media_empty", "media_truncated", "undecodable_frame", "media_unknown", "no_video_stream",
        "media_unsupported",
      ])
    #expect(split.media?.problems.failures.last?.count == 2)
    #expect(split.media?.formats == [.clip(.mov): 1])
    #expect(
      finding.message.contains(
        "7 of 8 clips cannot be read (media_empty: 1, media_truncated: 1, undecodable_frame: 1, "
          + "media_unknown: 1, no_video_stream: 1, media_unsupported: 2); first: "))
    #expect(finding.message.hasSuffix("b.mp4: the file is empty: get it anew"))
    #expect(finding.message.contains("\n") == false)
  }

  /// Files that a run reads as far as they go.
  @Test func cutClips() throws {
    let (video, sound) = (try clip("vp9.webm"), try clip("b_frames.mp4"))
    let split = try split(
      [("a.webm", video.prefix(video.count * 3 / 4)), ("b.mp4", sound)])
    #expect(codes(split) == ["media_truncated_used"])
    #expect(split.findings[0].severity == .warning && split.status == .partial)
    #expect(split.findings[0].error == nil)
    #expect(split.media?.formats == [.clip(.matroska): 1, .clip(.mov): 1])
    #expect(
      split.findings[0].message.hasPrefix(
        "1 of 2 clips are read as the reference reads them; first: "))
  }

  @Test func namesOfOtherFormats() throws {
    let split = try split([
      ("a.avi", try clip("b_frames.mp4")), ("b.mp4", try clip("xvid.avi")),
      ("c.mkv", try clip("vp8.webm")), ("d.webm", try clip("b_frames.ts")),
      ("e.mp4", try clip("mpeg2.mpg")),
    ])
    #expect(codes(split) == ["media_extension"] && split.status == .usable)
    #expect(
      split.findings[0].examples.map { $0.suffix(6) } == ["/a.avi", "/b.mp4", "d.webm", "/e.mp4"])
    #expect(
      split.media?.formats == [
        .clip(.mov): 1, .clip(.avi): 1, .clip(.matroska): 1, .clip(.transportStream): 1,
        .clip(.programStream): 1,
      ])
  }
}
