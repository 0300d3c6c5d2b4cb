/// Lower-casing as Java's `String.toLowerCase` does it: by the full Unicode mapping, where U+0130
/// becomes `i` and U+0307, and a capital sigma at the end of a word becomes U+03C2.
package enum PTBLowercase {
  /// Appends the lower-case form of UTF-16 units as UTF-8.
  package static func append(_ units: UnsafeBufferPointer<UInt16>, to bytes: inout [UInt8]) {
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(units.count)
    var decoder = UTF16()
    var iterator = units.makeIterator()
    decoding: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): scalars.append(scalar)
      case .error: scalars.append("\u{FFFD}")
      case .emptyInput: break decoding
      }
    }
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\u{3A3}": put(endsWord(scalars, index) ? "\u{3C2}" : "\u{3C3}", into: &bytes)
      // Every other mapping looks at nothing but the scalar.
      default: bytes += scalar.properties.lowercaseMapping.utf8
      }
    }
  }

  private static func put(_ scalar: Unicode.Scalar, into bytes: inout [UInt8]) {
    bytes += String(Character(scalar)).utf8
  }

  /// Whether a cased letter stands before a scalar in its word, and none after it.
  ///
  /// Source: `ConditionalSpecialCasing.isFinalCased` of OpenJDK 17; its word borders are
  /// followed as far as they can lie inside a token.
  private static func endsWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    var before = index
    while before > 0, !scalars[before - 1].properties.isCased {
      guard isJoined(scalars, at: before) else { return false }
      before -= 1
    }
    guard before > 0, isJoined(scalars, at: before) else { return false }
    var after = index + 1
    while after < scalars.count, isJoined(scalars, at: after) {
      if scalars[after].properties.isCased { return false }
      after += 1
    }
    return true
  }

  private enum Kind { case word, middle, ignored, other }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      return .word
    case .nonspacingMark, .enclosingMark, .spacingMark:
      return .ignored
    case .dashPunctuation, .connectorPunctuation:
      return .middle
    case .format where scalar != "\u{AD}":
      return .ignored
    default:
      return ["'", "\"", ".", "\u{AD}", "\u{2027}"].contains(scalar) ? .middle : .other
    }
  }

  /// Whether no word border lies before the scalar at an index.
  private static func isJoined(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    let left = scalars[..<index].lazy.map(kind).filter { $0 != .ignored }
    var backwards = left.reversed().makeIterator()
    let here = kind(scalars[index])
    switch (backwards.next() ?? .other, here) {
    case (_, .ignored), (.word, .word):
      return true
    case (.middle, .word):
      return backwards.next() == .word
    case (.word, .middle):
      let right = scalars[(index + 1)...].lazy.map(kind)
      return right.first { $0 != .ignored } == .word
    default:
      return false
    }
  }
}
