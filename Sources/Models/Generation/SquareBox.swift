import Media

/// A box by its centre and size, in units of the padded square that the model sees.
package struct SquareBox: Sendable, Hashable {
  /// The centre, from the left.
  package var centerX: Float
  /// The centre, from the top.
  package var centerY: Float
  /// The width.
  package var width: Float
  /// The height.
  package var height: Float

  package init(centerX: Float, centerY: Float, width: Float, height: Float) {
    self.centerX = centerX
    self.centerY = centerY
    self.width = width
    self.height = height
  }

  /// The box in pixels of the picture that was fitted into the square: the upper left corner and the
  /// size, not cut at the picture's edge.
  package func pixels(_ letterbox: Letterbox) -> (
    x: Double, y: Double, width: Double, height: Double
  ) {
    let scale = Double(letterbox.size) / letterbox.ratio
    let (width, height) = (Double(width) * scale, Double(height) * scale)
    return (
      x: Double(centerX) * scale - Double(letterbox.left) / letterbox.ratio - width / 2,
      y: Double(centerY) * scale - Double(letterbox.top) / letterbox.ratio - height / 2,
      width: width, height: height
    )
  }
}
