/// `round(x, digits)` of Python 3: the exact binary value is rounded to the decimal place, halves to
/// the even digit, and the decimal result is read back as the nearest double.
///
/// `2.675` is below its decimal spelling, so it becomes 2.67; going through `x * 100` would give
/// 2.68.
///
/// Source: CPython, `float.__round__` (`double_round` over `_Py_dg_dtoa`).
package enum PythonRound {
  /// Rounds to 0…3 decimal places. Infinities and what is no number come back as they are.
  package static func round(_ value: Double, digits: Int) -> Double {
    precondition((0...3).contains(digits), "0 to 3 decimal places")
    // From 2^52 on every double is a whole number.
    guard value.isFinite, value.magnitude < 0x1p52, value != 0 else { return value }
    var power: UInt64 = 1
    for _ in 0..<digits { power *= 10 }
    // |value| = significand · 2^exponent exactly, with a significand of at most 53 bits.
    let bits = value.magnitude.bitPattern
    let field = Int(bits >> 52)
    let fraction = bits & 0xF_FFFF_FFFF_FFFF
    let significand = field == 0 ? fraction : fraction | 1 << 52
    let exponent = max(field, 1) - 1075
    // Below 2^52 the exponent is negative. The product is below 2^63.
    let product = significand * power
    let shift = -exponent
    let units: UInt64
    if shift > 63 {
      units = 0
    } else {
      let whole = product >> UInt64(shift)
      let rest = product - (whole << UInt64(shift))
      let half: UInt64 = 1 << UInt64(shift - 1)
      units = rest > half || (rest == half && whole & 1 == 1) ? whole + 1 : whole
    }
    let magnitude: Double
    if units < 1 << 53 {
      // Both are exact, so the division is the correctly rounded decimal.
      magnitude = Double(units) / Double(power)
    } else {
      let tail = String(units % power)
      let zeros = String(repeating: "0", count: digits - tail.count)
      magnitude = Double("\(units / power).\(zeros)\(tail)") ?? value.magnitude
    }
    return value.sign == .minus ? -magnitude : magnitude
  }
}
