import Foundation
import Media
import Records
import TestSupport
import Testing

@Suite struct ImageDecoderTests {
  private func message(_ bytes: [UInt8], name: String = "a.png") -> String {
    do {
      _ = try ImageDecoder().decode(MappedFile(bytes: bytes, name: name))
      return "decoded"
    } catch { return "\(error)" }
  }

  @Test func theContentDecides() throws {
    let folder = try TemporaryFolder()
    let jpeg = try JPEGFixtureTests.bytes("gray")
    let path = try folder.write("really-a-jpeg.png", Data(jpeg))
    let decoded = try ImageDecoder().decode(path)
    #expect(decoded.format == .jpeg && decoded.image.width == 37)
    // Three equal numbers a pixel.
    let pixels = decoded.image.bytes
    for place in stride(from: 0, to: pixels.count, by: 3) {
      #expect(Set(pixels[place..<place + 3]).count == 1)
    }
  }

  @Test func aPNGIsReadAndTurned() throws {
    let picture = RGBImage(width: 3, height: 2, bytes: Array(1...18))
    let plain = try PNGWriter.bytes(of: picture)
    let six: [UInt8] =
      Array("MM\0*".utf8)
      + [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
    let header = plain[..<33]
    let marked = header + MediaSample.pngChunk("eXIf", six) + plain[33...]
    for bytes in [plain, Array(marked)] {
      let file = MappedFile(bytes: bytes, name: "a.jpg")
      let stored = try ImageDecoder().decode(file)
      #expect(stored.format == .png && stored.image == picture && stored.remarks.isEmpty)
      let shown = try ImageDecoder(.init(orientation: .applied)).decode(file).image
      #expect(shown == picture.oriented(bytes == plain ? .upright : .quarterTurned))
    }
    let small = ImageDecoder(.init(pixelLimit: 5))
    #expect(throws: MediaError.tooLarge(file: "a.jpg", width: 3, height: 2, limit: 5)) {
      try small.decode(MappedFile(bytes: plain, name: "a.jpg"))
    }
    let cut = MappedFile(bytes: Array(plain.dropLast(30)), name: "a.jpg")
    #expect(try ImageDecoder().decode(cut).remarks.count == 1)
    #expect(throws: MediaError.self) {
      try ImageDecoder(.init(truncated: .refused)).decode(cut)
    }
  }

  @Test func filesThatAreNotThereAreRecordErrors() throws {
    let folder = try TemporaryFolder()
    #expect(throws: RecordError.missingFile(path: folder("no.jpg"), remedy: "check the path")) {
      try ImageDecoder().decode(folder("no.jpg"))
    }
    #expect(throws: RecordError.self) { try ImageDecoder().decode(folder.path) }
  }

  @Test func everyFormatIsNamed() {
    for sample in MediaSample.allCases where sample.isImage {
      let format = ImageFormat.of(sample.bytes)
      #expect(format?.rawValue == sample.rawValue)
      guard let format, format != .jpeg, format != .png else { continue }
      #expect(
        message(sample.bytes)
          == "a.png: \(format.title) is unsupported: convert it to PNG, which keeps all pixels")
    }
    for sample in MediaSample.allCases where !sample.isImage {
      #expect(ImageFormat.of(sample.bytes) == nil)
      #expect(message(sample.bytes).hasPrefix("a.png: expected a JPEG or PNG image, found "))
    }
    func box(_ brands: String) -> [UInt8] {
      [0, 0, 0, UInt8(8 + brands.utf8.count)] + Array("ftyp\(brands)".utf8)
    }
    let starts: [(ImageFormat, [UInt8])] = [
      (.tiff, [0x49, 0x49, 0x2A, 0, 8, 0]), (.tiff, [0x4D, 0x4D, 0, 0x2A, 0, 0]),
      (.heif, box("heic0000mif1heic")), (.heif, box("mif10000heicmif1")),
      (.avif, box("avif0000avifmif1")), (.avif, box("mif10000mif1avif")),
      (.jpeg2000, [0, 0, 0, 12] + Array("jP  \r\n".utf8) + [0x87, 0x0A]),
      (.jpeg2000, [0xFF, 0x4F, 0xFF, 0x51, 0]), (.jpegXL, [0xFF, 0x0A, 1]),
      (.jpegXL, [0, 0, 0, 12] + Array("JXL \r\n".utf8) + [0x87, 0x0A]),
      (.jpegXR, [0x49, 0x49, 0xBC, 1]), (.photoshop, Array("8BPS".utf8)),
      (.icon, [0, 0, 1, 0, 2, 0, 16, 16]), (.portableAnyMap, Array("P6\n2 2 255\n".utf8)),
      (.openEXR, [0x76, 0x2F, 0x31, 1]), (.radiance, Array("#?RADIANCE\n".utf8)),
      (.directDraw, Array("DDS |".utf8)), (.qoi, Array("qoif".utf8)),
      (.svg, Array("<?xml version=\"1.0\"?>\n<svg width=\"4\"/>".utf8)),
    ]
    for (format, start) in starts {
      #expect(ImageFormat.of(start) == format)
      #expect(message(start).contains("\(format.title) is unsupported"))
    }
    #expect(Set(ImageFormat.allCases.map(\.title)).count == ImageFormat.allCases.count)
  }

  @Test func whatLooksLikeAFormatAndIsNone() {
    for text in ["BMW is a car, and no picture", "P 6 ", "GIF88a", "RIFF0000WAVE", "Picture"] {
      #expect(ImageFormat.of(Array(text.utf8)) == nil)
    }
    #expect(ImageFormat.of([0xFF, 0xD8]) == nil)
    #expect(ImageFormat.of([]) == nil)
  }

  @Test func strangersAreNamed() {
    let expected = "a.png: expected a JPEG or PNG image"
    #expect(message([]) == "a.png: the file is empty: get it anew")
    #expect(
      message(Array("Not found: 17.jpg\nmore".utf8))
        == "\(expected), found text that begins with \"Not found: 17.jpg\": get the file anew")
    #expect(
      message([0xFF, 0xD8, 0x01]) == "\(expected), found bytes that no known format begins with "
        + "(FF D8 01): get the file anew")
    #expect(message(Array("%PDF-1.4\n".utf8)).contains("found a PDF document"))
    let page = "<!doctype html><html><svg></svg></html>"
    #expect(
      message(Array(page.utf8)) == "\(expected): this is a web page (HTML or XML), not the file "
        + "itself: download the file behind the link")
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4711\n"
    #expect(message(Array(pointer.utf8)).contains("fetch it with 'git lfs pull'"))
  }
}
