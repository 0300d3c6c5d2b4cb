/// The characters that `\d` of a Python 3 pattern matches: Unicode's decimal digits, in any script.
///
/// The table is that of Unicode 14, which Python 3.11 holds, so that the answer does not change with
/// the Swift library.
package enum PythonDecimalDigit {
  /// Whether a scalar is a decimal digit.
  package static func contains(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar >= 0x30 && scalar <= 0x39 }
    guard scalar >= zeros[0] else { return false }
    // The last zero that is not above the scalar.
    var low = 0
    var high = zeros.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if zeros[middle] <= scalar { low = middle } else { high = middle }
    }
    return scalar - zeros[low] < 10
  }

  /// Whether a decimal digit starts at an index of well-formed UTF-8; false at the end.
  package static func starts(at index: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard index < text.count else { return false }
    let first = UInt32(text[index])
    if first < 0x80 { return contains(first) }
    let tails = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
    guard index + tails < text.count else { return false }
    var scalar = first & (0x3F >> UInt32(tails))
    for offset in 1...tails { scalar = scalar << 6 | UInt32(text[index + offset]) & 0x3F }
    return contains(scalar)
  }

  /// Whether a decimal digit ends just before an index of well-formed UTF-8; false at the start.
  package static func ends(before index: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = index - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start >= 0 && starts(at: start, in: text)
  }

  /// The digit zero of every script beyond ASCII; its digits follow it.
  private static let zeros: [UInt32] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0,
    0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0,
    0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0,
    0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0,
    0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0,
    0x1E950, 0x1FBF0,
  ]
}
