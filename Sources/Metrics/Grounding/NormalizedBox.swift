/// A box as the reference project's model gives it: centre and size as parts of the padded square
/// image, from 0 to 1, in single precision.
public struct NormalizedBox: Sendable, Hashable {
  /// The centre, from the left.
  public let centerX: Float
  /// The centre, from the top.
  public let centerY: Float
  /// The width.
  public let width: Float
  /// The height.
  public let height: Float

  /// A box from its centre and its size.
  public init(centerX: Float, centerY: Float, width: Float, height: Float) {
    self.centerX = centerX
    self.centerY = centerY
    self.width = width
    self.height = height
  }

  /// The corners.
  public var corners: NormalizedCorners {
    NormalizedCorners(
      left: centerX - 0.5 * width, top: centerY - 0.5 * height, right: centerX + 0.5 * width,
      bottom: centerY + 0.5 * height)
  }

  /// Intersection over union of this prediction with a true box as the reference project computes
  /// it: in single precision with one rounding an operation, the prediction's corners clamped to the
  /// square, those of the truth not.
  ///
  /// Source: `X-PLUG/mPLUG`, grounding evaluation, whose `bbox_iou` is that of TransVG.
  ///
  /// Quirks kept: 1e-16 is added to the union, which changes only a union of 0; areas of inverted
  /// boxes are negative.
  public func mplugIoU(withTruth truth: NormalizedBox) -> Float {
    let first = corners.clamped
    let second = truth.corners
    let width = max(0, min(first.right, second.right) - max(first.left, second.left))
    let height = max(0, min(first.bottom, second.bottom) - max(first.top, second.top))
    let intersection = width * height
    let union = first.area + second.area - intersection
    return intersection / (union + 1e-16)
  }
}

/// A box by its corners, as parts of the padded square image.
public struct NormalizedCorners: Sendable, Hashable {
  /// The left edge.
  public let left: Float
  /// The upper edge.
  public let top: Float
  /// The right edge.
  public let right: Float
  /// The lower edge.
  public let bottom: Float

  /// A box from its corners.
  public init(left: Float, top: Float, right: Float, bottom: Float) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// Each edge moved into the square.
  var clamped: NormalizedCorners {
    func clamp(_ edge: Float) -> Float { min(max(edge, 0), 1) }
    return NormalizedCorners(
      left: clamp(left), top: clamp(top), right: clamp(right), bottom: clamp(bottom))
  }

  /// Negative where one side is inverted.
  var area: Float { (right - left) * (bottom - top) }
}
