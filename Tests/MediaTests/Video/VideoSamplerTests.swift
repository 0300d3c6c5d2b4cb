import Dispatch
import Foundation
import Media
import Records
import Synchronization
import TestSupport
import Testing

/// Sampling of small clips that every clone has.
@Suite struct VideoSamplerTests {
  private static let clips = Golden.fixtures.appendingPathComponent("media/videos")

  private func clip(_ name: String) -> String {
    Self.clips.appendingPathComponent(name).path
  }

  /// The hashes of decord's frames, native and 32 x 32.
  @Test(arguments: [
    "rotated.mp4", "vp9.webm", "vfr.mkv", "interlaced.mp4", "xvid.avi", "../rotated-422.mp4",
    "../rotated-422-10bit.mp4",
  ])
  func framesAreThoseOfTheReference(_ name: String) throws {
    let file = Golden.fixtures.appendingPathComponent("media/video-frames.json").path
    let key = name.hasPrefix("../") ? String(name.dropFirst(3)) : name
    let known = try #require(try JSONFile.read(file)[key])
    let native = try VideoSampler(count: 8, size: .native, hashes: true).sample(clip(name))
    let square = try VideoSampler(count: 8, size: .square(32, .swscale)).sample(clip(name))
    #expect(native.frameCount == known["frames"]?.int)
    #expect(native.width == known["width"]?.int && native.height == known["height"]?.int)
    let pictures = try #require(known["pictures"]?.object)
    #expect(Set(native.indices.map(String.init)) == Set(pictures.members.map(\.key)))
    let digests = square.images.map { SHA256.hexDigest(of: $0.bytes) }
    for (place, index) in native.indices.enumerated() {
      let picture = try #require(pictures["\(index)"])
      #expect(native.sha256?[place] == picture["rgb_sha256"]?.string, "frame \(index)")
      #expect(digests[place] == picture["square32_sha256"]?.string, "frame \(index)")
    }
    // The negative twin: the clip moves, and other resizing is other pictures.
    #expect(Set(digests).count == 8)
    let pillow = try VideoSampler(count: 8, size: .square(32, .pillow)).sample(clip(name))
    for (place, image) in pillow.images.enumerated() { #expect(image != square.images[place]) }
  }

  @Test func fewerFramesThanAskedFor() throws {
    let path = clip("b_frames.mp4")
    let sampled = try VideoSampler(count: 30, size: .square(8, .swscale), hashes: true).sample(path)
    #expect(sampled.frameCount == 24)
    #expect(sampled.indices == [Int](repeating: 0, count: 30))
    #expect(sampled.images.count == 30 && sampled.images.allSatisfy { $0 == sampled.images[0] })
    #expect(sampled.seconds.count == 30 && sampled.sha256?.count == 30)
    let remark = MediaError.tooFewFrames(file: path, frames: 24, asked: 30)
    #expect(sampled.remarks == [remark])
    #expect(throws: remark) {
      try VideoSampler(count: 30, size: .native, strict: true).sample(path)
    }
    let all = try VideoSampler(count: 24, size: .native, strict: true).sample(path)
    #expect(all.indices == Array(0..<24) && all.remarks == [])
  }

