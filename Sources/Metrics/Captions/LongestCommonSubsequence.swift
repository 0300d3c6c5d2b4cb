/// The length of the longest common subsequence of one sequence of word numbers with others.
///
/// Up to 64 words the rows of the usual table are kept as bits: a whole row is one addition.
///
/// Source: Hyyrö, "Bit-parallel LCS-length computation revisited" (2004).
struct LongestCommonSubsequence {
  private var first: [UInt32] = []
  /// The places of each distinct word of the first sequence, as bits.
  private var masks: [UInt64] = []
  private var index = LocalIndex()
  private var row: [Int32] = []

  /// Takes the sequence that the others are compared with.
  mutating func setFirst(_ words: UnsafeBufferPointer<UInt32>) {
    first.removeAll(keepingCapacity: true)
    first.append(contentsOf: words)
    guard words.count <= 64 else { return }
    masks.removeAll(keepingCapacity: true)
    index.clear(for: words.count)
    for (place, word) in words.enumerated() {
      let mask = index.insert(word, at: masks.count)
      if mask == masks.count { masks.append(0) }
      masks[mask] |= 1 << UInt64(place)
    }
  }

  /// The length for another sequence.
  mutating func length(with words: UnsafeBufferPointer<UInt32>) -> Int {
    first.count <= 64 ? lengthByBits(words) : lengthByTable(words)
  }

  private func lengthByBits(_ words: UnsafeBufferPointer<UInt32>) -> Int {
    var row = ~UInt64(0)
    for word in words {
      let place = index.place(of: word)
      guard place >= 0 else { continue }
      let matches = row & masks[place]
      row = (row &+ matches) | (row & ~matches)
    }
    let width = UInt64(first.count)
    let used = width == 64 ? ~0 : (UInt64(1) << width) - 1
    return (~row & used).nonzeroBitCount
  }

  private mutating func lengthByTable(_ words: UnsafeBufferPointer<UInt32>) -> Int {
    row.removeAll(keepingCapacity: true)
    row.append(contentsOf: repeatElement(0, count: words.count + 1))
    for word in first {
      var diagonal: Int32 = 0
      for place in 0..<words.count {
        let above = row[place + 1]
        row[place + 1] = words[place] == word ? diagonal + 1 : max(above, row[place])
        diagonal = above
      }
    }
    return Int(row[words.count])
  }
}
