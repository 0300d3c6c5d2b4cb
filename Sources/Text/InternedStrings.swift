/// A pool of distinct byte strings, each known by a small number.
///
/// Two strings are the same only if their bytes are: metrics compare code points, and `String`
/// compares by canonical equivalence. Numbers count from 0 in the order of first appearance.
package struct InternedStrings: Sendable {
  private var bytes: [UInt8] = []
  /// Where string k ends; it starts where string k - 1 ends.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Open addressing: slot -> number + 1, 0 when free. Always a power of two.
  private var slots: [UInt32]

  /// Makes an empty pool.
  ///
  /// - Parameter minimumCapacity: how many strings it takes without growing.
  package init(minimumCapacity: Int = 64) {
    var size = 128
    while size < 2 * minimumCapacity { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  /// How many distinct strings the pool holds.
  package var count: Int { ends.count }

  /// The number of a string, new or known.
  package mutating func intern(_ string: String) -> UInt32 {
    var string = string
    return string.withUTF8 { intern($0) }
  }

  /// The number of a byte string, new or known.
  package mutating func intern(_ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = Self.hash(key)
    let (slot, found) = probe(key, hash)
    if let found { return found }
    let number = UInt32(ends.count)
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = number + 1
    if 2 * ends.count > slots.count { grow() }
    return number
  }

  /// The number of a byte string if the pool holds it.
  package func number(of key: UnsafeBufferPointer<UInt8>) -> UInt32? {
    probe(key, Self.hash(key)).found
  }

  /// The number of a string if the pool holds it.
  package func number(of string: String) -> UInt32? {
    var string = string
    return string.withUTF8 { number(of: $0) }
  }

  /// The string with a number.
  package subscript(number: UInt32) -> String {
    withBytes(of: number) { String(decoding: $0, as: UTF8.self) }
  }

  /// Lends the bytes of a string.
  package func withBytes<Result>(
    of number: UInt32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let index = Int(number)
    let start = index == 0 ? 0 : ends[index - 1]
    let end = ends[index]
    return try bytes.withUnsafeBufferPointer { all in
      try body(UnsafeBufferPointer(rebasing: all[start..<end]))
    }
  }

  private func probe(
    _ key: UnsafeBufferPointer<UInt8>, _ hash: UInt64
  ) -> (slot: Int, found: UInt32?) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      if hashes[Int(number)] == hash, withBytes(of: number, { $0.elementsEqual(key) }) {
        return (slot, number)
      }
      slot = (slot + 1) & mask
    }
    return (slot, nil)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: 2 * slots.count)
    let mask = slots.count - 1
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number) + 1
    }
  }

  /// Eight bytes a step, mixed by a 128-bit product. Seedless: only the numbers' order would show
  /// a seed, and that is the order of first appearance.
  private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(key.count)
    var index = 0
    while index < key.count {
      var word: UInt64 = 0
      let width = min(8, key.count - index)
      for offset in 0..<width { word |= UInt64(key[index + offset]) << UInt64(8 * offset) }
      let product = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
      state = product.high ^ product.low
      index += 8
    }
    return state
  }
}
