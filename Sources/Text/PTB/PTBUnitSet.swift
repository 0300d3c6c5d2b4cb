/// A set of UTF-16 units, as sorted ranges that neither touch nor overlap.
///
/// A string literal is read as the inside of a regular expression's square brackets: `a-z` is a
/// range, a hyphen at either end is itself, and nothing else has a meaning.
struct PTBUnitSet: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The members, lowest first.
  let ranges: [ClosedRange<UInt16>]

  /// Every unit.
  static let all = PTBUnitSet(ranges: [0...0xFFFF])

  /// The set of all units that lie in any of the ranges, which may come in any order.
  init(ranges: [ClosedRange<UInt16>]) {
    var merged: [ClosedRange<UInt16>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, Int(range.lowerBound) <= Int(last.upperBound) + 1 {
        let upper = max(last.upperBound, range.upperBound)
        merged[merged.count - 1] = last.lowerBound...upper
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  /// The set of one unit.
  init(_ unit: UInt16) {
    self.init(ranges: [unit...unit])
  }

  init(stringLiteral members: String) {
    let units = Array(members.utf16)
    var ranges: [ClosedRange<UInt16>] = []
    var index = 0
    while index < units.count {
      if index + 2 < units.count, units[index + 1] == 0x2D {
        ranges.append(units[index]...units[index + 2])
        index += 3
      } else {
        ranges.append(units[index]...units[index])
        index += 1
      }
    }
    self.init(ranges: ranges)
  }

  /// Reads `0041-005A 00AA`: hexadecimal units and inclusive ranges between white space.
  init(hexadecimalRanges text: String) {
    var ranges: [ClosedRange<UInt16>] = []
    var lower: UInt16?
    var unit: UInt16?
    func endItem() {
      if let unit { ranges.append((lower ?? unit)...unit) }
      lower = nil
      unit = nil
    }
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39: unit = (unit ?? 0) << 4 | UInt16(byte - 0x30)
      case 0x41...0x46: unit = (unit ?? 0) << 4 | UInt16(byte - 0x41 + 10)
      case 0x2D:
        lower = unit
        unit = nil
      default: endItem()
      }
    }
    endItem()
    self.init(ranges: ranges)
  }

  /// The units in this set or in another.
  func union(_ other: PTBUnitSet) -> PTBUnitSet {
    PTBUnitSet(ranges: ranges + other.ranges)
  }

  /// The units that are not in this set.
  var inverted: PTBUnitSet {
    var gaps: [ClosedRange<UInt16>] = []
    var next = 0
    for range in ranges {
      if next < Int(range.lowerBound) { gaps.append(UInt16(next)...(range.lowerBound - 1)) }
      next = Int(range.upperBound) + 1
    }
    if next <= 0xFFFF { gaps.append(UInt16(next)...0xFFFF) }
    return PTBUnitSet(ranges: gaps)
  }
}
