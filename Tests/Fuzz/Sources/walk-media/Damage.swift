/// Damaged copies of a file: cut short, and with bytes changed. Always the same for the same file.
enum Damage {
  /// The file cut at its start, inside its header, in its middle and before its last byte.
  static func cuts(of bytes: [UInt8]) -> [[UInt8]] {
    let count = bytes.count
    return Set([0, 1, 2, 11, 40, count / 4, count / 2, count / 4 * 3, count - 1])
      .filter { 0 <= $0 && $0 < count }.sorted().map { Array(bytes.prefix($0)) }
  }

  /// Copies with a few bytes changed: half of them in the first 512 bytes, where headers are.
  static func changes(of bytes: [UInt8], count: Int) -> [[UInt8]] {
    guard !bytes.isEmpty else { return [] }
    var random = Sequence(state: UInt64(bytes.count))
    return (0..<count).map { number in
      var copy = bytes
      let reach = number % 2 == 0 ? min(512, bytes.count) : bytes.count
      for _ in 0..<(1 + random.next(below: 8)) {
        copy[random.next(below: reach)] = UInt8(random.next(below: 256))
      }
      return copy
    }
  }

  /// Numbers that look random (SplitMix64).
  private struct Sequence {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state &+= 0x9e37_79b9_7f4a_7c15
      var value = state
      value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
      value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
      return Int((value ^ (value >> 31)) % UInt64(bound))
    }
  }
}
