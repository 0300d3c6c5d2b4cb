import Datasets
import Evaluation
import Foundation
import TestSupport
import Testing

/// Structural checks of media files that we made.
@Suite struct MediaCheckTests {
  private func verdict(
    _ bytes: [UInt8], as name: String, expecting kind: MediaReference.Kind
  ) throws -> MediaCheck.Verdict {
    let scratch = try TemporaryFolder()
    return MediaCheck.verdict(on: try scratch.write(name, Data(bytes)), expecting: kind)
  }

  private func verdict(_ bytes: [UInt8], _ sample: MediaSample) throws -> MediaCheck.Verdict {
    try verdict(bytes, as: "a.\(sample)", expecting: sample.isImage ? .image : .video)
  }

  private func damage(_ bytes: [UInt8], _ sample: MediaSample) throws -> String {
    try verdict(bytes, sample).damage.map { "\($0)" } ?? "none"
  }

  private static let formats: [MediaSample: MediaFormat] = [
    .jpeg: .jpeg, .png: .png, .gif: .gif, .webp: .webP, .bmp: .bmp, .mp4: .mp4, .mov: .mp4,
    .avi: .avi, .mkv: .matroska, .ts: .transportStream, .mpg: .programStream,
  ]

  @Test(arguments: MediaSample.allCases) func wholeFiles(_ sample: MediaSample) throws {
    let verdict = try verdict(sample.bytes, sample)
    #expect(verdict.damage == nil, "\(verdict.damage.map { "\($0)" } ?? "")")
    #expect(verdict.format == Self.formats[sample])
    #expect(!verdict.hasOtherEnding)
  }

  /// Cut anywhere, a file with lengths is not whole any more.
  @Test(arguments: MediaSample.allCases.filter(\.hasLength))
  func everyCutIsSeen(_ sample: MediaSample) throws {
    let bytes = sample.bytes
    // The padding of a last odd chunk may be missing, and packets of a stream may end anywhere.
    let cuts = sample == .ts ? Array(189..<1024) : Array(0..<bytes.count)
    for cut in cuts where sample != .ts || cut % 188 != 0 {
      let verdict = try verdict(Array(bytes.prefix(cut)), sample)
      #expect(verdict.damage != nil, "\(sample) cut to \(cut) of \(bytes.count) bytes")
    }
  }

  @Test(arguments: MediaSample.allCases) func otherEndings(_ sample: MediaSample) throws {
    let kind: MediaReference.Kind = sample.isImage ? .image : .video
    for other in MediaSample.allCases {
      let verdict = try verdict(sample.bytes, as: "a.\(other)", expecting: kind)
      #expect(verdict.damage == nil)
      #expect(verdict.hasOtherEnding == (Self.formats[sample] != Self.formats[other]))
    }
    for ending in ["x", "", "JPG"] {
      let verdict = try verdict(sample.bytes, as: "a.\(ending)", expecting: kind)
      #expect(verdict.hasOtherEnding == (ending == "JPG" && sample != .jpeg))
    }
  }

  @Test(arguments: MediaSample.allCases) func theOtherKind(_ sample: MediaSample) throws {
    let verdict = try verdict(
      sample.bytes, as: "a.\(sample)", expecting: sample.isImage ? .video : .image)
    let expected = sample.isImage ? "a clip is needed" : "an image is needed"
    #expect(verdict.damage.map { "\($0)" }?.contains(expected) == true)
  }

