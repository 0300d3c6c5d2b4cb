/// What a model's inputs are made with: a picture's way to a square tensor.
public struct ImageTransform: Sendable {
  /// How a picture is brought into the square.
  public enum Shape: Sendable {
    /// Both sides are resized to the square's; the aspect is not kept.
    case square
    /// The longer side is; zeros surround the rest, after normalisation.
    case letterbox
  }

  /// How pictures are brought into the square.
  public let shape: Shape
  /// The side of the square.
  public let size: Int
  /// What the result is normalised with.
  public let statistics: PixelStatistics
  /// What resizes.
  public let resampler: Resampler

  private let normalization: PixelNormalization

  private init(_ shape: Shape, _ size: Int, _ filter: ResizeFilter, _ statistics: PixelStatistics) {
    precondition(size > 0)
    self.shape = shape
    self.size = size
    self.statistics = statistics
    resampler = Resampler(filter: filter)
    normalization = PixelNormalization(statistics)
  }

  /// The transform of every image task but grounding.
  ///
  /// - Parameter size: At least 1.
  public static func square(
    _ size: Int, filter: ResizeFilter = .bicubic, statistics: PixelStatistics = .clip
  ) -> ImageTransform {
    ImageTransform(.square, size, filter, statistics)
  }

  /// The transform of grounding in evaluation.
  ///
  /// - Parameter size: At least 1.
  public static func letterbox(
    _ size: Int, filter: ResizeFilter = .bilinear, statistics: PixelStatistics = .imagenet
  ) -> ImageTransform {
    ImageTransform(.letterbox, size, filter, statistics)
  }

  /// The resized picture, without what surrounds it.
  ///
  /// - Parameter file: The picture's, for errors.
  /// - Throws: `MediaError.tooThin` where a letterbox leaves nothing of the shorter side; the
  ///   reference fails there too.
  public func pixels(of image: RGBImage, file: String = "the picture") throws -> RGBImage {
    switch shape {
    case .square: return resampler.resize(image, width: size, height: size)
    case .letterbox:
      guard let box = Letterbox(width: image.width, height: image.height, size: size) else {
        throw MediaError.tooThin(
          file: file, width: image.width, height: image.height, size: size)
      }
      return resampler.resize(image, width: box.width, height: box.height)
    }
  }

  /// The tensor, `[3, size, size]`.
  ///
  /// - Parameter file: The picture's, for errors.
  /// - Throws: As `pixels(of:file:)`.
  public func tensor(of image: RGBImage, file: String = "the picture") throws -> PixelTensor {
    tensor(ofResized: try pixels(of: image, file: file))
  }

  /// The tensor of what `pixels(of:file:)` gave.
  public func tensor(ofResized image: RGBImage) -> PixelTensor {
    precondition(image.width <= size && image.height <= size)
    if image.width == size, image.height == size { return normalization.tensor(of: image) }
    let (left, top) = ((size - image.width) / 2, (size - image.height) / 2)
    let plane = size * size
    let values = [Float](unsafeUninitializedCapacity: 3 * plane) { buffer, count in
      buffer.initialize(repeating: 0)
      if let start = buffer.baseAddress {
        for row in 0..<image.height {
          normalization.write(
            image, rows: row..<row + 1, to: start + (top + row) * size + left, plane: plane)
        }
      }
      count = 3 * plane
    }
    return PixelTensor(height: size, width: size, values: values)
  }
}
