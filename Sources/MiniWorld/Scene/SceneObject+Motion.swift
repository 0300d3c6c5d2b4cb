extension SceneObject {
  /// Where it is and how it is turned after some tenths of a second, given what it does.
  func placement(after tenths: Double, _ motion: ObjectMotion?) -> ShapePlacement {
    let rest = ShapePlacement(shape: shape, center: center, radius: radius)
    return motion.map { rest.moved(by: $0, after: tenths) } ?? rest
  }
}

extension ShapePlacement {
  /// Where it is and how it is turned after some tenths of a second of a clip.
  func moved(by motion: ObjectMotion, after tenths: Double) -> ShapePlacement {
    let (start, end) = (Double(motion.start), Double(motion.end))
    guard end > start else { return self }
    // From 0 to 1 while it moves.
    let share = (min(max(tenths, start), end) - start) / (end - start)
    let way = Double(motion.distance)
    switch motion.kind {
    case .movesLeft: return moved(-share * way, 0)
    case .movesRight: return moved(share * way, 0)
    case .movesUp: return moved(0, -share * way)
    case .movesDown: return moved(0, share * way)
    case .bounces:
      // Three parabolas.
      let phase = 3 * share - (3 * share).rounded(.down)
      return moved(0, -4 * phase * (1 - phase) * way)
    case .spins:
      return ShapePlacement(
        shape: shape, center: center, radius: radius, turn: Turn(quarters: 4 * share))
    case .grows:
      return ShapePlacement(shape: shape, center: center, radius: radius * (1 + 0.9 * share))
    case .shrinks:
      return ShapePlacement(shape: shape, center: center, radius: radius * (1 - 0.5 * share))
    }
  }

  private func moved(_ x: Double, _ y: Double) -> ShapePlacement {
    ShapePlacement(
      shape: shape, center: ScenePoint(x: center.x + x, y: center.y + y), radius: radius)
  }
}
