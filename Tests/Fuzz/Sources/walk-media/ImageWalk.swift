import Media
import Records

/// Everything that is done with an image, done with a file and with damaged copies of it.
enum ImageWalk {
  /// Damaged pictures may announce any size; what passes this is small enough to be made often.
  private static let pixelLimit = 16 << 20

  static func walk(_ path: String) -> Outcome {
    var outcome = Outcome()
    outcome.count(path) { try take(ImageDecoder().decode(path), &$0) }
    guard let file = try? MappedFile(path) else { return outcome }
    let bytes = file.withBytes { Array($0) }
    for copy in [bytes] + Damage.cuts(of: bytes) + Damage.changes(of: bytes, count: 24) {
      for orientation in [ImageDecoder.Options.Orientation.ignored, .applied] {
        for truncated in [ImageDecoder.Options.Truncated.accepted, .refused] {
          outcome.count(path) { hash in
            var options = ImageDecoder.Options()
            options.orientation = orientation
            options.truncated = truncated
            options.pixelLimit = pixelLimit
            let file = MappedFile(bytes: copy, name: path)
            try take(ImageDecoder(options).decode(file), &hash)
          }
        }
      }
    }
    return outcome
  }

  /// Resizes and normalises a picture, writes it as PNG and reads that again.
  private static func take(_ decoded: DecodedImage, _ hash: inout SHA256) throws {
    let image = decoded.image
    hash.update(image)
    hash.update(Array("\(decoded.format) \(decoded.remarks)".utf8))
    for filter in ResizeFilter.allCases {
      for (width, height) in [(224, 224), (97, 61), (1, 1), (image.width, 33)] {
        let pictures = Resampler.Body.allCases.map {
          Resampler(filter: filter, body: $0).resize(image, width: width, height: height)
        }
        for picture in pictures where picture != pictures[0] {
          fail("the bodies of the resampler differ")
        }
        hash.update(pictures[0])
      }
    }
    let written = try PNGWriter.bytes(of: image)
    let again = try ImageDecoder().decode(MappedFile(bytes: written, name: "written.png")).image
    if again != image { fail("the PNG that was written is another picture") }
  }
}
