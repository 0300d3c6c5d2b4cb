/// What the objects lie on.
public enum Background: String, Sendable, Hashable, CaseIterable {
  /// Each with a texture of its own.
  case grass, sand, wood, snow, water
  /// Red bricks with light joints.
  case brickWall = "brick wall"
  /// Dark, with stars.
  case nightSky = "night sky"

  /// Colours that cannot be told from it at a glance; objects of them are not put there.
  public var similarColors: Set<NamedColor> {
    switch self {
    case .grass: [.green]
    case .sand: [.yellow, .orange, .white]
    case .wood: [.orange, .red]
    case .snow: [.white]
    case .water: [.blue]
    case .brickWall: [.red, .orange]
    case .nightSky: [.black, .blue, .purple]
    }
  }
}
