/// Noise that follows from a place and a number, not from the order of drawing.
struct TextureNoise: Sendable {
  private let seed: UInt64

  /// - Parameter layer: other layers are unrelated.
  init(grain: UInt64, layer: UInt64) {
    seed = SeededNumbers.mixed(grain ^ (layer &* 0x9E37_79B9_7F4A_7C15))
  }

  /// 0 to 255 at a place.
  func value(_ x: Int, _ y: Int) -> Int {
    let place = UInt64(UInt32(truncatingIfNeeded: x)) << 32 | UInt64(UInt32(truncatingIfNeeded: y))
    return Int(SeededNumbers.mixed(seed ^ place) >> 56)
  }

  /// -`most` to `most` at a pixel.
  func grains(x: Int, y: Int, most: Int) -> Int { value(x, y) * (2 * most + 1) / 256 - most }

  /// -`most` to `most`, changing slowly: over `wide` pixels in a row and `high` ones in a column.
  func waves(x: Int, y: Int, wide: Int, high: Int, most: Int) -> Int {
    let (column, row) = (x / wide, y / high)
    let (u, v) = (x % wide, y % high)
    let top = value(column, row) * (wide - u) + value(column + 1, row) * u
    let bottom = value(column, row + 1) * (wide - u) + value(column + 1, row + 1) * u
    let sum = top * (high - v) + bottom * v
    return sum * (2 * most + 1) / (256 * wide * high) - most
  }
}
