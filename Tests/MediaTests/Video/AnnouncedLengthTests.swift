import Foundation
import Media
import TestSupport
import Testing

/// Files whose container says how long they are, whole and cut.
@Suite struct AnnouncedLengthTests {
  private static let names = ["vp8.webm", "vp9.webm", "vfr.mkv", "open_gop_h264.mkv", "xvid.avi"]

  private func content(_ name: String) throws -> Data {
    try Data(contentsOf: Golden.fixtures.appendingPathComponent("media/videos/\(name)"))
  }

  @Test(arguments: names) func wholeFiles(_ name: String) throws {
    let scratch = try TemporaryFolder()
    let whole = try content(name)
    for content in [whole, whole + Data([1, 2, 3])] {
      #expect(try VideoReader(scratch.write(name, content)).remarks.isEmpty)
    }
  }

  /// Such a file is read as far as it goes, as the reference does; strict use refuses it.
  @Test(arguments: names) func cutFiles(_ name: String) throws {
    let scratch = try TemporaryFolder()
    let whole = try content(name)
    for share in [0.75, 0.9] {
      let count = Int(share * Double(whole.count))
      let path = try scratch.write(name, whole.prefix(count))
      let remarks = try VideoReader(path).remarks
      let expected = MediaError.truncated(
        file: path, reason: "it says that it has \(whole.count) bytes, and \(count) are there")
      #expect(remarks == [expected])
      let sampled = try VideoSampler(count: 2, size: .square(8, .swscale)).sample(path)
      #expect(sampled.remarks == [expected] && sampled.images.count == 2)
      #expect(throws: expected) {
        try VideoSampler(count: 2, size: .square(8, .swscale), strict: true).sample(path)
      }
    }
  }

  /// Recordings that do not know their length.
  @Test func nothingTells() throws {
    let scratch = try TemporaryFolder()
    var recording = try content("vfr.mkv")
    let segment = try #require(recording.firstRange(of: Data([0x18, 0x53, 0x80, 0x67])))
    #expect(recording[segment.upperBound] == 0x01)
    recording.replaceSubrange(
      segment.upperBound..<segment.upperBound + 8, with: [0x01] + Data(repeating: 0xFF, count: 7))
    var unfinished = try content("xvid.avi")
    unfinished.replaceSubrange(4..<8, with: [0, 0, 0, 0])
    for (name, content) in [("a.mkv", recording), ("a.avi", unfinished)] {
      let path = try scratch.write(name, content.prefix(content.count * 9 / 10))
      #expect(try VideoReader(path).remarks.isEmpty, "\(name)")
    }
  }

  /// Files above 1 GB have several parts.
  @Test func severalParts() throws {
    let scratch = try TemporaryFolder()
    let part = Data("RIFF".utf8) + Data([12, 0, 0, 0]) + Data("AVIXJUNK".utf8) + Data(count: 4)
    let content = try content("xvid.avi") + part
    #expect(try VideoReader(scratch.write("a.avi", content)).remarks.isEmpty)
    let path = try scratch.write("b.avi", content.dropLast(2))
    #expect(
      try VideoReader(path).remarks == [
        .truncated(
          file: path,
          reason: "it says that it has \(content.count) bytes, and \(content.count - 2) are there")
      ])
  }
}
