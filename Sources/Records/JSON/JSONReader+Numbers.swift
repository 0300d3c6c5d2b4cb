extension JSONReader {
  /// Reads an integer.
  ///
  /// - Throws: `JSONError` for another kind, for a fraction or an exponent (`1.0` too: a file that
  ///   has it was written by a program that took the number for a float), and beyond 64 bits.
  package mutating func readInt() throws -> Int {
    skipWhitespace()
    let start = cursor
    guard let number = try scanNumber() else { throw unexpected("an integer") }
    if let integer = number.integer { return integer }
    let text = text(from: start, to: cursor)
    throw error(
      number.isInteger
        ? "expected an integer of 64 bits, found \(text)" : "expected an integer, found \(text)",
      at: start - base)
  }

  /// Reads a number as the double nearest to it.
  ///
  /// - Throws: `JSONError` for another kind and for a number that no double holds (`1e999`).
  package mutating func readDouble() throws -> Double {
    skipWhitespace()
    let start = cursor
    guard let number = try scanNumber() else { throw unexpected("a number") }
    return try double(number, from: start)
  }

  /// The value of the number between a place and the cursor.
  func double(_ number: JSONNumber, from start: UnsafePointer<UInt8>) throws -> Double {
    // Clinger's fast path: both are exact doubles, so one operation rounds once.
    if !number.isLong, number.digits <= 1 << 53, -22...22 ~= number.exponent {
      let digits = Double(number.digits)
      let value =
        number.exponent < 0
        ? digits / Self.powersOfTen[-number.exponent] : digits * Self.powersOfTen[number.exponent]
      return number.isNegative ? -value : value
    }
    // Rounds exactly and, unlike `strtod`, does not look at the locale.
    let text = text(from: start, to: cursor)
    guard let value = Double(text), value.isFinite else {
      throw error("\(text) is too large for a double", at: start - base)
    }
    return value
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Validates the number under the cursor and passes it; nil where none begins.
  mutating func scanNumber() throws -> JSONNumber? {
    var number = JSONNumber()
    var place = cursor
    if byte == UInt8(ascii: "-") {
      number.isNegative = true
      place += 1
      if place < end, place[0] == UInt8(ascii: "I") || place[0] == UInt8(ascii: "N") {
        throw unexpected("a number")
      }
    } else if !Self.isDigit(byte) {
      return nil
    }
    let integer = place
    try number.append(digits(&place))
    if integer[0] == UInt8(ascii: "0"), place - integer > 1 {
      throw error("a number has no leading zero", at: cursor - base)
    }
    if place < end, place[0] == UInt8(ascii: ".") {
      place += 1
      let fraction = place
      try number.append(digits(&place))
      number.exponent = -(place - fraction)
      number.isInteger = false
    }
    if place < end, place[0] | 0x20 == UInt8(ascii: "e") {
      place += 1
      number.isInteger = false
      var isNegative = false
      if place < end, place[0] == UInt8(ascii: "-") || place[0] == UInt8(ascii: "+") {
        isNegative = place[0] == UInt8(ascii: "-")
        place += 1
      }
      // Clamped far outside a double's range, which the slow path then sees in the text.
      let exponent = try digits(&place).reduce(0) { min($0 * 10 + Int($1 & 0x0F), 1 << 20) }
      number.exponent += isNegative ? -exponent : exponent
    }
    cursor = place
    return number
  }

  /// The digits at a place, at least one.
  @inline(__always)
  private func digits(_ place: inout UnsafePointer<UInt8>) throws -> UnsafeBufferPointer<UInt8> {
    let start = place
    while place < end, Self.isDigit(place[0]) { place += 1 }
    if place == start {
      throw place == end
        ? endsInside("a number")
        : error("a number needs a digit here, found \(character(at: place))", at: place - base)
    }
    return UnsafeBufferPointer(start: start, count: place - start)
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

/// A decimal number: `digits` times ten to the `exponent`.
struct JSONNumber {
  var digits: UInt64 = 0
  var exponent = 0
  var isNegative = false
  /// Whether neither a point nor an exponent was written.
  var isInteger = true
  /// Whether `digits` could not hold all digits.
  var isLong = false

  /// The value, if it was written as an integer and 64 bits hold it.
  @inline(__always)
  var integer: Int? {
    guard isInteger, !isLong, digits <= UInt64(Int.max) + (isNegative ? 1 : 0) else { return nil }
    return Int(truncatingIfNeeded: isNegative ? 0 &- digits : digits)
  }

  @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    for digit in text {
      // Beyond this, ten times the value and nine may pass 64 bits.
      if digits > (UInt64.max - 9) / 10 {
        isLong = true
        return
      }
      digits = digits &* 10 &+ UInt64(digit & 0x0F)
    }
  }
}
