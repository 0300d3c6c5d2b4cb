import Media
import Records
import TestSupport
import Testing

/// PNG files made to harm.
@Suite struct PNGHostileTests {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private func png(width: UInt32, height: UInt32, color: UInt8 = 2, depth: UInt8 = 8) -> [UInt8] {
    let sides = [width, height].flatMap { side in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: side >> $0) }
    }
    return Self.signature + MediaSample.pngChunk("IHDR", sides + [depth, color, 0, 0, 0])
      + MediaSample.pngChunk("IDAT", [0x78, 0x9C]) + MediaSample.pngChunk("IEND", [])
  }

  private func decode(_ bytes: [UInt8], limit: Int = 178_956_970) throws -> DecodedImage {
    try ImageDecoder(.init(pixelLimit: limit)).decode(MappedFile(bytes: bytes, name: "a.png"))
  }

  @Test func hugeHeadersAreRefusedBeforeAllocation() throws {
    let largest = UInt32.max
    for (width, height) in [
      (100_000, 100_000), (largest, largest), (largest, 1), (1, largest), (13_378, 13_378),
    ] as [(UInt32, UInt32)] {
      #expect(
        throws: MediaError.tooLarge(
          file: "a.png", width: Int(width), height: Int(height), limit: 178_956_970)
      ) { try decode(png(width: width, height: height)) }
    }
    #expect(throws: MediaError.self) { try decode(png(width: 0, height: largest)) }
    // The limit itself is allowed.
    #expect(try decode(png(width: 40, height: 25), limit: 1000).image.height == 25)
    #expect(throws: MediaError.self) { try decode(png(width: 40, height: 25), limit: 999) }
  }

  @Test func longSidesAreDecoded() throws {
    // libavcodec takes no such picture.
    let decoded = try decode(png(width: 3_000_000, height: 1))
    #expect(decoded.image.width == 3_000_000)
    #expect(decoded.image.bytes.allSatisfy { $0 == 0 })
    #expect(decoded.remarks.count == 1)
  }

  @Test func everyCutIsAnErrorOrAPictureWithARemark() throws {
    for name in ["rgb-8", "palette-2", "gray-16-interlaced", "animation", "text-chunks"] {
      let bytes = try PNGFixtureTests.bytes(name)
      let whole = try decode(bytes).image
      var (pictures, partial) = (0, 0)
      for length in 0..<bytes.count {
        do {
          let decoded = try decode(Array(bytes[..<length]))
          pictures += 1
          if decoded.image != whole {
            #expect(!decoded.remarks.isEmpty, "\(name) cut at \(length)")
            partial += 1
          }
        } catch is MediaError {}
      }
      #expect(pictures > 20 && partial > 0, "\(name)")
    }
  }

  @Test func mutatedFilesAreErrorsOrPictures() throws {
    var random = TestRandom(seed: 11)
    var outcomes: [Bool: Int] = [:]
    for sample in try PNGFixtureTests.cases() {
      for _ in 0..<60 {
        do {
          let decoded = try decode(random.damage(sample.bytes), limit: 1 << 20)
          #expect(decoded.image.bytes.count == 3 * decoded.image.width * decoded.image.height)
          outcomes[true, default: 0] += 1
        } catch is MediaError {
          outcomes[false, default: 0] += 1
        }
      }
    }
    #expect(outcomes[true, default: 0] > 1000 && outcomes[false, default: 0] > 1000)
  }

  @Test func theSameDamageGivesTheSamePicture() throws {
    var random = TestRandom(seed: 5)
    let bytes = try PNGFixtureTests.bytes("rgba-16")
    for _ in 0..<200 {
      let damaged = random.damage(bytes)
      guard let first = try? decode(damaged, limit: 1 << 16) else { continue }
      // Nothing of what lay in memory before shows through.
      let second = try decode(damaged, limit: 1 << 16)
      #expect(first.image == second.image)
      #expect(first.remarks == second.remarks)
    }
  }

  @Test func chunksOfAnyLengthAreBounded() throws {
    let start = Array(png(width: 2, height: 1).prefix(33))
    for length in [0x7FFF_FFFF, 0xFFFF_FFFF, 0x8000_0000] as [UInt32] {
      let head = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
      for name in ["tEXt", "PLTE", "ABCD", "tRNS", "IDAT", "fcTL", "acTL", "fdAT", "IEND"] {
        let bytes = start + head + Array(name.utf8) + [1, 2, 3]
        if name == "IDAT" {
          #expect(try decode(bytes).image.bytes == [0, 0, 0, 0, 0, 0])
        } else {
          #expect(throws: MediaError.self, "\(name)") { try decode(bytes) }
        }
      }
    }
  }

  @Test func orientationMayStandBehindThePicture() throws {
    let bytes = try PNGFixtureTests.bytes("rgb-8")
    let turned: [UInt8] =
      [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
    let marked = bytes.dropLast(12) + MediaSample.pngChunk("eXIf", turned) + bytes.suffix(12)
    let file = MappedFile(bytes: Array(marked), name: "a.png")
    let stored = try ImageDecoder().decode(file).image
    let shown = try ImageDecoder(.init(orientation: .applied)).decode(file).image
    #expect(stored == (try decode(bytes).image))
    #expect((shown.width, shown.height) == (stored.height, stored.width))
  }
}
