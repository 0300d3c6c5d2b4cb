/// Finds the longest token that starts at a place of a word: an open hash table over bytes, so that a
/// candidate costs one multiplication and no string.
struct WordPieceIndex: Sendable {
  /// Ids, -1 for a free place; the number of places is a power of two.
  private let places: [Int32]
  private let bytes: [UInt8]
  private let starts: [Int32]
  /// What the tokens begin with and candidates lack.
  private let prefixCount: Int
  /// The longest candidate in bytes.
  private let longest: Int
  /// Two tokens that are alike, if there are any.
  let duplicate: (Int32, Int32)?

  /// Indexes the tokens that begin with a prefix, without it.
  init(bytes: [UInt8], starts: [Int32], prefix: [UInt8]) {
    let count = starts.count - 1
    var size = 16
    while size < 2 * count { size *= 2 }
    var places = [Int32](repeating: -1, count: size)
    var longest = 0
    var duplicate: (Int32, Int32)?
    for id in 0..<max(0, count) {
      let token = bytes[Int(starts[id])..<Int(starts[id + 1])]
      guard token.starts(with: prefix) else { continue }
      let rest = token.dropFirst(prefix.count)
      longest = max(longest, rest.count)
      var place = Self.place(rest.reduce(Self.seed, Self.step), size)
      while places[place] >= 0 {
        let other = Int(places[place])
        let earlier = bytes[Int(starts[other])..<Int(starts[other + 1])]
        if duplicate == nil, earlier.elementsEqual(token) {
          duplicate = (Int32(other), Int32(id))
        }
        place = (place + 1) & (size - 1)
      }
      places[place] = Int32(id)
    }
    (self.places, self.bytes, self.starts) = (places, bytes, starts)
    (self.longest, self.duplicate) = (longest, duplicate)
    prefixCount = prefix.count
  }

  /// The id of a whole candidate.
  func find(_ candidate: UnsafeBufferPointer<UInt8>) -> Int32? {
    find(candidate[...], candidate.reduce(Self.seed, Self.step))
  }

  /// The longest token that is a prefix of a word's rest.
  ///
  /// A token is whole UTF-8, and so the match ends between code points.
  ///
  /// - Parameter hashes: room for as many numbers as the rest has bytes.
  func longestPrefix(
    of rest: Slice<UnsafeBufferPointer<UInt8>>, _ hashes: inout [UInt64]
  ) -> (id: Int32, length: Int)? {
    let most = min(rest.count, longest)
    if hashes.count < most { hashes += [UInt64](repeating: 0, count: most - hashes.count) }
    var hash = Self.seed
    for offset in 0..<most {
      hash = Self.step(hash, rest[rest.startIndex + offset])
      hashes[offset] = hash
    }
    for length in stride(from: most, to: 0, by: -1) {
      if let id = find(rest.prefix(length), hashes[length - 1]) { return (id, length) }
    }
    return nil
  }

  @inline(__always)
  private func find(_ candidate: Slice<UnsafeBufferPointer<UInt8>>, _ hash: UInt64) -> Int32? {
    var place = Self.place(hash, places.count)
    while places[place] >= 0 {
      let id = Int(places[place])
      let start = Int(starts[id]) + prefixCount
      if Int(starts[id + 1]) - start == candidate.count,
        candidate.indices.allSatisfy({ bytes[start + $0 - candidate.startIndex] == candidate[$0] })
      {
        return Int32(id)
      }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// FNV-1a, one byte further.
  @inline(__always)
  private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  @inline(__always)
  private static func place(_ hash: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: (hash ^ hash >> 32) & UInt64(size - 1))
  }
}
