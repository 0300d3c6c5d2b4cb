import Foundation
import Media
import Records
import TestSupport
import Testing

/// Headers and scans that no camera writes.
@Suite struct JPEGHostileTests {
  private func segment(_ code: UInt8, _ content: [UInt8]) -> [UInt8] {
    MediaSample.segment(code, content)
  }

  private func frame(
    _ width: Int, _ height: Int, bits: UInt8 = 8, components: Int = 1, code: UInt8 = 0xC0
  ) -> [UInt8] {
    var content = [bits]
    for side in [height, width] { content += [UInt8(side >> 8), UInt8(side & 255)] }
    content.append(UInt8(components))
    for index in 0..<components { content += [UInt8(truncatingIfNeeded: index + 1), 0x11, 0] }
    return segment(code, content)
  }

  /// Start, a table of ones, what is given, a scan of the first component, its data, end.
  private func file(
    _ segments: [UInt8], scan: [UInt8] = [1, 1, 0, 0, 63, 0], data: [UInt8] = [0x12]
  ) -> [UInt8] {
    [0xFF, 0xD8] + segment(0xDB, [0] + [UInt8](repeating: 1, count: 64)) + segments
      + segment(0xDA, scan) + data + [0xFF, 0xD9]
  }

  private func decode(
    _ bytes: [UInt8], _ options: ImageDecoder.Options = .init()
  ) throws -> DecodedImage {
    try ImageDecoder(options).decode(MappedFile(bytes: bytes, name: "h.jpg"))
  }

  private func message(_ bytes: [UInt8], _ options: ImageDecoder.Options = .init()) -> String {
    do {
      return try decode(bytes, options).remarks.map(\.description).joined(separator: "; ")
    } catch { return "thrown: \(error)" }
  }

  @Test func sizesAreCheckedBeforeAnythingIsAllocated() {
    #expect(
      throws: MediaError.tooLarge(file: "h.jpg", width: 65_000, height: 65_000, limit: 178_956_970)
    ) { try decode(file(frame(65_000, 65_000))) }
    let tight = ImageDecoder.Options(pixelLimit: 63)
    #expect(throws: MediaError.tooLarge(file: "h.jpg", width: 8, height: 8, limit: 63)) {
      try decode(MediaSample.jpeg.bytes, tight)
    }
    #expect(throws: Never.self) { try decode(MediaSample.jpeg.bytes, .init(pixelLimit: 64)) }
    #expect(throws: MediaError.self) { try decode(MediaSample.jpeg.bytes, .init(pixelLimit: 0)) }
    #expect(message(file(frame(8, 0))).hasPrefix("thrown: h.jpg: damaged: the header says 8 x 0"))
  }

  @Test func framesThatPillowRefusesAreNamed() {
    #expect(
      message(file(frame(8, 8, bits: 12)))
        == "thrown: h.jpg: JPEG with samples of 12 bits is unsupported: convert it to 8 bits")
    for count in [0, 2, 5, 255] {
      #expect(
        message(file(frame(8, 8, components: count)))
          == "thrown: h.jpg: JPEG of \(count) components is unsupported: "
          + "convert it to gray, RGB or CMYK")
    }
    #expect(message(file(segment(0xC0, [8, 0, 8]))).contains("a frame header too short"))
    #expect(
      message(file(segment(0xC0, [8, 0, 8, 0, 8, 1, 1]))).contains("a frame header of odd length"))
    #expect(message(file([])).contains("a scan without a frame header"))
    #expect(
      message(file(frame(8, 8) + segment(0xDB, [0, 1, 2]))).contains("table is cut off"))
    #expect(message(file([0xFF, 0x02])).contains("0xFF is followed by no marker"))
  }

  @Test func aHeaderWithoutEndIsTruncated() {
    let whole = MediaSample.jpeg.bytes
    for count in [3, 4, 30, 100] {
      #expect(message(Array(whole[..<count])).hasPrefix("thrown: h.jpg: truncated: the header"))
    }
  }

  /// What libjpeg cannot decode at all Pillow leaves black, or white where that is no ink.
  @Test func whatLibjpegGivesUpOnIsBlankAndRemarked() throws {
    for (components, color) in [(1, 0), (3, 0), (4, 255)] as [(Int, UInt8)] {
      let lossless = file(frame(9, 7, components: components, code: 0xC3))
      let decoded = try decode(lossless)
      #expect(decoded.image.bytes == [UInt8](repeating: color, count: 9 * 7 * 3))
      #expect(
        decoded.remarks.map(\.description) == [
          "h.jpg: damaged: after row 0 of 7: Unsupported JPEG process: SOF type 0xc3: "
            + "get the file anew"
        ])
      #expect(message(lossless, .init(truncated: .refused)).hasPrefix("thrown: h.jpg: damaged"))
    }
  }

  @Test func dataThatStopBeforeTheyShouldAreRemarked() throws {
    let whole = try JPEGFixtureTests.bytes("baseline-420")
    let short = whole[..<900] + [0xFF, 0xD9]
    #expect(
      message(Array(short))
        == "h.jpg: damaged: Corrupt JPEG data: premature end of data segment: get the file anew")
    let image = try decode(Array(short)).image
    #expect(try image != decode(whole).image)
    #expect(try image == decode(Array(whole[..<900])).image)
  }

  /// Progressive scans that say nothing, over a picture of any size, take a few bytes each.
  @Test func aBombOfScansIsRefused() {
    let table = segment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0xE0])
    let scan = segment(0xDA, [1, 1, 0, 1, 63, 0]) + [0, 1]
    func bomb(_ width: Int, _ height: Int, scans: Int) -> [UInt8] {
      let rest = (1..<scans).flatMap { _ in scan }
      return file(
        frame(width, height, code: 0xC2) + table, scan: [1, 1, 0, 1, 63, 0],
        data: [0, 1] + rest)
    }
    #expect(message(bomb(16, 16, scans: 500)) == "")
    #expect(
      message(bomb(16, 16, scans: 501))
        == "thrown: h.jpg: damaged: it has more than 500 scans: get the file anew")
    #expect(
      message(bomb(8_000, 8_000, scans: 120))
        == "thrown: h.jpg: damaged: it has more than 100 scans: get the file anew")
  }

  @Test func damagedFixturesAreErrorsOrPictures() throws {
    var random = TestRandom(seed: 9)
    var outcomes: [String: Int] = [:]
    for name in JPEGFixtureTests.names {
      let bytes = try JPEGFixtureTests.bytes(name)
      for _ in 0..<250 {
        let damaged = random.damage(bytes)
        do {
          let decoded = try decode(damaged, .init(orientation: .applied, pixelLimit: 1 << 22))
          outcomes[decoded.remarks.isEmpty ? "whole" : "remarked", default: 0] += 1
        } catch is MediaError {
          outcomes["thrown", default: 0] += 1
        }
      }
    }
    #expect(outcomes.values.reduce(0, +) == 3_000)
    #expect(outcomes.values.allSatisfy { $0 > 100 } && outcomes.count == 3)
  }
}
