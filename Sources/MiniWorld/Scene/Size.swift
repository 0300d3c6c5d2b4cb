/// How large an object is in its picture; each is well apart from the next.
public enum Size: String, Sendable, Hashable, CaseIterable, Comparable {
  /// A radius of 9, 14 or 21 hundredths of the shorter side, about.
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
