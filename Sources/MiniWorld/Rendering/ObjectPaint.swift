/// How the surface of an object is painted: its colour, what is on it, and a darker edge.
struct ObjectPaint: Sendable {
  private let tone, accent, edge: RGBTone
  private let material: Material
  /// Half the height of the object at rest: stripes and dots grow with it.
  private let radius: Double

  init(_ object: SceneObject) {
    tone = object.color.tone
    accent = object.color.accent
    edge = object.color.edge
    material = object.material
    radius = object.radius
  }

  /// What a pixel becomes.
  ///
  /// - Parameters:
  ///   - placement: where the object is.
  ///   - below: what was there.
  func tone(x: Int, y: Int, _ placement: ShapePlacement, over below: RGBTone) -> RGBTone {
    let all = ShapePlacement.samples * ShapePlacement.samples
    var sum = RGBTone(0, 0, 0)
    var covered = 0
    placement.forEachSample(x: x, y: y) { u, v in
      if placement.shape.holds(u, v) {
        covered += 1
        sum.add(surface(u, v, placement))
      }
    }
    if covered == 0 { return below }
    sum.add(below, samples: all - covered)
    return sum.divided(by: all)
  }

  /// The tone at a point of the shape, whose radius is 1.
  private func surface(_ u: Double, _ v: Double, _ placement: ShapePlacement) -> RGBTone {
    let (shape, edgeWidth) = (placement.shape, 1.3 / placement.radius)
    // Near the outline if a step to a side leads out.
    guard shape.holds(u - edgeWidth, v), shape.holds(u + edgeWidth, v),
      shape.holds(u, v - edgeWidth), shape.holds(u, v + edgeWidth)
    else { return edge }
    switch material {
    case .plain: return shaded(tone, v)
    case .striped: return isStripe(u * radius, v * radius) ? accent : shaded(tone, v)
    case .dotted: return isDot(u * radius, v * radius) ? accent : shaded(tone, v)
    }
  }

  /// A little lighter at the top than at the bottom.
  private func shaded(_ tone: RGBTone, _ v: Double) -> RGBTone {
    tone.times(hundredths: Int(100 - 8 * v))
  }

  /// Slanting stripes, every 7 pixels one of 2.5.
  private func isStripe(_ x: Double, _ y: Double) -> Bool {
    // The distance along the normal of the stripes.
    let along = (x + y) * 0.7071067811865476 / 7
    return along - along.rounded(.down) < 0.36
  }

  /// Dots of a radius of 1.7 pixels, every 6 pixels, every other row shifted.
  private func isDot(_ x: Double, _ y: Double) -> Bool {
    let row = (y / 5.2).rounded()
    let shift = row / 2 - (row / 2).rounded(.down)
    let column = x / 6 - shift
    let dx = (column - column.rounded()) * 6
    let dy = y - row * 5.2
    return dx * dx + dy * dy <= 2.9
  }
}
