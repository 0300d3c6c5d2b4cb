import Foundation
import Media
import Records
import TestSupport
import Testing

/// Small PNG files of all kinds, whole, odd and broken, against what Pillow 9.5 makes of them.
@Suite struct PNGFixtureTests {
  /// A file and what Pillow says.
  struct Case {
    let name: String
    let bytes: [UInt8]
    /// Nil where Pillow fails.
    let picture: Picture?

    /// Pillow's pixels, as `convert("RGB")` gives them.
    struct Picture {
      let width, height: Int
      let sha256: String
      /// Whether Pillow takes the file also when it is not told to accept damaged ones.
      let clean: Bool
    }
  }

  static func cases() throws -> [Case] {
    let path = Golden.fixtures.appendingPathComponent("media/png.json").path
    return try #require(try JSONFile.read(path)["cases"]?.array).map { entry in
      let text = try #require(entry["png"]?.string)
      var picture: Case.Picture?
      if let width = entry["width"]?.int, let height = entry["height"]?.int {
        picture = Case.Picture(
          width: width, height: height, sha256: try #require(entry["sha256"]?.string),
          clean: entry["clean"] == .bool(true))
      }
      return Case(
        name: try #require(entry["name"]?.string),
        bytes: Array(try #require(Data(base64Encoded: text))), picture: picture)
    }
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    try #require(try cases().first { $0.name == name }).bytes
  }

  private func decode(_ sample: Case, _ options: ImageDecoder.Options = .init()) throws
    -> DecodedImage
  {
    try ImageDecoder(options).decode(MappedFile(bytes: sample.bytes, name: sample.name))
  }

  @Test func picturesAreThoseOfPillow() throws {
    var pictures = 0
    for sample in try Self.cases() {
      guard let picture = sample.picture else { continue }
      let decoded = try decode(sample)
      #expect(decoded.format == .png)
      #expect(decoded.image.width == picture.width, "\(sample.name)")
      #expect(decoded.image.height == picture.height, "\(sample.name)")
      #expect(SHA256.hexDigest(of: decoded.image.bytes) == picture.sha256, "\(sample.name)")
      pictures += 1
    }
    #expect(pictures > 100)
  }

  @Test func aChangedPixelIsAnotherPicture() throws {
    // The data are stored, not packed: this byte is the last pixel's blue, and the sums of zlib and
    // the chunk are made right again.
    let pixels: [UInt8] = [0, 10, 20, 30, 40, 50, 60]
    func png(_ row: [UInt8]) -> [UInt8] {
      var (a, b) = (1, 0)
      for byte in row { (a, b) = ((a + Int(byte)) % 65521, (b + a + Int(byte)) % 65521) }
      let sum = [b >> 8, b & 255, a >> 8, a & 255].map { UInt8($0) }
      let data = [0x78, 1, 1, UInt8(row.count), 0, ~UInt8(row.count), 0xFF] + row + sum
      return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        + MediaSample.pngChunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 1, 8, 2, 0, 0, 0])
        + MediaSample.pngChunk("IDAT", data) + MediaSample.pngChunk("IEND", [])
    }
    let decoder = ImageDecoder()
    let image = try decoder.decode(MappedFile(bytes: png(pixels), name: "a")).image
    #expect(image == RGBImage(width: 2, height: 1, bytes: Array(pixels.dropFirst())))
    let changed = try decoder.decode(MappedFile(bytes: png(pixels.dropLast() + [61]), name: "b"))
    #expect(changed.image.bytes == [10, 20, 30, 40, 50, 61])
    #expect(changed.remarks.isEmpty)
  }

  @Test func theOrderOfRowsDoesNotMatter() throws {
    let cases = try Self.cases()
    var pairs = 0
    for plain in cases where plain.picture?.clean == true {
      let name = "\(plain.name)-interlaced"
      guard !name.hasPrefix("animation"), let other = cases.first(where: { $0.name == name }) else {
        continue
      }
      // Both hold the same samples, and are decoded in different ways.
      #expect(try decode(other).image == decode(plain).image, "\(name)")
      pairs += 1
    }
    #expect(pairs == 15)
  }

  @Test func whatPillowRefusesUnlessToldIsRemarkedOn() throws {
    var (clean, damaged) = (0, 0)
    for sample in try Self.cases() {
      guard let picture = sample.picture else { continue }
      let remarks = try decode(sample).remarks
      if picture.clean && sample.name != "data-of-fewer-rows" {
        #expect(remarks.isEmpty, "\(sample.name)")
        #expect(try decode(sample, .init(truncated: .refused)).image == decode(sample).image)
        clean += 1
      } else {
        #expect(remarks.count == 1, "\(sample.name)")
        #expect(throws: try #require(remarks.first), "\(sample.name)") {
          try decode(sample, .init(truncated: .refused))
        }
        damaged += 1
      }
    }
    #expect(clean > 70 && damaged > 20)
  }

  @Test func whatPillowCannotReadIsAnError() throws {
    var refused = 0
    for sample in try Self.cases() where sample.picture == nil {
      let error = #expect(throws: MediaError.self, "\(sample.name)") { try decode(sample) }
      let message = error.map { "\($0)" } ?? ""
      #expect(message.hasPrefix("\(sample.name): "))
      #expect(!message.contains("\n"))
      refused += 1
    }
    #expect(refused > 25)
  }

  @Test func remarksSayWhere() throws {
    func remark(_ name: String) throws -> String {
      let sample = try #require(try Self.cases().first { $0.name == name })
      return try decode(sample).remarks.map { "\($0)" }.joined(separator: "; ")
    }
    #expect(
      try remark("file-cut-in-data") == "file-cut-in-data: truncated: the picture's data end after "
        + "row 6 of 9: get the file anew")
    #expect(
      try remark("filter-unknown")
        == "filter-unknown: damaged: the picture's data are broken after "
        + "row 3 of 9: get the file anew")
    #expect(try remark("data-of-fewer-rows").contains("end after row 9 of 14"))
    #expect(try remark("text-checksum-wrong").contains("the checksum of a chunk is wrong"))
    #expect(try remark("physical-size-short").contains("a chunk pHYs of 2 bytes"))
  }
}
