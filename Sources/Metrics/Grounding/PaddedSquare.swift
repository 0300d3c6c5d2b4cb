/// How the reference project puts an image into a square: the longer side becomes the square's, the
/// shorter one is padded on both sides.
///
/// Boxes go through it in single precision.
///
/// Source: `X-PLUG/mPLUG`, the grounding data set and its transforms, which are those of TransVG.
///
/// Quirks kept: the padding before the image is half of all padding less 0.1, rounded to the even
/// number; a true box loses its fractions before it is put into the square, a predicted one does not.
public struct PaddedSquare: Sendable, Hashable {
  /// The side of the square in pixels.
  public let side: Int
  /// Pixels of the square for one of the image.
  public let scale: Float
  /// Pixels of padding at the left.
  public let left: Int
  /// Pixels of padding at the top.
  public let top: Int

  /// The square of an image whose sides are not 0.
  public init(of image: PixelSize, side: Int = 336) {
    let ratio = Double(side) / Double(max(image.width, image.height))
    // Python's `round`: halves to the even number.
    func padding(_ length: Int) -> Int {
      let resized = (Double(length) * ratio).rounded(.toNearestOrEven)
      return Int(((Double(side) - resized) / 2 - 0.1).rounded(.toNearestOrEven))
    }
    self.side = side
    scale = Float(ratio)
    left = padding(image.width)
    top = padding(image.height)
  }

  /// A true box in the square: each of its four numbers loses its fraction first.
  public func truth(_ box: PixelBox) -> NormalizedBox { normalized(box.truncated) }

  /// A predicted box in the square.
  public func prediction(_ box: PixelBox) -> NormalizedBox { normalized(box.corners) }

  private func normalized(_ box: PixelCorners) -> NormalizedBox {
    let (left, top) = (Float(self.left), Float(self.top))
    let x = (Float(box.left) * scale + left, Float(box.right) * scale + left)
    let y = (Float(box.top) * scale + top, Float(box.bottom) * scale + top)
    let side = Float(self.side)
    return NormalizedBox(
      centerX: (x.0 + x.1) / 2 / side, centerY: (y.0 + y.1) / 2 / side,
      width: (x.1 - x.0) / side, height: (y.1 - y.0) / side)
  }
}

/// A box in pixels by its corners: `[left, top, right, bottom]`.
public struct PixelCorners: Sendable, Hashable {
  /// The left edge.
  public let left: Double
  /// The upper edge.
  public let top: Double
  /// The right edge.
  public let right: Double
  /// The lower edge.
  public let bottom: Double

  /// A box from its corners.
  public init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }
}

extension PixelBox {
  /// The corners.
  public var corners: PixelCorners {
    PixelCorners(left: x, top: y, right: x + width, bottom: y + height)
  }

  /// The corners after each of the four numbers has lost its fraction, as the reference project
  /// reads true boxes.
  public var truncated: PixelCorners {
    PixelBox(
      x: x.rounded(.towardZero), y: y.rounded(.towardZero), width: width.rounded(.towardZero),
      height: height.rounded(.towardZero)
    ).corners
  }
}
