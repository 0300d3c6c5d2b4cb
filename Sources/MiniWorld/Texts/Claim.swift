/// Something that is true of a scene or not, or about which people would differ.
public indirect enum Claim: Sendable, Hashable {
  /// There are exactly as many objects of a kind.
  case count(ObjectDescription, Int)
  /// There are as many objects of a kind, or more.
  case atLeast(ObjectDescription, Int)
  /// What the objects lie on.
  case background(Background)
  /// An object of the first kind lies so to one of the second.
  case relation(ObjectDescription, Relation, ObjectDescription)
  /// An object of a kind lies in a part of the picture.
  case place(ObjectDescription, Place)
  /// All objects have a colour.
  case allColored(NamedColor)

  /// Whether it is true; nil where it is too close to say.
  public func holds(in scene: Scene) -> Bool? {
    switch self {
    case .count(let what, let count): return scene.objects(matching: what).count == count
    case .atLeast(let what, let count): return scene.objects(matching: what).count >= count
    case .background(let background): return scene.background == background
    case .allColored(let color): return scene.objects.allSatisfy { $0.color == color }
    case .relation(let one, let relation, let other):
      var isOpen = false
      for first in scene.objects(matching: one) {
        for second in scene.objects(matching: other) where second.id != first.id {
          if scene.relation(first, second) == relation { return true }
          if scene.holds(relation, first, second) != false { isOpen = true }
        }
      }
      return isOpen ? nil : false
    case .place(let what, let place):
      let answers = scene.objects(matching: what).map { place.holds($0, in: scene) }
      if answers.contains(true) { return true }
      return answers.contains(nil) ? nil : false
    }
  }
}

/// A part of a picture.
public enum Place: String, Sendable, Hashable, CaseIterable {
  case left, right, top, bottom, middle

  /// Whether an object lies there; nil where it is too close to say.
  public func holds(_ object: SceneObject, in scene: Scene) -> Bool? {
    let across = object.center.x / Double(scene.width)
    let down = object.center.y / Double(scene.height)
    switch self {
    case .left: return Self.clear(across, below: 0.36, never: 0.48)
    case .right: return Self.clear(1 - across, below: 0.36, never: 0.48)
    case .top: return Self.clear(down, below: 0.36, never: 0.48)
    case .bottom: return Self.clear(1 - down, below: 0.36, never: 0.48)
    case .middle:
      return Self.clear(
        max((across - 0.5).magnitude, (down - 0.5).magnitude), below: 0.11, never: 0.2)
    }
  }

  private static func clear(_ value: Double, below limit: Double, never: Double) -> Bool? {
    value < limit ? true : value > never ? false : nil
  }
}

/// A sentence and what it says of its scene: all of it is true where the sentence is.
public struct Statement: Sendable, Hashable {
  /// As a person would write it.
  public let text: String
  /// What it says.
  public let claims: [Claim]

  /// Whether all claims hold; nil where one is too close to say and none is false.
  public func holds(in scene: Scene) -> Bool? {
    let answers = claims.map { $0.holds(in: scene) }
    return answers.contains(false) ? false : answers.contains(nil) ? nil : true
  }
}
