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

  @Test func imagesAreThoseOfPillow() throws {
    let oracle = try JSONFile.read(golden("media/oracle/images.json").path)
    var seen = 0
    for entry in try #require(oracle["images"]?.array) where entry["format"]?.string == "PNG" {
      let name = try #require(entry["file"]?.string)
      let path = try golden("media/images/\(name)").path
      let decoded = try ImageDecoder().decode(path)
      let digest = entry["rgb"]?["sha256"]?.string
      #expect(decoded.format == .png)
      #expect(decoded.image.width == entry["rgb"]?["width"]?.int, "\(name)")
      #expect(decoded.image.height == entry["rgb"]?["height"]?.int, "\(name)")
      #expect(SHA256.hexDigest(of: decoded.image.bytes) == digest, "\(name)")
      #expect(decoded.remarks.isEmpty, "\(name)")

      // Half of the file is half of a picture, and another one.
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      let half = MappedFile(bytes: Array(bytes[..<(bytes.count * 2 / 3)]), name: name)
      let cut = try ImageDecoder().decode(half)
      #expect(SHA256.hexDigest(of: cut.image.bytes) != digest, "\(name)")
      #expect(cut.remarks.count == 1, "\(name)")
      seen += 1
    }
    #expect(seen == 11)
  }

  @Test func preprocessedPicturesAreThoseOfPillow() throws {
    let tensors = try TensorFile(golden("model/preprocess/expected.safetensors").path)
    let names = tensors.tensors.keys.filter { $0.hasSuffix(".png.rgb") }
    #expect(names.count == 9)
    for name in names {
      let file = try golden("model/preprocess/\(name.dropLast(4))").path
      let image = try ImageDecoder().decode(file).image
      let tensor = try #require(tensors[name])
      #expect(tensor.shape == [image.height, image.width, 3], "\(name)")
      #expect(image.bytes == tensor.bytes, "\(name)")
      #expect(image.width * image.height == 1 || Array(image.bytes.reversed()) != tensor.bytes)
    }
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
