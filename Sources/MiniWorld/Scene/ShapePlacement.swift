/// A shape at its place in a picture.
struct ShapePlacement: Sendable, Hashable {
  /// What it is.
  let shape: Shape
  /// Its middle in pixels.
  let center: ScenePoint
  /// Its radius in pixels.
  let radius: Double
  /// How far it is turned.
  var turn = Turn.none

  /// Samples of a pixel in each direction.
  static let samples = 4

  /// Hands out the 16 samples of a pixel as places on the shape, whose radius is 1, before its turn.
  func forEachSample(x: Int, y: Int, _ body: (_ u: Double, _ v: Double) -> Void) {
    let step = 1 / Double(Self.samples)
    for row in 0..<Self.samples {
      let v = (Double(y) + (Double(row) + 0.5) * step - center.y) / radius
      for column in 0..<Self.samples {
        let u = (Double(x) + (Double(column) + 0.5) * step - center.x) / radius
        body(turn.cosine * u + turn.sine * v, turn.cosine * v - turn.sine * u)
      }
    }
  }

  /// How many of a pixel's 16 samples the shape covers.
  func coverage(x: Int, y: Int) -> Int {
    var covered = 0
    forEachSample(x: x, y: y) { u, v in if shape.holds(u, v) { covered += 1 } }
    return covered
  }

  /// Columns and rows outside of which the shape covers nothing.
  var reach: PixelRect {
    // The corners of a square that is turned are its farthest points: 0.9 times the root of 2.
    let reach = turn == .none ? radius : radius * 1.28
    let left = Int((center.x - reach).rounded(.down))
    let top = Int((center.y - reach).rounded(.down))
    return PixelRect(
      x: left, y: top, width: Int((center.x + reach).rounded(.up)) - left,
      height: Int((center.y + reach).rounded(.up)) - top)
  }

  /// The pixels that it touches, from the first column and row to the last ones.
  var box: PixelRect {
    let reach = self.reach
    var (left, top, right, bottom) = (reach.right, reach.bottom, reach.x, reach.y)
    for y in reach.y..<reach.bottom {
      for x in reach.x..<reach.right where coverage(x: x, y: y) > 0 {
        (left, right) = (min(left, x), max(right, x + 1))
        (top, bottom) = (min(top, y), max(bottom, y + 1))
      }
    }
    return PixelRect(x: left, y: top, width: max(1, right - left), height: max(1, bottom - top))
  }
}

/// A turn about a middle.
struct Turn: Sendable, Hashable {
  /// Cosine and sine of its angle.
  let cosine, sine: Double

  /// No turn.
  static let none = Turn(cosine: 1, sine: 0)

  private init(cosine: Double, sine: Double) {
    self.cosine = cosine
    self.sine = sine
  }

  /// A turn by 0 to 4 quarters, to the right. In between it follows the rational form of the circle:
  /// sine and cosine of the system's library differ in the last bit from one machine to another.
  init(quarters: Double) {
    let whole = min(max(quarters.rounded(.down), 0), 4)
    // Runs from 0 to 1 while the angle runs over a quarter: the tangent of half of it.
    let t = min(max(quarters - whole, 0), 1)
    let square = t * t
    let (cosine, sine) = ((1 - square) / (1 + square), 2 * t / (1 + square))
    switch Int(whole) % 4 {
    case 0: self.init(cosine: cosine, sine: sine)
    case 1: self.init(cosine: -sine, sine: cosine)
    case 2: self.init(cosine: -cosine, sine: -sine)
    default: self.init(cosine: sine, sine: -cosine)
    }
  }
}
