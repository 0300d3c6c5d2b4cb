import Foundation
import Media
import Records
import TestSupport
import Testing

/// What a header says of the memory that a picture takes.
@Suite struct AnnouncedBytesTests {
  private func announced(_ bytes: [UInt8], _ options: ImageDecoder.Options = .init()) -> Int {
    ImageDecoder(options).announcedBytes(MappedFile(bytes: bytes, name: "a"))
  }

  @Test func thoseOfThePicture() throws {
    let folder = Golden.fixtures.appendingPathComponent("media/jpeg")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jpg") }
    #expect(names.count > 5)
    for name in names {
      let file = try MappedFile(folder.appendingPathComponent(name).path)
      let image = try ImageDecoder().decode(file).image
      #expect(ImageDecoder().announcedBytes(file) == image.bytes.count, "\(name)")
    }
    #expect(announced(MediaSample.png.bytes) == 3)
    #expect(announced(MediaSample.png(width: 9000)) == 27_000)
  }

  /// Nothing is allocated for what is refused.
  @Test func nothingForWhatIsRefused() {
    #expect(announced(MediaSample.png(width: .max)) == 0)
    #expect(announced(MediaSample.png(width: 0)) == 0)
    #expect(announced(MediaSample.png(width: 9000), .init(pixelLimit: 8999)) == 0)
    #expect(announced(MediaSample.png(width: 9000), .init(pixelLimit: 9000)) == 27_000)
    #expect(announced(Array(MediaSample.png.bytes.prefix(23))) == 0)
    #expect(announced(Array(MediaSample.jpeg.bytes.prefix(30))) == 0)
    #expect(announced([]) == 0)
    #expect(announced(MediaSample.webp.bytes) == 0)
  }
}
