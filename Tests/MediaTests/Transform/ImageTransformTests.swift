import Media
import TestSupport
import Testing

/// Squares and letterboxes.
@Suite struct ImageTransformTests {
  @Test func aSquareIsResizedAndNormalised() throws {
    let image = RGBImage.made(seed: 12, width: 60, height: 41)
    let transform = ImageTransform.square(32)
    let pixels = Resampler(filter: .bicubic).resize(image, width: 32, height: 32)
    #expect(try transform.pixels(of: image) == pixels)
    let tensor = try transform.tensor(of: image)
    #expect(tensor == PixelNormalization(.clip).tensor(of: pixels))
    #expect(try ImageTransform.square(32, filter: .bilinear).tensor(of: image) != tensor)
    #expect(try ImageTransform.square(32, statistics: .imagenet).tensor(of: image) != tensor)
  }

  @Test(arguments: [(61, 97), (97, 61), (9, 140), (50, 50), (3, 2)])
  func aLetterboxIsSurroundedByZeros(_ width: Int, _ height: Int) throws {
    let image = RGBImage.made(seed: 13, width: width, height: height)
    let box = try #require(Letterbox(width: width, height: height, size: 56))
    #expect(max(box.width, box.height) == 56)
    let tensor = try ImageTransform.letterbox(56).tensor(of: image)
    #expect(tensor.height == 56 && tensor.width == 56 && tensor.values.count == 3 * 56 * 56)
    let inner = PixelNormalization(.imagenet).tensor(
      of: Resampler(filter: .bilinear).resize(image, width: box.width, height: box.height))
    for channel in 0..<3 {
      for y in 0..<56 {
        for x in 0..<56 {
          let (row, column) = (y - box.top, x - box.left)
          let isInside = (0..<box.height).contains(row) && (0..<box.width).contains(column)
          let expected =
            isInside ? inner.values[(channel * box.height + row) * box.width + column] : 0
          #expect(tensor.values[(channel * 56 + y) * 56 + x] == expected)
        }
      }
    }
  }

  /// Against the reference's arithmetic in Python: `round(side * (size / max(w, h)))`, floor halves.
  @Test(
    arguments: [
      (640, 480, 384, [384, 288, 0, 48]), (480, 640, 384, [288, 384, 48, 0]),
      // 0.5 and 1.5 to even numbers; 2.5 downwards.
      (768, 3, 384, [384, 2, 0, 191]), (768, 5, 384, [384, 2, 0, 191]),
      (500, 333, 384, [384, 256, 0, 64]), (333, 500, 56, [37, 56, 9, 0]),
      (427, 640, 640, [427, 640, 106, 0]),
    ])
  func places(_ width: Int, _ height: Int, _ size: Int, _ expected: [Int]) throws {
    let box = try #require(Letterbox(width: width, height: height, size: size))
    #expect([box.width, box.height, box.left, box.top] == expected)
    #expect(box.ratio == Double(size) / Double(max(width, height)))
  }

  @Test func aPictureOfWhichNothingIsLeftIsRefused() {
    let thin = RGBImage.made(seed: 1, width: 768, height: 1)
    #expect(Letterbox(width: 768, height: 1, size: 384) == nil)
    #expect {
      try ImageTransform.letterbox(384).tensor(of: thin, file: "thin.png")
    } throws: {
      "\($0)"
        == "thin.png: 768 x 1 pixels fitted into 384 x 384 leave at most half a pixel of the "
        + "shorter side: crop the picture"
    }
    #expect(throws: Never.self) { try ImageTransform.square(384).tensor(of: thin) }
  }
}
