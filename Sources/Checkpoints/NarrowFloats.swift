/// Float32 numbers with 16 bits: the nearest one, of two the even one.
///
/// In integers, since the processors that we build for have no instruction for it: the compiler's
/// own conversion calls a function for each number.
package enum NarrowFloat {
  /// The bits of the nearest float16; infinity from 65520 on, what is no number stays none.
  package static func half(_ float: Float) -> UInt16 {
    let bits = float.bitPattern
    let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
    let size = bits & 0x7FFF_FFFF
    if size >= 0x4780_0000 { return sign | (size > 0x7F80_0000 ? 0x7E00 : 0x7C00) }
    if size < 0x3880_0000 {
      // Below 2^-14 the step is 2^-24, that of float32 between 0.5 and 1: the sum is rounded so.
      let sum = Float(bitPattern: size) + 0.5
      return sign | UInt16(truncatingIfNeeded: sum.bitPattern &- 0x3F00_0000)
    }
    // 112 less in the exponent; the carry of rounding goes into it where it should.
    let rounded = size &- 0x3800_0000 &+ 0xFFF &+ (size >> 13 & 1)
    return sign | UInt16(truncatingIfNeeded: rounded >> 13)
  }

  /// The bits of the nearest bfloat16; what is no number stays none.
  static func brain(_ float: Float) -> UInt16 {
    let bits = float.bitPattern
    if bits & 0x7FFF_FFFF > 0x7F80_0000 { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
    return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
  }
}
