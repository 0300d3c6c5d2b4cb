/// What an object of a clip does, from one time to another.
public struct ObjectMotion: Sendable, Hashable {
  /// The ways to move.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// To the left, straight on.
    case movesLeft = "moves left"
    /// To the right.
    case movesRight = "moves right"
    /// To the top.
    case movesUp = "moves up"
    /// To the bottom.
    case movesDown = "moves down"
    /// Up and down again, three times.
    case bounces
    /// Once around.
    case spins
    /// To about twice its size.
    case grows
    /// To about half its size.
    case shrinks
  }

  /// The id of the object.
  public let object: Int
  /// What it does.
  public let kind: Kind
  /// When it begins, in tenths of a second.
  public let start: Int
  /// When it is done, in tenths of a second.
  public let end: Int
  /// How far it goes in pixels; 0 for what stays in its place.
  public let distance: Int

  /// Puts a motion together.
  public init(object: Int, kind: Kind, start: Int, end: Int, distance: Int) {
    self.object = object
    self.kind = kind
    self.start = start
    self.end = end
    self.distance = distance
  }
}
