/// A 64-bit checksum that finds what a disk or a copy damaged, at the speed of memory. It does not
/// resist somebody who wants to deceive; nothing but reading within bounds may rest on it.
package enum BlockChecksum {
  /// How many bytes a block of a compiled file has; the last one may be shorter.
  package static let blockSize = 1 << 16

  private static let odd: (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F)

  /// The checksum of some bytes.
  package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    // Four lanes keep the multiplier busy.
    var (a, b, c, d) = (UInt64(1), UInt64(2), UInt64(3), UInt64(bytes.count))
    var index = 0
    while index + 32 <= bytes.count {
      a = mix(a, word(bytes, index))
      b = mix(b, word(bytes, index + 8))
      c = mix(c, word(bytes, index + 16))
      d = mix(d, word(bytes, index + 24))
      index += 32
    }
    while index < bytes.count {
      a = mix(a, UInt64(bytes[index]))
      index += 1
    }
    return finish(finish(a) ^ finish(b &+ odd.0) ^ finish(c &+ odd.1) ^ finish(d ^ odd.0))
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  private static func mix(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let product = (lane ^ word) &* odd.0
    return product ^ (product >> 29)
  }

  private static func finish(_ lane: UInt64) -> UInt64 {
    let product = (lane ^ (lane >> 32)) &* odd.1
    return product ^ (product >> 29)
  }
}
