/// Resizes pictures byte for byte as `Image.resize` of Pillow 9.5, the antialiasing when reducing
/// included.
///
/// It remembers what it computed for the sizes that it met last; copies share that, and any number
/// of threads may use it. Apart from the result it needs `memoryLimit` bytes at most, a few times
/// the length of a side where a side has millions of pixels.
///
/// Source: Pillow 9.5, `src/libImaging/Resample.c`. Quirks kept: weights of 22 fraction bits, 8 bits
/// between the passes; first along the rows, then along the columns, although Pillow from 13.0 on
/// turns that around for many tall pictures; a side that keeps its length is left alone.
public struct Resampler: Sendable {
  /// How the samples are weighed.
  public let filter: ResizeFilter

  private let body: Body
  private let memoryLimit: Int
  private let axes: ResampleAxes

  /// A resampler with the fastest of our bodies.
  public init(filter: ResizeFilter) { self.init(filter: filter, body: .fastest) }

  /// A resampler with a body that tests choose, and the bytes of its tables and of its rows between
  /// the passes.
  package init(filter: ResizeFilter, body: Body, memoryLimit: Int = 32 << 20) {
    self.filter = filter
    self.body = body
    self.memoryLimit = memoryLimit
    axes = ResampleAxes(body: body)
  }

  /// Resizes a picture; the aspect is not kept.
  ///
  /// - Parameters:
  ///   - width: Pixels of a row of the result, at least 1.
  ///   - height: Rows of the result, at least 1.
  public func resize(_ image: RGBImage, width: Int, height: Int) -> RGBImage {
    if width == image.width, height == image.height { return image }
    return RGBImage(width: width, height: height) { output in
      image.bytes.withUnsafeBufferPointer { bytes in
        guard let input = bytes.baseAddress else { return }
        ResamplePasses(
          columns: ResampleGrid(inputs: image.width, outputs: width, filter: filter),
          rows: ResampleGrid(inputs: image.height, outputs: height, filter: filter),
          body: body, axes: axes, memoryLimit: memoryLimit, input: input, output: output
        ).run()
      }
    }
  }
}
