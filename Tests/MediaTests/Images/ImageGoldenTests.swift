import Foundation
import Media
import Records
import TestSupport
import Testing

/// The golden images through the decoder's front.
@Suite(.enabled(if: Golden.folder != nil)) struct ImageGoldenTests {
  private func golden(_ path: String) throws -> URL {
    try #require(Golden.folder).appendingPathComponent(path)
  }

  @Test func imagesAreThoseOfPillow() throws {
    let oracle = try JSONFile.read(golden("media/oracle/images.json").path)
    var seen: [ImageFormat: Int] = [:]
    for entry in try #require(oracle["images"]?.array) {
      guard let format = ["JPEG": ImageFormat.jpeg, "PNG": .png][entry["format"]?.string ?? ""]
      else { continue }
      let name = try #require(entry["file"]?.string)
      let decoded = try ImageDecoder().decode(golden("media/images/\(name)").path)
      #expect(decoded.format == format)
      #expect(decoded.image.width == entry["rgb"]?["width"]?.int, "\(name)")
      #expect(decoded.image.height == entry["rgb"]?["height"]?.int, "\(name)")
      #expect(
        SHA256.hexDigest(of: decoded.image.bytes) == entry["rgb"]?["sha256"]?.string, "\(name)")
      #expect(decoded.remarks.isEmpty == !name.contains("truncated"), "\(name)")
      // One bit of one pixel is another picture.
      var bytes = decoded.image.bytes
      bytes[bytes.count / 2] ^= 1
      #expect(SHA256.hexDigest(of: bytes) != entry["rgb"]?["sha256"]?.string)
      seen[format, default: 0] += 1
    }
    #expect(seen == [.jpeg: 20, .png: 11])
  }

  @Test func preprocessedPicturesAreThoseOfPillow() throws {
    let tensors = try TensorFile(golden("model/preprocess/expected.safetensors").path).tensors
      .filter { $0.key.hasSuffix(".rgb") }
    #expect(tensors.count == 20)
    for (name, tensor) in tensors {
      let file = try golden("model/preprocess/\(name.dropLast(4))").path
      let image = try ImageDecoder().decode(file).image
      let bytes = tensor.bytes
      #expect(tensor.shape == [image.height, image.width, 3], "\(name)")
      #expect(image.bytes == bytes, "\(name)")
      // A single pixel is the same upside down.
      #expect((image.oriented(.upsideDown).bytes == bytes) == (bytes.count == 3), "\(name)")
    }
  }

  @Test(arguments: [
    "exif_Landscape_6": 6, "pillow_hopper_orientation_2": 2,
    "pillow_hopper_orientation_3": 3, "pillow_hopper_orientation_8": 8, "pillow_flower": 1,
  ])
  func orientationIsReadFromRealFiles(_ name: String, _ value: Int) throws {
    let path = try golden("media/images/\(name).jpg").path
    let stored = try ImageDecoder().decode(path).image
    let shown = try ImageDecoder(.init(orientation: .applied)).decode(path).image
    #expect(shown == stored.oriented(try #require(ImageOrientation(rawValue: value))))
    #expect((shown == stored) == (value == 1))
  }

  @Test func whatIsNoPictureIsNamed() throws {
    let folder = try golden("media/images").path
    #expect(throws: MediaError.empty(file: "\(folder)/empty.jpg")) {
      try ImageDecoder().decode("\(folder)/empty.jpg")
    }
    #expect(throws: MediaError.self) { try ImageDecoder().decode("\(folder)/not_an_image.jpg") }
    for (name, format) in [("pillow_hopper.webp", "WebP"), ("pillow_hopper.gif", "GIF")] {
      let error = #expect(throws: MediaError.self) {
        try ImageDecoder().decode("\(folder)/\(name)")
      }
      #expect("\(error, default: "")".contains("\(name): \(format) is unsupported: "))
    }
  }

  @Test func mutatedFilesAreErrorsOrPictures() throws {
    var random = TestRandom(seed: 4)
    let folder = try golden("media/images")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var outcomes: [Bool: Int] = [:]
    for name in names where name.hasSuffix(".jpg") {
      let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
      guard bytes.count < 40_000 else { continue }
      for _ in 0..<60 {
        let file = MappedFile(bytes: random.damage(bytes), name: name)
        do {
          _ = try ImageDecoder(.init(orientation: .applied, pixelLimit: 1 << 22)).decode(file)
          outcomes[true, default: 0] += 1
        } catch is MediaError {
          outcomes[false, default: 0] += 1
        }
      }
    }
    #expect(outcomes[true, default: 0] > 500 && outcomes[false, default: 0] > 20)
  }
}
