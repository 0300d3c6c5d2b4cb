import Foundation
import Media
import Records
import TestSupport
import Testing

/// Golden image files through the decoder, the resampler and the normalisation.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenResizeTests {
  private func golden(_ path: String) throws -> String {
    try #require(Golden.folder).appendingPathComponent(path).path
  }

  /// The oracle is of Pillow 13, which takes the columns first for some tall pictures; on none of
  /// these does that happen: Pillow 9.5 gives all of its hashes.
  @Test func resizedImagesAreThoseOfPillow() throws {
    let oracle = try JSONFile.read(golden("media/oracle/images.json"))
    var count = 0
    var alike: [String] = []
    for entry in try #require(oracle["images"]?.array) {
      guard let format = entry["format"]?.string, ["JPEG", "PNG"].contains(format),
        let name = entry["file"]?.string, let sizes = entry["bicubic"]?.object
      else { continue }
      let image = try ImageDecoder().decode(golden("media/images/\(name)")).image
      for member in sizes.members {
        let size = try #require(Int(member.key))
        let resized = try ImageTransform.square(size).pixels(of: image)
        let expected = try #require(member.value["sha256"]?.string)
        #expect(SHA256.hexDigest(of: resized.bytes) == expected, "\(name) \(size)")
        let other = try ImageTransform.square(size, filter: .bilinear).pixels(of: image)
        if SHA256.hexDigest(of: other.bytes) == expected { alike.append("\(name) \(size)") }
        count += 1
      }
    }
    #expect(count == 3 * 31)
    // The other filter gives other bytes, but for a slope that both enlarge alike, in Pillow too.
    #expect(alike == ["made_la.png 224"])
  }

  /// Means of 28 x 28 blocks, which the oracle rounds to five places.
  @Test func normalisedGridsAreThoseOfTheOracle() throws {
    let oracle = try JSONFile.read(golden("media/oracle/images.json"))
    var count = 0
    for entry in try #require(oracle["images"]?.array) {
      guard let format = entry["format"]?.string, ["JPEG", "PNG"].contains(format),
        let name = entry["file"]?.string,
        let grid = entry["normalized_grid8_of_224"]?.array
      else { continue }
      let image = try ImageDecoder().decode(golden("media/images/\(name)")).image
      let expected = grid.flatMap { $0.array ?? [] }.flatMap { $0.array ?? [] }
        .compactMap(\.double)
      let means = blockMeans(try ImageTransform.square(224).tensor(of: image))
      #expect(means.count == 192 && expected.count == 192)
      let worst = zip(means, expected).map { abs($0 - $1) }.max() ?? 1
      // Half of the last place, and what a sum of 784 floats loses.
      #expect(worst < 7e-6, "\(name): \(worst)")
      let others = blockMeans(
        try ImageTransform.square(224, statistics: .imagenet).tensor(of: image))
      #expect((zip(others, expected).map { abs($0 - $1) }.max() ?? 0) > 0.01, "\(name)")
      count += 1
    }
    #expect(count == 31)
  }

  private func blockMeans(_ tensor: PixelTensor) -> [Double] {
    (0..<3).flatMap { channel in
      (0..<8).flatMap { row in
        (0..<8).map { column in
          var sum = 0.0
          for y in 28 * row..<28 * (row + 1) {
            for x in 28 * column..<28 * (column + 1) {
              sum += Double(tensor.values[(channel * 224 + y) * 224 + x])
            }
          }
          return sum / 784
        }
      }
    }
  }
}
