/// A regular expression over UTF-16 units.
///
/// A string literal is a *folded* text: its letters match either case. That is full case folding,
/// so `i` also matches U+0130 and U+0131, `s` U+017F and `k` U+212A. Text that is to match as it
/// stands is written `.exact("…")`, and a set of units `.any("a-z")`.
indirect enum PTBPattern: Sendable, ExpressibleByStringLiteral {
  /// One unit of a set.
  case unit(PTBUnitSet)
  /// One pattern after another; an empty sequence matches nothing at all, and does so anywhere.
  case sequence([PTBPattern])
  /// Any one of the patterns.
  case choice([PTBPattern])
  /// A pattern at least `minimum` times, and at most `maximum` times if there is a maximum.
  case repetition(PTBPattern, minimum: Int, maximum: Int?)

  init(stringLiteral text: String) {
    self = .sequence(text.utf16.map { .unit(Self.bothCases($0)) })
  }

  /// A text whose letters match only as they stand.
  static func exact(_ text: String) -> PTBPattern {
    .sequence(text.utf16.map { .unit(PTBUnitSet($0)) })
  }

  /// A text whose first letter matches only as it stands and the rest in either case.
  static func capitalized(_ text: String) -> PTBPattern {
    let units = Array(text.utf16)
    let head = units.prefix(1).map { PTBPattern.unit(PTBUnitSet($0)) }
    return .sequence(head + units.dropFirst().map { .unit(bothCases($0)) })
  }

  /// One unit of a set.
  static func any(_ set: PTBUnitSet) -> PTBPattern { .unit(set) }

  /// One unit that is in none of the sets.
  static func none(of sets: PTBUnitSet...) -> PTBPattern {
    .unit(PTBUnitSet(ranges: sets.flatMap(\.ranges)).inverted)
  }

  /// One pattern after another.
  static func seq(_ parts: PTBPattern...) -> PTBPattern { .sequence(parts) }

  /// Any one of the patterns.
  static func either(_ options: PTBPattern...) -> PTBPattern { .choice(options) }

  /// Any one of the folded texts, which stand between spaces.
  static func words(_ list: String) -> PTBPattern {
    .choice(list.split(separator: " ").map { PTBPattern(stringLiteral: String($0)) })
  }

  /// Any one of the capitalized texts, which stand between spaces.
  static func capitalizedWords(_ list: String) -> PTBPattern {
    .choice(list.split(separator: " ").map { capitalized(String($0)) })
  }

  /// Nothing or the pattern.
  static func optional(_ parts: PTBPattern...) -> PTBPattern {
    .repetition(.sequence(parts), minimum: 0, maximum: 1)
  }

  /// The pattern any number of times.
  static func many(_ parts: PTBPattern...) -> PTBPattern {
    .repetition(.sequence(parts), minimum: 0, maximum: nil)
  }

  /// The pattern one or more times.
  static func some(_ parts: PTBPattern...) -> PTBPattern {
    .repetition(.sequence(parts), minimum: 1, maximum: nil)
  }

  /// The pattern as often as a range says.
  static func times(_ range: ClosedRange<Int>, _ parts: PTBPattern...) -> PTBPattern {
    .repetition(.sequence(parts), minimum: range.lowerBound, maximum: range.upperBound)
  }

  /// How many units every match has, if all have the same number.
  var fixedLength: Int? {
    switch self {
    case .unit:
      return 1
    case .sequence(let parts):
      return parts.reduce(0 as Int?) { sum, part in
        guard let sum, let length = part.fixedLength else { return nil }
        return sum + length
      }
    case .choice(let options):
      let lengths = Set(options.map(\.fixedLength))
      return lengths.count == 1 ? lengths.first ?? nil : nil
    case .repetition(let body, let minimum, let maximum):
      guard minimum == maximum, let length = body.fixedLength else { return nil }
      return minimum * length
    }
  }

  /// The same pattern, except that no unit of a set matches anywhere in it.
  func excluding(_ set: PTBUnitSet) -> PTBPattern {
    switch self {
    case .unit(let members):
      return .unit(members.inverted.union(set).inverted)
    case .sequence(let parts):
      return .sequence(parts.map { $0.excluding(set) })
    case .choice(let options):
      return .choice(options.map { $0.excluding(set) })
    case .repetition(let body, let minimum, let maximum):
      return .repetition(body.excluding(set), minimum: minimum, maximum: maximum)
    }
  }

  private static func bothCases(_ unit: UInt16) -> PTBUnitSet {
    let lower = unit | 0x20
    guard lower >= 0x61, lower <= 0x7A else { return PTBUnitSet(unit) }
    var members = [lower, lower - 0x20]
    switch lower {
    case 0x69: members += [0x130, 0x131]
    case 0x6B: members.append(0x212A)
    case 0x73: members.append(0x17F)
    default: break
    }
    return PTBUnitSet(ranges: members.map { $0...$0 })
  }
}
