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
