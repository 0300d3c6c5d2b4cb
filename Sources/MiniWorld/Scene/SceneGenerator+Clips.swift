extension SceneGenerator {
  /// A scene for a clip of two to three seconds: one or two of its one to three objects move, and
  /// none comes near another or leaves the picture. What moves can be named.
  ///
  /// - Parameters:
  ///   - id: its number.
  ///   - count: how many objects; within 1 to 3.
  public mutating func clip(id: Int, objects count: ClosedRange<Int> = 1...3) -> Scene {
    let count = count.clamped(to: 1...3)
    while true {
      let width = 2 * numbers.next(in: 48...64)
      let height = 2 * numbers.next(in: 36...min(48, width / 2 - 8))
      let background = numbers.pick(Background.allCases)
      let wanted = numbers.next(in: count)
      let tenths = numbers.next(in: 20...30)
      let grain = numbers.next()
      let frame = PixelRect(x: 0, y: 0, width: width, height: height)
      guard let cast = cast(wanted, on: background, frame, tenths: tenths) else { continue }
      let scene = Scene(
        id: id, width: width, height: height, background: background, objects: cast.objects,
        motion: cast.motion, tenths: tenths, grain: grain)
      if cast.motion.allSatisfy({ !scene.names(of: scene.objects[$0.object]).isEmpty }) {
        return scene
      }
    }
  }

  /// Objects whose ways lie apart, and what they do; nil if there was no room.
  private mutating func cast(
    _ count: Int, on background: Background, _ frame: PixelRect, tenths: Int
  ) -> (objects: [SceneObject], motion: [ObjectMotion])? {
    let movers = min(count, numbers.next(in: 1...2))
    // Two move at once, or the second when the first is done.
    let inTurn = movers == 2 && numbers.happens(1, of: 2)
    var objects: [SceneObject] = []
    var motion: [ObjectMotion] = []
    var ways: [PixelRect] = []
    for id in 0..<count {
      let model = objects.isEmpty || numbers.happens(2, of: 3) ? nil : numbers.pick(objects)
      var looks = looks(like: model, on: background)
      let kind = id < movers ? numbers.pick(ObjectMotion.Kind.allCases) : nil
      if let kind { looks = looks.fit(for: kind) }
      let half = tenths / 2
      let (start, end) = !inTurn ? (0, tenths) : id == 0 ? (0, half) : (half, tenths)
      var place: (center: ScenePoint, radius: Double, move: ObjectMotion?)?
      for _ in 0..<40 where place == nil {
        let radius = radius(of: looks.size, in: frame)
        let center = center(radius, in: frame)
        let move = kind.map { kind in
          ObjectMotion(
            object: id, kind: kind, start: start, end: end,
            distance: kind.isTravel ? frame.travel(kind) * numbers.next(in: 35...55) / 100 : 0)
        }
        let way = ShapePlacement(shape: looks.shape, center: center, radius: radius).way(move)
        guard way.x >= 1, way.y >= 1, way.right < frame.width, way.bottom < frame.height,
          !ways.contains(where: { $0.comes(within: 3, of: way) })
        else { continue }
        place = (center, radius, move)
        ways.append(way)
      }
      guard let place else { return nil }
      objects.append(looks.object(id: id, center: place.center, radius: place.radius))
      if let move = place.move { motion.append(move) }
    }
    return (objects, motion)
  }
}

extension ShapePlacement {
  /// All pixels over which it may come.
  fileprivate func way(_ move: ObjectMotion?) -> PixelRect {
    guard let move else { return reach }
    return (move.start...move.end).reduce(reach) { way, tenth in
      way.union(moved(by: move, after: Double(tenth)).reach)
    }
  }
}

extension SceneGenerator.Looks {
  /// Looks on which a motion can be seen: room to grow or to shrink, corners that turn.
  fileprivate func fit(for kind: ObjectMotion.Kind) -> SceneGenerator.Looks {
    var size = self.size
    var shape = self.shape
    switch kind {
    case .grows where size == .large: size = .medium
    case .shrinks: size = .large
    case .spins where !shape.showsTurns: shape = .star
    default: break
    }
    return SceneGenerator.Looks(
      shape: shape, color: color, size: size,
      material: material.shows(on: shape, size) ? material : .plain)
  }
}

extension ObjectMotion.Kind {
  /// Whether the object goes from one place to another.
  fileprivate var isTravel: Bool {
    switch self {
    case .movesLeft, .movesRight, .movesUp, .movesDown, .bounces: true
    case .spins, .grows, .shrinks: false
    }
  }
}

extension PixelRect {
  /// Pixels in the direction of a motion.
  fileprivate func travel(_ kind: ObjectMotion.Kind) -> Int {
    kind == .movesLeft || kind == .movesRight ? width : height
  }
}
