import Foundation
import Media
import Records
import TestSupport
import Testing

@Suite struct VideoReaderTests {
  @Test func allClipsAreThere() { #expect(VideoClip.all.count == 17) }

  @Test(arguments: VideoClip.all)
  func everyPictureInSequence(_ clip: VideoClip) throws {
    let reader = try VideoReader(clip.path)
    #expect(reader.frameCount == clip.packets)
    #expect(reader.quarterTurns == clip.quarterTurns)
    if let known = reader.shownCount { #expect(known == clip.planes.count) }
    var seconds: [Double?] = []
    try reader.frames(at: Array(clip.planes.indices)) { seconds.append($0.seconds) }
    #expect(seconds.count == clip.seconds.count)
    for (found, expected) in zip(seconds, clip.seconds) {
      #expect(abs(try #require(found) - expected) < 1e-6)
    }
    let planes = try clip.planes(reader, at: Array(clip.planes.indices))
    #expect(planes == clip.planes)
    // The negative twin: no picture is its neighbour.
    if clip.name != "large.mp4" {
      #expect(zip(planes, planes.dropFirst()).allSatisfy { $0 != $1 })
    }
    #expect(reader.remarks == [])
  }

  @Test(arguments: VideoClip.all)
  func everyPictureAlone(_ clip: VideoClip) throws {
    let used = try VideoReader(clip.path)
    for place in clip.planes.indices.reversed() {
      #expect(try clip.planes(VideoReader(clip.path), at: [place]) == [clip.planes[place]])
      #expect(try clip.planes(used, at: [place]) == [clip.planes[place]])
    }
  }

  @Test(arguments: VideoClip.all, [1, 3])
  func anySubset(_ clip: VideoClip, threads: Int) throws {
    var random = TestRandom(seed: 7)
    let reader = try VideoReader(clip.path, threads: threads)
    for _ in 0..<40 {
      let share = 1 + random.below(6)
      let subset = clip.planes.indices.filter { _ in random.below(share) == 0 }
      #expect(try clip.planes(reader, at: subset) == subset.map { clip.planes[$0] })
    }
    #expect(reader.remarks == [])
  }

  /// Where packets can be looked into, what nobody needs is not decoded; elsewhere all before is.
  @Test(arguments: [
    ("b_frames.mp4", 19, 6), ("b_frames.mp4", 20, 1), ("open_gop_hevc.mp4", 21, 4),
    ("open_gop_hevc.mp4", 19, 7), ("vp9.webm", 17, 2), ("fragmented.mp4", 16, 1),
    ("b_frames.ts", 20, 24),
    ("open_gop_h264.mkv", 20, 16), ("xvid.avi", 20, 22),
  ])
  func decodesNoMoreThanItMust(_ name: String, place: Int, most: Int) throws {
    let clip = try VideoClip.named(name)
    let reader = try VideoReader(clip.path)
    #expect(try clip.planes(reader, at: [place]) == [clip.planes[place]])
    #expect(reader.decodedPackets <= most && reader.decodedPackets > 0)
  }

  /// What an edit list hides is counted; those who ask for it get the last picture and a remark.
  @Test func beyondTheLastPictureShown() throws {
    let clip = try VideoClip.named("edit_list.mp4")
    let reader = try VideoReader(clip.path)
    #expect(reader.frameCount == 24 && reader.shownCount == 18)
    var found: [Int] = []
    try reader.frames(at: [3, 17, 18, 23]) { found.append($0.index) }
    #expect(found == [3, 17, 17, 17])
    let remark = MediaError.framesNotShown(
      file: clip.path, counted: 24, shown: 18, asked: [18, 23])
    #expect(reader.remarks == [remark])
    found = []
    try reader.frames(at: [5, 20]) { found.append($0.index) }
    #expect(found == [5, 17])
  }

  /// The same where only a whole decode tells how many there are.
  @Test func beyondTheLastPictureOfASequence() throws {
    let clip = try VideoClip.named("xvid.avi")
    let reader = try VideoReader(clip.path)
    #expect(reader.shownCount == nil)
    var found: [Int] = []
    try reader.frames(at: [3, 24, 30]) { found.append($0.index) }
    #expect(found == [3, 23, 23])
    let remark = MediaError.framesNotShown(
      file: clip.path, counted: 24, shown: 24, asked: [24, 30])
    #expect(reader.remarks == [remark])
  }

  @Test func noPictureForNoIndex() throws {
    let reader = try VideoReader(VideoClip.path("b_frames.mp4"))
    try reader.frames(at: []) { _ in Issue.record("a picture that nobody asked for") }
    #expect(reader.decodedPackets == 0)
  }

  /// What the caller throws comes through, and the reader can be used afterwards.
  @Test(arguments: ["b_frames.mp4", "b_frames.ts"])
  func theCallersErrorComesThrough(_ name: String) throws {
    struct Stop: Error {}
    let clip = try VideoClip.named(name)
    let reader = try VideoReader(clip.path)
    #expect(throws: Stop.self) { try reader.frames(at: [1, 12]) { _ in throw Stop() } }
    #expect(try clip.planes(reader, at: [12]) == [clip.planes[12]])
  }

  /// Each picture has its own size.
  @Test func sizesChange() throws {
    var sizes: [[Int]] = []
    try VideoReader(VideoClip.path("size_change.ts")).frames(at: [0, 5, 6, 11]) {
      sizes.append([$0.width, $0.height])
    }
    #expect(sizes == [[64, 48], [64, 48], [48, 64], [48, 64]])
  }

  @Test func turnedSize() throws {
    try VideoReader(VideoClip.path("rotated.mp4")).frames(at: [0]) {
      #expect($0.width == 48 && $0.height == 64 && $0.quarterTurns == 1)
    }
  }
}
