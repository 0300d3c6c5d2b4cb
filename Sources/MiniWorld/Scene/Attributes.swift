/// What an object looks like from afar.
public enum Shape: String, Sendable, Hashable, CaseIterable {
  /// A disc.
  case circle
  /// Upright.
  case square
  /// With a corner at the top.
  case triangle
  /// Of five points, one at the top.
  case star
  /// With the tip at the bottom.
  case heart
  /// Higher than wide.
  case diamond
  /// A disc with a hole.
  case ring
  /// Like a plus sign.
  case cross
}

/// The colour that a person would name.
public enum NamedColor: String, Sendable, Hashable, CaseIterable {
  case red, orange, yellow, green, blue, purple, pink, white, black
}

/// How large an object is in its picture; each is well apart from the next.
public enum Size: String, Sendable, Hashable, CaseIterable, Comparable {
  case small, medium, large

  /// Smaller first.
  public static func < (one: Size, other: Size) -> Bool { one.rank < other.rank }

  /// 0 for small, 2 for large.
  private var rank: Int {
    switch self {
    case .small: 0
    case .medium: 1
    case .large: 2
    }
  }

  /// The radius in hundredths of the picture's shorter side.
  var hundredths: Int {
    switch self {
    case .small: 9
    case .medium: 14
    case .large: 21
    }
  }
}

/// What is on an object.
public enum Material: String, Sendable, Hashable, CaseIterable {
  /// One colour all over.
  case plain
  /// Stripes of a second colour.
  case striped
  /// Dots of a second colour.
  case dotted

  /// Whether it can be made out on an object: stripes and dots need room.
  public func shows(on shape: Shape, _ size: Size) -> Bool {
    switch self {
    case .plain: true
    case .striped, .dotted: size != .small && shape != .ring && shape != .cross
    }
  }
}

/// What the objects lie on.
public enum Background: String, Sendable, Hashable, CaseIterable {
  case grass, sand, wood, snow, water
  case brickWall = "brick wall"
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
