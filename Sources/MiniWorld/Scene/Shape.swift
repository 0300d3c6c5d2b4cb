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