  @Test func strangers() throws {
    #expect(try damage([], .jpeg) == "has no bytes")
    #expect(try damage(Array("hello\n".utf8), .jpeg).contains("(it begins with 'hello.')"))
    #expect(try damage(Array("  <html>".utf8), .mp4).contains("web page"))
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4711\n"
    #expect(try damage(Array(pointer.utf8), .png).contains("(4711 bytes): fetch it with 'git lfs"))
    #expect(try damage([0x1F, 0x8B, 8, 0], .jpeg).contains("gunzip"))
    #expect(
      try damage(MediaSample.box("ftyp", Array("heic".utf8) + [0, 0, 0, 0]), .jpeg)
        .contains("HEIF or AVIF picture (heic)"))
    let scratch = try TemporaryFolder()
    #expect(
      MediaCheck.verdict(on: scratch.path, expecting: .image).damage == .notAFile)
    let absent = MediaCheck.verdict(on: scratch("absent"), expecting: .image).damage
    #expect(absent.map { "\($0)" }?.hasPrefix("cannot be read: ") == true)
    #expect(mkfifo(scratch("pipe"), 0o600) == 0)
    #expect(MediaCheck.verdict(on: scratch("pipe"), expecting: .image).damage == .notAFile)
  }

  @Test func jpeg() throws {
    let bytes = MediaSample.jpeg.bytes
    // Content behind the end marker, fill bytes and junk before a marker hinder no decoder.
    #expect(try damage(bytes + [1, 2, 3], .jpeg) == "none")
    #expect(try damage([0xFF, 0xD8, 0xFF, 0xFF, 0, 7, 7] + bytes.dropFirst(2), .jpeg) == "none")
    #expect(
      try damage(Array(bytes.dropLast(2)), .jpeg)
        == "is cut off at byte \(bytes.count - 2): the end marker is missing")
    // An end marker inside a segment, such as that of an embedded preview, is not the picture's.
    let preview = MediaSample.segment(0xE1, [0xFF, 0xD8, 0xFF, 0xD9])
    #expect(try damage([0xFF, 0xD8] + preview + bytes.dropFirst(2), .jpeg) == "none")
    #expect(try damage([0xFF, 0xD8] + preview, .jpeg).contains("no picture data came"))
    #expect(
      try damage([0xFF, 0xD8] + preview + [0xFF, 0xD9], .jpeg).contains("before any picture data"))
    let scan = MediaSample.segment(0xDA, [1, 1, 0, 0, 63, 0])
    #expect(
      try damage([0xFF, 0xD8] + scan + [0xFF, 0xD9], .jpeg).contains("without a frame header"))
    let flat = MediaSample.segment(0xC0, [8, 0, 8, 0, 0, 1, 1, 0x11, 0])
    #expect(try damage([0xFF, 0xD8] + flat + scan + [0xFF, 0xD9], .jpeg).contains("no width"))
    #expect(try damage([0xFF, 0xD8, 0xFF, 0xE0, 0, 1], .jpeg).contains("a segment of 1 bytes"))
    #expect(
      try damage([0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0], .jpeg)
        == "is cut off at byte 6: a segment of 65280 bytes begins at byte 4")
  }

  @Test func png() throws {
    let bytes = MediaSample.png.bytes
    for place in bytes.indices.dropFirst(8) {
      var changed = bytes
      changed[place] ^= 1
      #expect(try damage(changed, .png) != "none", "byte \(place)")
    }
    #expect(
      try damage(
        bytes.prefix(33) + MediaSample.pngChunk("tEXt", Array(0..<100)) + bytes[33...], .png)
        == "none")
    #expect(try damage(MediaSample.png(data: false), .png).contains("no picture data (IDAT)"))
    #expect(try damage(MediaSample.png(width: 0), .png).contains("no width"))
    #expect(try damage(bytes + Array("more".utf8), .png) == "none")
    // A chunk that is larger than one piece of reading.
    let large = MediaSample.pngChunk("tEXt", [UInt8](repeating: 7, count: 200_003))
    #expect(try damage(bytes.prefix(33) + large + bytes[33...], .png) == "none")
    var wrong = Array(bytes.prefix(33) + large + bytes[33...])
    wrong[150_000] ^= 4
    #expect(try damage(wrong, .png) == "is damaged at byte 33: the chunk tEXt has a wrong checksum")
  }

  @Test func gifAndBMPAndWebP() throws {
    let gif = MediaSample.gif.bytes
    #expect(try damage(Array(gif.dropLast()), .gif).contains("the trailer is missing"))
    #expect(try damage(Array(gif.prefix(19)) + [0x3B], .gif).contains("holds no picture"))
    #expect(try damage(Array(gif.prefix(19)) + [0x77], .gif).contains("no block"))
    #expect(try damage(MediaSample.riff("WEBP", []), .webp).contains("holds no picture"))
    // A picture that could not be in memory, let alone in the file.
    var bmp = MediaSample.bmp.bytes
    for place in [18, 19, 20, 22, 23, 24] { bmp[place] = 0xFF }
    (bmp[21], bmp[25], bmp[28], bmp[29]) = (0x7F, 0x7F, 0xFF, 0xFF)
    #expect(try damage(bmp, .bmp).contains("is cut off"))
  }

  @Test func mp4() throws {
    let start = MediaSample.box("ftyp", Array("isom".utf8))
    let media = MediaSample.box("mdat", [1, 2, 3])
    let index = MediaSample.moov("vide")
    #expect(try damage(start + media, .mp4).contains("the index (moov) is missing"))
    #expect(try damage(start + index, .mp4).contains("the media data (mdat) are missing"))
    #expect(try damage(start + MediaSample.moov("soun") + media, .mp4).contains("no video track"))
    // Lengths of 64 bits, and a last box that reaches to the end.
    let wide: [UInt8] = [0, 0, 0, 1] + Array("mdat".utf8) + [0, 0, 0, 0, 0, 0, 0, 18, 5, 5]
    #expect(try damage(start + wide + index, .mp4) == "none")
    #expect(try damage(start + index + [0, 0, 0, 0] + Array("mdat".utf8) + [5], .mp4) == "none")
    let huge: [UInt8] = [0, 0, 0, 1] + Array("mdat".utf8) + [UInt8](repeating: 0xFF, count: 8)
    #expect(try damage(start + index + huge, .mp4).contains("is cut off"))
    #expect(try damage(start + [0, 0, 0, 4] + Array("mdat".utf8) + index, .mp4).contains("no box"))
    // A box that is longer than the one around it.
    let inner: [UInt8] = [0, 0, 0, 99] + Array("trak".utf8)
    #expect(
      try damage(
        start + MediaSample.box("moov", inner) + media + [UInt8](repeating: 0, count: 8), .mp4
      )
      .contains("longer than what it is in"))
  }

  @Test func aviAndMatroska() throws {
    #expect(try damage(MediaSample.avi("auds"), .avi).contains("no video stream"))
    #expect(try damage(MediaSample.avi("vids", media: []), .avi).contains("(movi) are missing"))
    // An index behind the first part, as files above 1 GB have it.
    let more = MediaSample.riff("AVIX", MediaSample.chunk("LIST", Array("movi".utf8)))
    #expect(try damage(MediaSample.avi("vids") + more, .avi) == "none")
    var unfinished = MediaSample.avi("vids")
    for place in 4..<8 { unfinished[place] = 0 }
    #expect(try damage(unfinished, .avi).contains("never finished"))
    // A segment of unknown length, as live recordings have it, ends with the file.
    #expect(try damage(MediaSample.matroska(segmentLength: 0xFF), .mkv) == "none")
    #expect(
      try damage(MediaSample.matroska(segmentLength: 0xFF, hasCluster: false), .mkv)
        .contains("(clusters) are missing"))
    #expect(try damage(MediaSample.matroska(segmentLength: 0xFE), .mkv).contains("is cut off"))
    let head = Array(MediaSample.matroska(segmentLength: nil).prefix(9))
    #expect(try damage(head + [0, 0, 0, 0], .mkv).contains("no element"))
    #expect(try damage(head + [0x1F, 0x43, 0xB6, 0x75, 0x80], .mkv).contains("no segment"))
  }

  @Test func streams() throws {
    var packets = MediaSample.ts.bytes
    packets[188 * 9] = 0
    #expect(try damage(packets, .ts) == "is damaged at byte 1692: no packet where one must begin")
    let timed = (0..<12).flatMap { _ in [1, 2, 3, 4] + MediaSample.ts.bytes.prefix(188) }
    #expect(try damage(timed, .ts) == "none")
    #expect(
      try damage([0, 0, 1, 0xBA] + [UInt8](repeating: 1, count: 99), .mpg).contains("no video"))
  }

  /// No file makes a probe crash, read without end or take much memory.
  @Test(arguments: MediaSample.allCases) func anyChangedByte(_ sample: MediaSample) throws {
    let scratch = try TemporaryFolder()
    let kind: MediaReference.Kind = sample.isImage ? .image : .video
    for place in sample.bytes.indices.prefix(400) {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
        var bytes = sample.bytes
        bytes[place] = value
        let path = try scratch.write("a", Data(bytes))
        let verdict = MediaCheck.verdict(on: path, expecting: kind)
        // Sound is only what is known to be of the kind that is needed.
        #expect(verdict.damage != nil || verdict.format?.kind == kind)
      }
    }
  }
}
