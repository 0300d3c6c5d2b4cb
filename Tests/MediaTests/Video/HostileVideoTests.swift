import Foundation
import Glibc
import Media
import Records
import TestSupport
import Testing

/// Files that are no videos, or broken ones: each a typed error that names the file, none a crash.
@Suite struct HostileVideoTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func bytes(_ clip: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: VideoClip.path(clip))))
  }

  /// Reads all that a file promises, and gives the error.
  private func failure(_ name: String, _ bytes: [UInt8], pixelLimit: Int? = nil) throws -> String {
    try failure(of: folder.write(name, Data(bytes)), pixelLimit: pixelLimit)
  }

  private func failure(of path: String, pixelLimit: Int? = nil) -> String {
    do {
      let reader = try VideoReader(
        path, pixelLimit: pixelLimit ?? VideoReader.defaultPixelLimit)
      try reader.frames(at: Array(0..<reader.frameCount)) { _ in }
      return "none: \(reader.frameCount) frames"
    } catch {
      let text = "\(error)"
      #expect(error is MediaError || error is RecordError)
      #expect(text.hasPrefix(path) && !text.contains("\n"), "\(text)")
      return String(text.dropFirst(path.count + 2))
    }
  }

  /// Overwrites the numbers of the last box of a name, from a number on.
  private func patch(_ bytes: inout [UInt8], box: String, from place: Int, _ values: [UInt32])
    throws
  {
    let name = Array(box.utf8)
    let start = try #require(
      bytes.indices.dropLast(4).last { Array(bytes[$0..<$0 + 4]) == name })
    for (number, value) in values.enumerated() {
      for byte in 0..<4 {
        bytes[start + 4 + 4 * (place + number) + byte] = UInt8(
          truncatingIfNeeded: value >> (24 - 8 * byte))
      }
    }
  }

  @Test func noVideosAtAll() throws {
    #expect(try failure("empty.mp4", []) == "the file is empty: get it anew")
    #expect(
      try failure("text.mp4", Array("this is not a video\n".utf8)).hasPrefix("expected a video"))
    #expect(try failure("page.mp4", Array("<html></html>".utf8)).contains("web page"))
    #expect(try failure("zeros.mp4", [UInt8](repeating: 0, count: 100_000)).hasPrefix("expected"))
    var random = TestRandom(seed: 3)
    let noise = (0..<100_000).map { _ in UInt8(truncatingIfNeeded: random.next() >> 16) }
    #expect(try failure("noise.mp4", noise).hasPrefix("expected a video"))
    #expect(failure(of: folder("nothing.mp4")).hasPrefix("there is no such file"))
    #expect(failure(of: folder.path).contains("directory"))
    #expect(failure(of: VideoClip.path("sound.m4a")).hasPrefix("there is no video stream"))
  }

  /// Nothing is opened but the file of that name: no protocol, pattern, list or playlist.
  @Test func namesAndLists() throws {
    for name in ["http://127.0.0.1:9/clip.mp4", "file:\(VideoClip.path("vfr.mkv"))", "concat:a|b"] {
      #expect(failure(of: name).hasPrefix("there is no such file"))
    }
    for name in ["clip%03d.mp4", "a:b?c*.mp4", "täg line.mp4", "-i.mp4"] {
      #expect(try failure(name, bytes("b_frames.mp4")) == "none: 24 frames")
    }
    let clip = VideoClip.path("b_frames.ts")
    let playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n\(clip)\n#EXT-X-ENDLIST\n"
    #expect(try failure("list.mp4", Array(playlist.utf8)).contains("is unsupported"))
    let list = "ffconcat version 1.0\nfile '\(clip)'\n"
    #expect(try failure("list.mkv", Array(list.utf8)).contains("is unsupported"))
    let reference = "[Reference]\nRef1=file://\(clip)\n"
    #expect(try failure("list.mov", Array(reference.utf8)).contains("a video (MP4, "))
    #expect(try failure("picture.mp4", MediaSample.png()).contains("is unsupported"))
  }

  @Test(.timeLimit(.minutes(1))) func pipesAndDevicesAreNotWaitedFor() throws {
    let pipe = folder("pipe.mp4")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(failure(of: pipe).contains("a pipe or a device"))
    #expect(failure(of: "/dev/zero").contains("a pipe or a device"))
  }

  @Test func cutFiles() throws {
    let whole = try bytes("b_frames.mp4")
    #expect(
      try failure("head.mp4", Array(whole.prefix(700))).hasPrefix("truncated: there is no index"))
    // The index in front, its last pictures missing.
    let fragments = try bytes("fragmented.mp4")
    #expect(
      try failure("cut.mp4", Array(fragments.dropLast(500))).hasPrefix(
        "truncated: 18 of 24 coded pictures")
    )
    for name in ["b_frames.ts", "vfr.mkv", "xvid.avi", "mpeg2.mpg", "vp9.webm", "fragmented.mp4"] {
      let whole = try bytes(name)
      for share in 1..<20 {
        _ = try failure("cut-\(share)-\(name)", Array(whole.prefix(whole.count * share / 20)))
      }
    }
  }

  @Test func noPictures() throws {
    var none = try bytes("b_frames.mp4")
    try patch(&none, box: "stsz", from: 1, [0, 0])
    try patch(&none, box: "stts", from: 1, [0])
    try patch(&none, box: "stsc", from: 1, [0])
    try patch(&none, box: "stco", from: 1, [0])
    #expect(try failure("none.mp4", none) == "the video stream has no frames: get the file anew")
  }

  /// Claims of the header are refused before memory is taken for them.
  @Test func hugeClaims() throws {
    let before = residentPeak()
    var samples = try bytes("b_frames.mp4")
    try patch(&samples, box: "stsz", from: 1, [1, 0x7FFF_FFFF])
    try patch(&samples, box: "stts", from: 1, [1, 0x7FFF_FFFF])
    try patch(&samples, box: "stsc", from: 3, [0x7FFF_FFFF])
    #expect(try failure("samples.mp4", samples).contains("its tables claim more than"))
    try patch(&samples, box: "stsz", from: 1, [0xFFFF_FFFF, 0xFFFF_FFFF])
    #expect(try failure("most.mp4", samples).contains("its tables claim"))
    try patch(&samples, box: "stsz", from: 1, [1000, 100])
    #expect(
      try failure("sizes.mp4", samples).contains("its tables claim 100 samples of 1000 bytes"))

    var listed = try bytes("b_frames.mp4")
    try patch(&listed, box: "stsz", from: 2, [0x7FFF_FFFF])
    #expect(try failure("listed.mp4", listed).contains("'stsz' claims 2147483647 samples"))
    var run = try bytes("fragmented.mp4")
    try patch(&run, box: "trun", from: 1, [0x7FFF_FFFF])
    #expect(try failure("run.mp4", run).contains("'trun' claims 2147483647 samples"))
    try patch(&run, box: "trun", from: 0, [0])
    #expect(try failure("run.mp4", run).contains("its tables claim more than"))

    var large = try bytes("b_frames.mp4")
    try patch(&large, box: "avc1", from: 6, [0xFFFF_FFFF])
    #expect(try failure("large.mp4", large).hasPrefix("the header says 65535 x 65535 pixels"))

    var avi = try bytes("xvid.avi")
    let format = try #require(
      avi.indices.dropLast(4).first { Array(avi[$0..<$0 + 4]) == Array("strf".utf8) })
    let side: [UInt8] = [0xA0, 0x86, 1, 0]
    avi.replaceSubrange(format + 12..<format + 20, with: side + side)
    #expect(
      try failure("large.avi", avi).hasPrefix("the header says 100000 x 100000 pixels"))
    // Other tests, which run meanwhile, take memory of their own; the least of the claims is 6 GB.
    #expect(residentPeak() - before < 1 << 20)
  }

  /// Ten thousand samples of one byte that lie in two places by turns: each would be read with the
  /// bytes around it, 64 times the file and more in all.
  @Test func indexInCircles() throws {
    func numbers(_ values: [UInt32]) -> [UInt8] {
      values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    }
    let clip = try bytes("b_frames.mp4")
    let start = try #require(
      clip.indices.dropLast(4).last { Array(clip[$0..<$0 + 4]) == Array("stsd".utf8) })
    let length = clip[(start - 4)..<start].reduce(0) { $0 << 8 | Int($1) }
    let description = Array(clip[(start - 4)..<(start - 4 + length)])
    let count: UInt32 = 12_000
    let places = (0..<count).map { $0 % 2 == 0 ? 100 : 150_000 }.map { UInt32($0) }
    func box(_ name: String, _ parts: [UInt8]...) -> [UInt8] {
      MediaSample.box(name, Array(parts.joined()))
    }
    let tables = box(
      "stbl", description, box("stts", numbers([0, 1, count, 512])),
      box("stsc", numbers([0, 1, 1, 1, 1])), box("stsz", numbers([0, 1, count])),
      box("stco", numbers([0, count] + places)))
    let handler = box("hdlr", numbers([0, 0]), Array("vide".utf8), numbers([0, 0, 0]))
    let media = box(
      "mdia", box("mdhd", numbers([0, 0, 0, 12288, count * 512, 0])), handler,
      box("minf", tables))
    let header = numbers([7, 0, 0, 1, 0, count * 512]) + [UInt8](repeating: 0, count: 60)
    let file = [
      box("ftyp", Array("isom".utf8), numbers([512])),
      box("mdat", [UInt8](repeating: 1, count: 160_000)),
      box("moov", box("trak", box("tkhd", header), media)),
    ].flatMap { $0 }
    #expect(try failure("circles.mp4", file).contains("its index leads round in circles"))
  }

  /// What a decoder fills in depends on what it decoded before: a frame is that of a full decode all
  /// the same, whichever others are asked for.
  @Test func damagedPicturesAreThoseOfAFullDecode() throws {
    let clip = try bytes("b_frames.mp4")
    let name = Array("mdat".utf8)
    let start = try #require(clip.indices.dropLast(4).first { Array(clip[$0..<$0 + 4]) == name })
    let end = start - 4 + clip[(start - 4)..<start].reduce(0) { $0 << 8 | Int($1) }
    var random = TestRandom(seed: 7)
    var damaged = 0
    for round in 0..<40 {
      var bytes = clip
      for _ in 0..<2 { bytes[start + 40 + random.below(end - start - 40)] ^= 0x55 }
      let path = try folder.write("damaged-\(round).mp4", Data(bytes))
      guard let reader = try? VideoReader(path) else { continue }
      var whole: [Int: String] = [:]
      let all = Array(0..<reader.frameCount)
      guard (try? reader.frames(at: all) { whole[$0.index] = PlaneHash.sha256(of: $0) }) != nil,
        !reader.remarks.isEmpty
      else { continue }
      damaged += 1
      for index in all {
        let alone = try VideoReader(path)
        var hash: String?
        try alone.frames(at: [index]) { hash = PlaneHash.sha256(of: $0) }
        #expect(hash == whole[index], "\(path), frame \(index)")
      }
    }
    #expect(damaged > 3)
  }

  /// A stream that is larger than its container says is refused by the decoder.
  @Test func hugeClaimsInTheStream() throws {
    var small = try bytes("b_frames.mp4")
    try patch(&small, box: "avc1", from: 6, [0x0010_0010])
    let reason = try failure("small.mp4", small, pixelLimit: 1000)
    #expect(reason.hasPrefix("the header says 64 x 48 pixels, the limit is 1000"))
    // Much larger, so that the decoder itself refuses to begin.
    var large = try bytes("large.mp4")
    try patch(&large, box: "avc1", from: 6, [0x0010_0010])
    #expect(
      try failure("large.mp4", large, pixelLimit: 1000)
        .hasPrefix("the header says 512 x 384 pixels, the limit is 1000"))
    #expect(try failure("large.mp4", large) == "none: 2 frames")
    // The negative twin: within the limit it is read.
    #expect(try failure("small.mp4", small) == "none: 24 frames")
    for name in ["b_frames.ts", "mpeg2.mpg", "xvid.avi", "vp8.webm", "open_gop_hevc.mp4"] {
      #expect(
        failure(of: VideoClip.path(name), pixelLimit: 3071).hasPrefix("the header says 64 x 48"))
      #expect(failure(of: VideoClip.path(name), pixelLimit: 3072) == "none: 24 frames")
    }
    #expect(failure(of: VideoClip.path("size_change.ts"), pixelLimit: 3072) == "none: 12 frames")
  }

  /// The first pictures of a stream whose middle is noise, then an error that names the first that is
  /// missing; those behind it are not made up.
  @Test func damagedMiddle() throws {
    let clip = try VideoClip.named("b_frames.mp4")
    var damaged = try bytes(clip.name)
    // The length of a slice in the second half.
    let start = try #require(
      damaged.indices.last { Array(damaged[$0...].prefix(4)) == Array("mdat".utf8) })
    for place in (start + 1500)..<(start + 1700) { damaged[place] = 0xFF }
    let path = try folder.write("damaged.mp4", Data(damaged))
    let reader = try VideoReader(path)
    #expect(reader.frameCount == 24)
    var found: [String] = []
    var problem: MediaError?
    do {
      try reader.frames(at: Array(0..<24)) {
        found.append(String(PlaneHash.sha256(of: $0).prefix(16)))
      }
    } catch let error as MediaError {
      problem = error
    }
    #expect(found.starts(with: clip.planes.prefix(6)))
    if case .undecodableFrame(_, let index, _)? = problem {
      #expect(index == found.count)
    } else {
      #expect(problem == nil && !reader.remarks.isEmpty)
    }
  }

  /// Whatever the bytes are, there is an error or there are pictures.
  @Test(arguments: VideoClip.all) func mutatedClips(_ clip: VideoClip) throws {
    let whole = try bytes(clip.name)
    var random = TestRandom(seed: 23)
    var outcomes: Set<Bool> = []
    for _ in 0..<60 {
      let path = try folder.write("mutated-\(clip.name)", Data(random.damage(whole)))
      do {
        let reader = try VideoReader(path, pixelLimit: 1 << 18)
        let indices = FrameIndices.uniform(count: 8, of: min(reader.frameCount, 1000))
        var last = -1
        try reader.frames(at: indices.reduce(into: []) { if $0.last != $1 { $0.append($1) } }) {
          #expect($0.index >= last && $0.width > 0 && $0.height > 0)
          last = $0.index
        }
        #expect(last >= 0)
        outcomes.insert(true)
      } catch {
        #expect("\(error)".hasPrefix(path) && (error is MediaError || error is RecordError))
        outcomes.insert(false)
      }
    }
    // A few bytes of a clip leave most of its pictures as they are.
    #expect(outcomes.contains(true))
  }

  /// Peak memory in use so far, in KiB.
  private func residentPeak() -> Int {
    var usage = rusage()
    getrusage(0, &usage)
    return usage.ru_maxrss
  }
}
