/// A picture as a model takes it: three planes of normalised floats.
public struct PixelTensor: Sendable, Equatable {
  /// Rows of a plane.
  public let height: Int
  /// Values in a row.
  public let width: Int
  /// `[3, height, width]`: red, green, blue.
  public let values: [Float]

  /// A picture of given numbers, `[3, height, width]`.
  package init(height: Int, width: Int, values: [Float]) {
    precondition(values.count == 3 * height * width)
    self.height = height
    self.width = width
    self.values = values
  }
}

/// Pictures of one size as a model takes them.
public struct FrameTensor: Sendable, Equatable {
  /// How many pictures.
  public let frames: Int
  /// Rows of a plane; 0 where there are no pictures.
  public let height: Int
  /// Values in a row; 0 where there are no pictures.
  public let width: Int
  /// `[frames, 3, height, width]`.
  public let values: [Float]

  /// The pictures one by one.
  public var pictures: [PixelTensor] {
    let size = 3 * height * width
    return (0..<frames).map {
      PixelTensor(
        height: height, width: width, values: Array(values[$0 * size..<($0 + 1) * size]))
    }
  }
}
