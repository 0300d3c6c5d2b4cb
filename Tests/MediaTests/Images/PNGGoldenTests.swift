import Foundation
import Media
import Records
import TestSupport
import Testing

/// The golden PNG files.
@Suite(.enabled(if: Golden.folder != nil)) struct PNGGoldenTests {
  private func golden(_ path: String) throws -> URL {
    try #require(Golden.folder).appendingPathComponent(path)
  }

  @Test func cutPicturesAreOtherPictures() throws {
    let oracle = try JSONFile.read(golden("media/oracle/images.json").path)
    var seen = 0
    for entry in try #require(oracle["images"]?.array) where entry["format"]?.string == "PNG" {
      let name = try #require(entry["file"]?.string)
      let digest = try #require(entry["rgb"]?["sha256"]?.string)
      let bytes = Array(try Data(contentsOf: golden("media/images/\(name)")))
      let whole = try ImageDecoder().decode(MappedFile(bytes: bytes, name: name))
      #expect(SHA256.hexDigest(of: whole.image.bytes) == digest, "\(name)")
      #expect(whole.remarks.isEmpty, "\(name)")
      let part = MappedFile(bytes: Array(bytes[..<(bytes.count * 2 / 3)]), name: name)
      let cut = try ImageDecoder().decode(part)
      #expect(SHA256.hexDigest(of: cut.image.bytes) != digest, "\(name)")
      #expect(cut.remarks.count == 1, "\(name)")
      seen += 1
    }
    #expect(seen == 11)
  }

  @Test func ourCopyOfAGoldenPictureIsThePicture() throws {
    let folder = try golden("media/images")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    for name in names where name.hasSuffix(".png") {
      let image = try ImageDecoder().decode(folder.appendingPathComponent(name).path).image
      let copy = MappedFile(bytes: try PNGWriter.bytes(of: image), name: name)
      #expect(try ImageDecoder().decode(copy).image == image, "\(name)")
    }
  }
}
