/// Where a picture lies in a square into which it was fitted, its aspect kept.
///
/// A place `(x, y)` of the picture is at `(x * ratio + left, y * ratio + top)` of the square.
///
/// Source: `dataset/vg_transforms.py` of the reference, `resize_according_to_long_side` and
/// `NormalizeAndPad`. Quirks kept: sides are rounded half to even, as Python rounds, and boxes are
/// scaled by the unrounded ratio.
public struct Letterbox: Sendable, Equatable {
  /// The side of the square.
  public let size: Int
  /// Pixels of the square for one of the picture.
  public let ratio: Double
  /// Pixels in a row of the fitted picture.
  public let width: Int
  /// Rows of the fitted picture.
  public let height: Int
  /// Columns before it.
  public let left: Int
  /// Rows above it.
  public let top: Int

  /// Fits a picture of some pixels; nil where it is so thin that nothing of it would be left.
  public init?(width: Int, height: Int, size: Int) {
    self.size = size
    ratio = Double(size) / Double(max(width, height))
    self.width = Int((Double(width) * ratio).rounded(.toNearestOrEven))
    self.height = Int((Double(height) * ratio).rounded(.toNearestOrEven))
    left = (size - self.width) / 2
    top = (size - self.height) / 2
    if self.width == 0 || self.height == 0 { return nil }
  }
}
