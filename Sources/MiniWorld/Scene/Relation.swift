/// How an object lies to another one, seen from the front.
public enum Relation: String, Sendable, Hashable, CaseIterable {
  /// Farther left.
  case leftOf = "left of"
  /// Farther right.
  case rightOf = "right of"
  /// Higher.
  case above
  /// Lower.
  case below

  /// What holds the other way round.
  public var opposite: Relation {
    switch self {
    case .leftOf: .rightOf
    case .rightOf: .leftOf
    case .above: .below
    case .below: .above
    }
  }

  /// How far the first lies in this direction from the second, in pixels between their middles.
  func distance(_ one: SceneObject, _ other: SceneObject) -> Double {
    switch self {
    case .leftOf: other.center.x - one.center.x
    case .rightOf: one.center.x - other.center.x
    case .above: other.center.y - one.center.y
    case .below: one.center.y - other.center.y
    }
  }
}

extension Scene {
  /// Pixels between two middles from which on a person sees that one is farther left or higher.
  var clearDistance: Double { Double(min(width, height)) / 10 }

  /// The one relation by which a person would say where `one` lies to `other`; nil if they lie
  /// askew, so that people would differ.
  public func relation(_ one: SceneObject, _ other: SceneObject) -> Relation? {
    let sideways = one.center.x - other.center.x
    let down = one.center.y - other.center.y
    let (longer, shorter) = (
      max(sideways.magnitude, down.magnitude), min(sideways.magnitude, down.magnitude)
    )
    guard longer >= clearDistance, longer >= 1.5 * shorter else { return nil }
    if sideways.magnitude > down.magnitude { return sideways < 0 ? .leftOf : .rightOf }
    return down < 0 ? .above : .below
  }

  /// Whether a relation holds between the middles of two objects: nil where it is too close to say.
  public func holds(_ relation: Relation, _ one: SceneObject, _ other: SceneObject) -> Bool? {
    let distance = relation.distance(one, other)
    if distance.magnitude < clearDistance { return nil }
    return distance > 0
  }

  /// The object that lies farthest in a direction among some, such as the leftmost; nil if it is a
  /// close thing or there are fewer than two.
  public func farthest(_ relation: Relation, among some: [SceneObject]) -> SceneObject? {
    guard some.count > 1 else { return nil }
    return some.first { one in
      some.allSatisfy { $0.id == one.id || holds(relation, one, $0) == true }
    }
  }
}
