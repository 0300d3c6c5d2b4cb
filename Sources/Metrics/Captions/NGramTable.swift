/// Numbers for n-grams of word numbers: each is its first words' n-gram and a last word.
///
/// Numbers count from 0 in the order of first appearance over all lengths. Single words are found
/// by their number, longer n-grams by open addressing over the pair (n-gram before, last word).
package struct NGramTable: Sendable {
  /// What is known of an n-gram while captions are read, close together for the cache.
  package struct Record: Sendable {
    /// The n-gram without its last word; `NGramTable.none` for a single word.
    package let before: UInt32
    /// The last word.
    package let word: UInt32
    /// The caption that had it last, and its place among the n-grams of that caption.
    var lastCaption = NGramTable.none
    var place: UInt32 = 0
    /// The image whose references had it last, and how many images' references have it.
    var lastImage = NGramTable.none
    var imageCount: UInt32 = 0
  }

  /// No n-gram.
  package static let none = UInt32.max

  /// What is known of each n-gram.
  package internal(set) var records: [Record] = []
  private var numberOfWord: [UInt32] = []
  /// Number + 1 in the lower half, some bits of the hash in the upper half; 0 when free.
  private var slots: [UInt64]
  private var used = 0

  init(minimumCapacity: Int) {
    var size = 1 << 10
    while size < 2 * minimumCapacity { size *= 2 }
    slots = Array(repeating: 0, count: size)
    records.reserveCapacity(minimumCapacity)
  }

  /// The number of a single word, new or known.
  mutating func number(ofWord word: UInt32) -> UInt32 {
    while numberOfWord.count <= Int(word) { numberOfWord.append(Self.none) }
    let known = numberOfWord[Int(word)]
    if known != Self.none { return known }
    let number = UInt32(records.count)
    numberOfWord[Int(word)] = number
    records.append(Record(before: Self.none, word: word))
    return number
  }

  /// The number of a longer n-gram, new or known.
  mutating func number(of before: UInt32, then word: UInt32) -> UInt32 {
    let hash = Self.hash(before, word)
    let mask = slots.count - 1
    let mark = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if entry & 0xFFFF_FFFF_0000_0000 == mark {
        let number = UInt32(truncatingIfNeeded: entry) - 1
        let record = records[Int(number)]
        if record.before == before, record.word == word { return number }
      }
      slot = (slot + 1) & mask
    }
    let number = UInt32(records.count)
    records.append(Record(before: before, word: word))
    slots[slot] = mark | UInt64(number + 1)
    used += 1
    if 5 * used > 3 * slots.count { grow() }
    return number
  }

  /// Gives back the memory that only finding n-grams needs.
  mutating func freeze() {
    slots = []
    numberOfWord = []
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: 2 * slots.count)
    let mask = slots.count - 1
    for (number, record) in records.enumerated() where record.before != Self.none {
      let hash = Self.hash(record.before, record.word)
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(number + 1)
    }
  }

  private static func hash(_ before: UInt32, _ word: UInt32) -> UInt64 {
    let product = (UInt64(before) << 32 | UInt64(word))
      .multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
