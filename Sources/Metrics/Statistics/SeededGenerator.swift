/// Random numbers that depend on the seed and the stream alone, on every machine: xoshiro256**,
/// whose state SplitMix64 fills.
///
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// A generator for a seed. Streams of one seed are independent of one another: each resample has
  /// its own, so that results do not depend on how the work is spread over threads.
  public init(seed: UInt64, stream: UInt64 = 0) {
    var fill = seed
    // The stream goes through the mixer, so that neighbouring streams start far apart.
    fill ^= Self.mixed(stream &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03)
    func next() -> UInt64 {
      fill &+= 0x9E37_79B9_7F4A_7C15
      return Self.mixed(fill)
    }
    state = (next(), next(), next(), next())
  }

  /// The next 64 bits.
  @inline(__always)
  public mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = (state.3 << 45) | (state.3 >> 19)
    return result
  }

  /// An index below a bound, all equally likely: a product's upper half, drawn again where the
  /// lower half shows the bias.
  ///
  /// Source: Lemire, "Fast random integer generation in an interval" (2019).
  @inline(__always)
  public mutating func index(below bound: Int) -> Int {
    let width = UInt64(bound)
    var product = next().multipliedFullWidth(by: width)
    if product.low < width {
      let threshold = (0 &- width) % width
      while product.low < threshold { product = next().multipliedFullWidth(by: width) }
    }
    return Int(truncatingIfNeeded: product.high)
  }

  /// SplitMix64's output function.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
