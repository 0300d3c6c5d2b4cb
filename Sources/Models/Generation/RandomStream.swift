/// Random numbers of one item: they depend on the seed and the item alone, not on what is sampled beside
/// it.
///
/// Source: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
package struct RandomStream: RandomNumberGenerator, Sendable, Equatable {
  private var state: UInt64

  /// - Parameters:
  ///   - seed: The run's.
  ///   - item: The item's number or hash.
  package init(seed: UInt64, item: UInt64) {
    state = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mix(~item)
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
