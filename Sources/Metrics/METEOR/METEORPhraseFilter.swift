/// Says of a word sequence that it is not in a caption, or that it may be: a bit for the hash of
/// each sequence of the caption.
struct METEORPhraseFilter {
  /// The hash of words that come one by one.
  struct Hash {
    private var state: UInt32 = 0x811C_9DC5

    @inline(__always)
    mutating func add(_ word: UInt16) {
      state = (state ^ UInt32(word)) &* 0x9E37_79B1
      state ^= state >> 15
    }

    /// The bit of the filter.
    @inline(__always) var bit: UInt16 { UInt16(truncatingIfNeeded: state) & 4095 }
  }

  private var bits = [UInt64](repeating: 0, count: 64)

  /// Holds the sequences of a caption, none longer than a number of words.
  mutating func hold(_ words: some RandomAccessCollection<UInt16>, longest: Int) {
    for index in bits.indices { bits[index] = 0 }
    for start in words.indices {
      var hash = Hash()
      for word in words[start...].prefix(longest) {
        // What lies behind a word without a number is in no phrase.
        guard word != 0 else { break }
        hash.add(word)
        bits[Int(hash.bit) >> 6] |= 1 << UInt64(hash.bit & 63)
      }
    }
  }

  /// Whether a sequence with this bit may be in the caption.
  @inline(__always)
  func mayHold(_ bit: UInt16) -> Bool {
    bits[Int(bit) >> 6] & 1 << UInt64(bit & 63) != 0
  }
}

/// Says of two words that they are neighbours in no caption of a corpus, or that they may be.
struct METEORNeighbours: Sendable {
  private var words = [Bool](repeating: false, count: 1 << 16)
  private var pairs = [UInt64](repeating: 0, count: 1 << 14)

  /// - Parameter numbers: the paraphrase numbers of all words of the captions.
  init(starts: [Int], numbers: [UInt16]) {
    for caption in starts.indices.dropLast() {
      var last: UInt16 = 0
      for number in numbers[starts[caption]..<starts[caption + 1]] {
        words[Int(number)] = true
        let bit = Self.bit(last, number)
        pairs[bit >> 6] |= 1 << UInt64(bit & 63)
        last = number
      }
    }
  }

  /// Whether all words, and all neighbours, may be those of some caption.
  func mayHold(_ phrase: UnsafeBufferPointer<UInt16>) -> Bool {
    if phrase.count == 1 { return words[Int(phrase[0])] }
    for index in 1..<phrase.count {
      let bit = Self.bit(phrase[index - 1], phrase[index])
      if pairs[bit >> 6] & 1 << UInt64(bit & 63) == 0 { return false }
    }
    return true
  }

  private static func bit(_ left: UInt16, _ right: UInt16) -> Int {
    let pair = UInt64(left) << 16 | UInt64(right)
    return Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) >> 44)
  }
}
