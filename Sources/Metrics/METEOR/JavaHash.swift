/// Java's hash of a string: `h ← 31·h + unit` over UTF-16 units, in 32 bits.
///
/// METEOR compares words and stems by it, so that `as` equals `c5`.
package enum JavaHash {
  /// The hash of UTF-16 units.
  package static func of(_ units: some Sequence<UInt16>) -> UInt32 {
    var hash: UInt32 = 0
    for unit in units { hash = 31 &* hash &+ UInt32(unit) }
    return hash
  }

  /// The hash of a text in UTF-8.
  package static func of(utf8 bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt32 = 0
    for byte in bytes {
      guard byte < 0x80 else { return of(String(decoding: bytes, as: UTF8.self).utf16) }
      hash = 31 &* hash &+ UInt32(byte)
    }
    return hash
  }
}
