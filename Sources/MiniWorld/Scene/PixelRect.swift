/// A rectangle of whole pixels.
public struct PixelRect: Sendable, Hashable {
  /// The first column.
  public let x: Int
  /// The first row.
  public let y: Int
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int

  /// A rectangle by its first column and row and its size.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The column behind the last one.
  public var right: Int { x + width }
  /// The row below the last one.
  public var bottom: Int { y + height }
  /// The number of pixels.
  public var area: Int { width * height }

  /// Whether a pixel lies in it.
  public func contains(x column: Int, y row: Int) -> Bool {
    column >= x && column < right && row >= y && row < bottom
  }

  /// Whether it shares a pixel with another one that is made larger by `margin` on each side.
  public func comes(within margin: Int, of other: PixelRect) -> Bool {
    x < other.right + margin && other.x < right + margin
      && y < other.bottom + margin && other.y < bottom + margin
  }

  /// The smallest rectangle around both.
  public func union(_ other: PixelRect) -> PixelRect {
    let left = min(x, other.x)
    let top = min(y, other.y)
    return PixelRect(
      x: left, y: top, width: max(right, other.right) - left,
      height: max(bottom, other.bottom) - top)
  }
}
