extension PixelBox {
  /// Intersection over union of two boxes as the refer toolkit computes it, from 0 to 1, in double
  /// precision: the last pixel of a box is `x + width - 1`.
  ///
  /// Source: `lichengunc/refer`, `computeIoU` of its evaluation demo, which later scorers copy.
  ///
  /// Quirks kept: an overlap one pixel wide or high counts as none, so that two equal boxes of one
  /// pixel have 0. Where both boxes are empty, Python divides by zero; here they have 0.
  public func referIoU(with other: PixelBox) -> Double {
    let left = max(x, other.x)
    let top = max(y, other.y)
    let right = min(x + width - 1, other.x + other.width - 1)
    let bottom = min(y + height - 1, other.y + other.height - 1)
    guard left < right, top < bottom else { return 0 }
    let intersection = (right - left + 1) * (bottom - top + 1)
    let union = width * height + other.width * other.height - intersection
    return intersection / union
  }
}
