import Foundation
import Media
import Records
import TestSupport
import Testing

@Suite(.enabled(if: Golden.folder != nil)) struct VideoReaderGoldenTests {
  @Test func allAreThere() { #expect(GoldenVideo.readable.count >= 33) }

  @Test(arguments: GoldenVideo.readable)
  func countsTurnsAndTimes(_ video: GoldenVideo) throws {
    let reader = try VideoReader(video.path)
    #expect(reader.frameCount == video.frameCount)
    #expect(reader.quarterTurns == video.quarterTurns)
    let shown = try #require(video.shownCount)
    if let known = reader.shownCount { #expect(known == shown) }
    var times: [Int: Double] = [:]
    try reader.frames(at: shown > 1 ? [0, shown - 1] : [0]) { times[$0.index] = $0.seconds }
    // H.264 in AVI has no presentation times. FFmpeg 8, which made the oracle, makes up others than
    // FFmpeg 5: each picture one frame later.
    let shift = video.testDescription == "h264_no_b.avi" ? 1.0 / 24 : 0
    let first = try #require(video.oracle["presentation"]?["first_time"]?.double) - shift
    let last = try #require(video.oracle["presentation"]?["last_time"]?.double) - shift
    #expect(abs(try #require(times[0]) - first) < 1e-6)
    #expect(abs(try #require(times[shown - 1]) - last) < 1e-6)
    #expect(reader.remarks == [])
  }

  @Test(arguments: GoldenVideo.readable)
  func indicesAreThoseOfTheReference(_ video: GoldenVideo) throws {
    let frames = try VideoReader(video.path).frameCount
    for count in [8, 12, 16] {
      let expected = video.oracle["sampling"]?["\(count)"]?["indices"]?.array?.compactMap(\.int)
      #expect(FrameIndices.uniform(count: count, of: frames) == expected)
    }
  }

  /// From the first picture to the last, and none beyond it.
  @Test(arguments: GoldenVideo.readable)
  func everyPictureInSequence(_ video: GoldenVideo) throws {
    let shown = try #require(video.shownCount)
    let hashes = try planeHashes(VideoReader(video.path), at: Array(0..<shown))
    #expect(hashes.count == shown)
    #expect(!video.planeHashes.isEmpty)
    for (place, expected) in video.planeHashes {
      #expect(hashes[place] == expected, "frame \(place)")
    }
    // The negative twin: other places have other pictures, where the film moves.
    if Set(video.planeHashes.values).count > 1 {
      #expect(Set(hashes.values).count > shown / 2)
      #expect(
        video.planeHashes.contains { place, hash in hashes[(place + 1) % shown] != hash }
          || shown == 1)
    }
  }

  /// Each picture alone, from a fresh reader and from one that has read others.
  @Test(arguments: GoldenVideo.readable)
  func everyPictureAlone(_ video: GoldenVideo) throws {
    let used = try VideoReader(video.path)
    for (place, expected) in video.planeHashes {
      #expect(try planeHashes(VideoReader(video.path), at: [place]) == [place: expected])
      #expect(try planeHashes(used, at: [place]) == [place: expected])
    }
  }

  @Test(arguments: GoldenVideo.readable)
  func anySubset(_ video: GoldenVideo) throws {
    var random = TestRandom(seed: 4)
    let known = video.planeHashes
    let reader = try VideoReader(video.path)
    for _ in 0..<12 {
      let share = 1 + random.below(4)
      let subset = known.keys.sorted().filter { _ in random.below(share) == 0 }
      let hashes = try planeHashes(reader, at: subset)
      #expect(hashes == known.filter { subset.contains($0.key) })
    }
    #expect(reader.remarks == [])
  }

  /// Several threads give the same pictures.
  @Test(arguments: GoldenVideo.readable)
  func severalThreads(_ video: GoldenVideo) throws {
    let reader = try VideoReader(video.path, threads: 3)
    #expect(try planeHashes(reader, at: video.planeHashes.keys.sorted()) == video.planeHashes)
  }
}
