/// The colour that a person would name.
public enum NamedColor: String, Sendable, Hashable, CaseIterable {
  /// Each is far from the others.
  case red, orange, yellow, green, blue, purple, pink, white, black
}
