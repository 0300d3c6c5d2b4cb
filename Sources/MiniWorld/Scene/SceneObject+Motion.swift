extension SceneObject {
  /// Where it is and how it is turned after some tenths of a second of a motion of its own.
  func placement(after tenth: Int, _ motion: ObjectMotion?) -> ShapePlacement {
    guard let motion, motion.end > motion.start else {
      return ShapePlacement(shape: shape, center: center, radius: radius)
    }
    let passed = min(max(tenth, motion.start), motion.end) - motion.start
    // From 0 to 1 while it moves.
    let share = Double(passed) / Double(motion.end - motion.start)
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
