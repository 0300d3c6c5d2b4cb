import Foundation
import Media
import Records
import TestSupport
import Testing

/// Files of our own making, whole and cut off, against what Pillow 9.5 makes of them.
@Suite struct JPEGFixtureTests {
  static let folder = Golden.fixtures.appendingPathComponent("media/jpeg")
  static let names = [
    "arithmetic", "baseline-420", "baseline-422-restart", "cmyk-adobe", "cmyk-unmarked", "gray",
    "junk", "orientation-6", "progressive-444", "rgb-adobe", "three-scans", "ycck-progressive",
  ]

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent("\(name).jpg")))
  }

  private func expected(_ name: String) throws -> JSONValue {
    let all = try JSONFile.read(Self.folder.appendingPathComponent("expected.json").path)
    return try #require(all["files"]?["\(name).jpg"])
  }

  private func decode(_ bytes: [UInt8], strictly: Bool = false) throws -> DecodedImage {
    try ImageDecoder(.init(truncated: strictly ? .refused : .accepted))
      .decode(MappedFile(bytes: bytes, name: "picture"))
  }

  @Test func everyFileIsTried() throws {
    let all = try JSONFile.read(Self.folder.appendingPathComponent("expected.json").path)
    #expect(all["files"]?.object?.members.map(\.key).sorted() == Self.names.map { "\($0).jpg" })
  }

  @Test(arguments: names) func pixelsAreThoseOfPillow(_ name: String) throws {
    let expected = try expected(name)
    let bytes = try Self.bytes(name)
    let decoded = try decode(bytes)
    #expect(decoded.format == .jpeg)
    #expect(decoded.remarks.isEmpty)
    #expect(decoded.image.width == expected["width"]?.int)
    #expect(decoded.image.height == expected["height"]?.int)
    #expect(SHA256.hexDigest(of: decoded.image.bytes) == expected["sha256"]?.string)

    // Other quantization is another picture.
    let table = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xDB]) })
    var changed = bytes
    changed[table + 5] ^= 0x0F
    #expect(
      SHA256.hexDigest(of: try decode(changed).image.bytes) != expected["sha256"]?.string)
  }

  @Test(arguments: names) func cutFilesGiveWhatPillowGives(_ name: String) throws {
    let bytes = try Self.bytes(name)
    let cuts = try #require(try expected(name)["cuts"]?.array)
    #expect(cuts.count > 7)
    for cut in cuts {
      let count = try #require(cut["bytes"]?.int)
      let start = Array(bytes[..<count])
      guard let hash = cut["sha256"]?.string else {
        #expect(throws: MediaError.self, "\(count)") { try decode(start) }
        continue
      }
      let decoded = try decode(start)
      #expect(SHA256.hexDigest(of: decoded.image.bytes) == hash, "\(count)")
      if cut["whole"]?.bool == true {
        #expect(decoded.remarks.isEmpty, "\(count)")
        #expect(try decode(start, strictly: true).image == decoded.image)
      } else {
        guard case .truncated(file: "picture", _) = try #require(decoded.remarks.first) else {
          Issue.record("\(count): \(decoded.remarks)")
          continue
        }
        #expect(throws: try #require(decoded.remarks.first)) { try decode(start, strictly: true) }
      }
    }
  }

  @Test func theRemarkSaysWhereThePictureEnds() throws {
    let baseline = try decode(Array(try Self.bytes("baseline-420")[..<949]))
    let progressive = try decode(Array(try Self.bytes("progressive-444")[..<714]))
    #expect(
      baseline.remarks.map(\.description) == [
        "picture: truncated: the picture data end after row 14 of 29: get the file anew"
      ])
    #expect(
      progressive.remarks.map(\.description) == [
        "picture: truncated: the picture data end in scan 5: get the file anew"
      ])
  }

  @Test func orientationIsAppliedWhenAsked() throws {
    let file = MappedFile(bytes: try Self.bytes("orientation-6"), name: "picture")
    let stored = try ImageDecoder().decode(file).image
    let shown = try ImageDecoder(.init(orientation: .applied)).decode(file).image
    #expect(shown == stored.oriented(.quarterTurned))
    #expect(shown.width == stored.height && shown != stored)
    // Without the entry there is nothing to apply.
    let plain = MappedFile(bytes: try Self.bytes("baseline-420"), name: "picture")
    #expect(try ImageDecoder(.init(orientation: .applied)).decode(plain).image == stored)
  }

  @Test func manyThreadsGetTheSame() async throws {
    let bytes = try Self.names.map { try Self.bytes($0) }
    let alone = try bytes.map { try decode($0).image }
    try await withThrowingTaskGroup(of: [RGBImage].self) { group in
      for _ in 0..<8 { group.addTask { try bytes.map { try decode($0).image } } }
      for try await images in group { #expect(images == alone) }
    }
  }
}