  @Test func framesThatAreNotShown() throws {
    let path = clip("edit_list.mp4")
    let sampled = try VideoSampler(count: 8, size: .native).sample(path)
    #expect(sampled.indices == [0, 3, 6, 9, 12, 15, 18, 21])
    #expect(sampled.shownIndices == [0, 3, 6, 9, 12, 15, 17, 17])
    #expect(sampled.images[6] == sampled.images[7] && sampled.images[5] != sampled.images[6])
    let remark = MediaError.framesNotShown(file: path, counted: 24, shown: 18, asked: [18, 21])
    #expect(sampled.remarks == [remark])
    #expect(throws: remark) {
      try VideoSampler(count: 8, size: .native, strict: true).sample(path)
    }
  }

  /// Frames of another size than the first come out in the first one's.
  @Test func aStreamWhoseSizeChanges() throws {
    let sampled = try VideoSampler(count: 12, size: .native, hashes: true)
      .sample(clip("size_change.ts"))
    #expect(sampled.width == 64 && sampled.height == 48)
    #expect(sampled.images.count == 12)
    #expect(sampled.images.allSatisfy { $0.width == 64 && $0.height == 48 })
    #expect(sampled.sha256 == sampled.images.map { SHA256.hexDigest(of: $0.bytes) })
    var sizes: [[Int]] = []
    let reader = try VideoReader(clip("size_change.ts"))
    try reader.frames(at: [0, 11]) { sizes.append([$0.width, $0.height]) }
    #expect(sizes == [[64, 48], [48, 64]])
  }

  /// The size in a container's header is not that of its pictures: those count.
  @Test func aHeaderOfAnotherSize() throws {
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: clip("b_frames.mp4"))))
    let name = try #require(bytes.firstRange(of: Array("avc1".utf8), from: 100))
    #expect(bytes[name.upperBound + 24..<name.upperBound + 28].elementsEqual([0, 64, 0, 48]))
    bytes.replaceSubrange(name.upperBound + 24..<name.upperBound + 28, with: [0, 100, 0, 40])
    let scratch = try TemporaryFolder()
    let path = try scratch.write("lie.mp4", Data(bytes))
    let sampler = VideoSampler(count: 8, size: .native)
    let honest = try sampler.sample(clip("b_frames.mp4"))
    let sampled = try sampler.sample(path)
    #expect(sampled.width == 64 && sampled.height == 48)
    #expect(sampled.images == honest.images)
  }

  @Test func whatCannotBeSampled() throws {
    let sampler = VideoSampler(count: 8, size: .native)
    let sound = clip("sound.m4a")
    #expect(throws: MediaError.noVideoStream(file: sound)) { try sampler.sample(sound) }
    #expect(throws: RecordError.self) { try sampler.sample(clip("nowhere.mp4")) }
    let scratch = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: clip("b_frames.mp4")))
    for (name, bytes) in [
      ("empty.mp4", Data()), ("text.mp4", Data("no video".utf8)), ("cut.mp4", whole.dropLast(500)),
      ("half.mp4", whole.prefix(whole.count / 2)),
    ] {
      let path = try scratch.write(name, Data(bytes))
      #expect(throws: MediaError.self, "\(name)") { try sampler.sample(path) }
    }
  }

  /// What the receiver of frames throws ends the sampling.
  @Test func theReceiversErrorComesThrough() throws {
    struct Enough: Error {}
    var count = 0
    #expect(throws: Enough.self) {
      _ = try VideoSampler(count: 8, size: .native).forEachFrame(of: clip("vp9.webm")) { _ in
        count += 1
        if count == 3 { throw Enough() }
      }
    }
    #expect(count == 3)
  }

  @Test func manifestAsJSON() throws {
    let path = clip("edit_list.mp4")
    let manifest = try VideoSampler(count: 4, size: .square(16, .pillow), hashes: true)
      .sample(path).manifest
    let json = try JSONFile.parse(try manifest.json.text())
    #expect(
      json.object?.sorted.map(\.key) == [
        "file", "frames", "height", "indices", "pts_seconds", "remarks", "resize", "sha256",
        "shown_indices", "size", "width",
      ])
    #expect(json["frames"]?.int == 24 && json["size"]?.int == 16)
    #expect(json["resize"]?.string == "pillow")
    #expect(json["indices"] == [0, 6, 12, 18] && json["shown_indices"] == [0, 6, 12, 17])
    #expect(json["sha256"]?.array?.compactMap(\.string) == manifest.sha256)
    #expect(json["pts_seconds"]?.array?.compactMap(\.double) == manifest.seconds.compactMap(\.self))
    #expect(json["remarks"]?.array?.count == 1)
    let plain = try VideoSampler(count: 4, size: .native).sample(path).manifest.json
    #expect(plain["sha256"] == nil && plain["size"] == nil && plain["resize"] == nil)
  }

  /// One sampler serves several threads, and each video is the same for it.
  @Test func severalThreads() throws {
    let sampler = VideoSampler(count: 8, size: .square(20, .pillow), hashes: true)
    let names = ["rotated.mp4", "vp9.webm", "vfr.mkv", "b_frames.mp4"]
    let alone = try names.map { try sampler.sample(clip($0)) }
    let together = Mutex<[Int: SampledVideo]>([:])
    DispatchQueue.concurrentPerform(iterations: 24) { number in
      let sampled = try? sampler.sample(clip(names[number % 4]))
      together.withLock { $0[number] = sampled }
    }
    let results = together.withLock { $0 }
    #expect(results.count == 24)
    for (number, sampled) in results {
      #expect(sampled.manifest == alone[number % 4].manifest)
      #expect(sampled.images == alone[number % 4].images)
    }
  }
}

extension [UInt8] {
  /// Where some bytes stand first, at or after a place.
  fileprivate func firstRange(of pattern: [UInt8], from start: Int) -> Range<Int>? {
    (start..<Swift.max(start, count - pattern.count)).first {
      self[$0..<$0 + pattern.count].elementsEqual(pattern)
    }.map { $0..<$0 + pattern.count }
  }
}
