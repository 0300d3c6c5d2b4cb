import CPixels

/// Takes bytes to normalised floats: `(x / 255 - mean) / deviation`.
///
/// Every step is rounded to a float, as torchvision's `ToTensor` and `Normalize` do it one after the
/// other; there are 256 bytes a channel, so that the result is looked up.
public struct PixelNormalization: Sendable {
  /// `[3, 256]`.
  private let table: [Float]

  /// - Parameter divides: Whether the bytes are divided by 255.
  public init(_ statistics: PixelStatistics, divides: Bool = true) {
    table = zip(statistics.means, statistics.deviations).flatMap { mean, deviation in
      (0...255).map { byte in
        let value = divides ? Float(byte) / 255 : Float(byte)
        return (value - mean) / deviation
      }
    }
  }

  /// A picture as a tensor of its size.
  public func tensor(of image: RGBImage) -> PixelTensor {
    let plane = image.width * image.height
    let values = [Float](unsafeUninitializedCapacity: 3 * plane) { buffer, count in
      if let start = buffer.baseAddress { write(image, to: start, plane: plane) }
      count = 3 * plane
    }
    return PixelTensor(height: image.height, width: image.width, values: values)
  }

  /// Writes the three planes of a picture, for a tensor of several.
  ///
  /// - Parameter plane: How many floats after one plane the next one begins.
  func write(_ image: RGBImage, to values: UnsafeMutablePointer<Float>, plane: Int) {
    write(image, rows: 0..<image.height, to: values, plane: plane)
  }

  /// Writes some rows of a picture, one after the other.
  func write(
    _ image: RGBImage, rows: Range<Int>, to values: UnsafeMutablePointer<Float>, plane: Int
  ) {
    image.bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      cpixels_planes(
        start + 3 * image.width * rows.lowerBound, image.width * rows.count, table, values, plane)
    }
  }
}
