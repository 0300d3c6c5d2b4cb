/// Small pictures for looking at: each pixel is the mean of those that it stands for. Not for
/// models, whose input `Resampler` makes.
enum Thumbnail {
  /// The size of a picture reduced to a width; a narrower one stays as it is, unless it is more
  /// than twice as high as that width.
  static func size(of image: RGBImage, width: Int) -> (width: Int, height: Int) {
    var reduced = (width: image.width, height: image.height)
    if reduced.width > width {
      reduced = (width, max(1, (image.height * width + image.width / 2) / image.width))
    }
    let tallest = 2 * width
    if reduced.height > tallest {
      reduced = (max(1, reduced.width * tallest / reduced.height), tallest)
    }
    return reduced
  }

  /// Draws a picture reduced to a size, which is at most its own.
  ///
  /// - Parameters:
  ///   - output: where its upper left pixel goes.
  ///   - stride: bytes from one row to the next.
  static func draw(
    _ image: RGBImage, _ size: (width: Int, height: Int), to output: UnsafeMutablePointer<UInt8>,
    stride: Int
  ) {
    image.bytes.withUnsafeBufferPointer { bytes in
      for y in 0..<size.height {
        let rows = y * image.height / size.height..<(y + 1) * image.height / size.height
        for x in 0..<size.width {
          let columns = x * image.width / size.width..<(x + 1) * image.width / size.width
          var sum = (0, 0, 0)
          for row in rows {
            for column in columns {
              let place = 3 * (row * image.width + column)
              sum.0 += Int(bytes[place])
              sum.1 += Int(bytes[place + 1])
              sum.2 += Int(bytes[place + 2])
            }
          }
          let count = rows.count * columns.count
          let pixel = output + y * stride + 3 * x
          pixel[0] = UInt8((sum.0 + count / 2) / count)
          pixel[1] = UInt8((sum.1 + count / 2) / count)
          pixel[2] = UInt8((sum.2 + count / 2) / count)
        }
      }
    }
  }
}
