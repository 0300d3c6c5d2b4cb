extension Shape {
  /// Whether a point lies in the shape, whose radius is 1 and whose middle is (0, 0); y goes down.
  ///
  /// Only sums, products and comparisons: they come out alike on every machine.
  func holds(_ x: Double, _ y: Double) -> Bool {
    switch self {
    case .circle: return x * x + y * y <= 1
    case .square: return x.magnitude <= 0.9 && y.magnitude <= 0.9
    case .triangle: return y <= 0.85 && 1.85 * x.magnitude <= 1.05 * (y + 1)
    case .star: return Self.starHolds(x.magnitude, y)
    case .heart:
      let (u, v) = (1.2 * x, 0.15 - 1.2 * y)
      let bulge = u * u + v * v - 1
      return bulge * bulge * bulge <= u * u * v * v * v
    case .diamond: return 1.3 * x.magnitude + y.magnitude <= 1
    case .ring:
      let square = x * x + y * y
      return square <= 1 && square >= 0.3
    case .cross:
      let (u, v) = (x.magnitude, y.magnitude)
      return (u <= 0.34 && v <= 1) || (u <= 1 && v <= 0.34)
    }
  }

  /// Whether a turn about its middle can be seen.
  var showsTurns: Bool { self != .circle && self != .ring }

  /// The star is the union of the five triangles between its points and its middle; the left half
  /// mirrors the right one. A point is inside of where it lies on the middle's side of the edges.
  private static func starHolds(_ x: Double, _ y: Double) -> Bool {
    // The corners of the right half from the top on: points at radius 1, notches at 0.45.
    let (sine36, cosine36) = (0.5877852522924731, 0.8090169943749475)
    let (sine72, cosine72) = (0.9510565162951535, 0.30901699437494745)
    let notch = 0.45
    let corners: [(x: Double, y: Double)] = [
      (0, -1), (notch * sine36, -notch * cosine36), (sine72, -cosine72),
      (notch * sine72, notch * cosine72), (sine36, cosine36), (0, notch),
    ]
    for place in 0..<5 {
      let (a, b) = (corners[place], corners[place + 1])
      // In the wedge between the rays to both corners, and on the inner side of the edge.
      if a.x * y - a.y * x >= 0, b.x * y - b.y * x <= 0 {
        return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0
      }
    }
    return false
  }
}
