import Text

/// What METEOR needs to know of each word of a corpus, by the word's number.
struct METEORVocabulary: Sendable {
  /// Words are equal for the exact module if these are: classes of Java's hash.
  private(set) var keys: [UInt32] = []
  /// Words have equal stems if these are: classes of the stem's hash.
  private(set) var stems: [UInt32] = []
  /// The number of the word in paraphrases; 0 for one that no paraphrase has.
  private(set) var paraphraseNumbers: [UInt16] = []
  /// Whether it is a function word.
  private(set) var isFunction: [Bool] = []
  /// Where the synonyms of each word start, and the end.
  private(set) var synonymStarts: [Int] = [0]
  /// The words of the corpus that share a synset with a word.
  private(set) var synonyms: [UInt32] = []

  /// How many words there are; greater than every class.
  var count: Int { keys.count }

  init(_ vocabulary: InternedStrings, _ words: METEORWordTable) {
    let count = vocabulary.count
    keys.reserveCapacity(count)
    stems.reserveCapacity(count)
    var keyClasses: [UInt32: UInt32] = [:]
    var stemClasses: [UInt32: UInt32] = [:]
    var baseForms = METEORBaseForms(words)
    var units: [UInt16] = []
    var synsets: [UInt32] = []
    // Synset in the upper half, word in the lower.
    var members: [UInt64] = []
    for number in 0..<UInt32(count) {
      vocabulary.withBytes(of: number) { bytes in
        units.removeAll(keepingCapacity: true)
        units.append(contentsOf: String(decoding: bytes, as: UTF8.self).utf16)
        let letters = units.count
        let hash = JavaHash.of(units)
        keys.append(keyClasses.number(of: hash))
        EnglishStemmer.stem(&units)
        stems.append(stemClasses.number(of: JavaHash.of(units)))

        let index = words.index(of: bytes, hash: hash)
        let kind = index.map { words.kind(of: $0) } ?? 0
        paraphraseNumbers.append(
          UInt16(truncatingIfNeeded: kind & METEORLayout.Kind.paraphraseNumber))
        isFunction.append(kind & METEORLayout.Kind.isFunction != 0)
        synsets.removeAll(keepingCapacity: true)
        baseForms.appendSynsets(of: bytes, index: index, letters: letters, to: &synsets)
        for synset in synsets { members.append(UInt64(synset) << 32 | UInt64(number)) }
      }
    }
    pair(&members)
  }

  /// The words that share a synset with a word.
  func synonyms(of word: UInt32) -> Range<Int> {
    synonymStarts[Int(word)]..<synonymStarts[Int(word) + 1]
  }

  /// Finds the words of each word's synsets.
  private mutating func pair(_ members: inout [UInt64]) {
    members.sort()
    // A word in the upper half, one of its synonyms in the lower.
    var pairs: [UInt64] = []
    var start = 0
    while start < members.count {
      var end = start + 1
      while end < members.count, members[end] >> 32 == members[start] >> 32 { end += 1 }
      if end - start > 1 {
        for left in start..<end {
          let word = members[left] << 32
          for right in start..<end where members[right] != members[left] {
            pairs.append(word | members[right] & 0xFFFF_FFFF)
          }
        }
      }
      start = end
    }
    pairs.sort()
    synonyms.reserveCapacity(pairs.count)
    var next = 0
    for word in 0..<UInt64(count) {
      while next < pairs.count, pairs[next] >> 32 == word {
        if next == 0 || pairs[next] != pairs[next - 1] {
          synonyms.append(UInt32(truncatingIfNeeded: pairs[next]))
        }
        next += 1
      }
      synonymStarts.append(synonyms.count)
    }
  }
}

extension [UInt32: UInt32] {
  /// The class of a hash: a new one gets the next number.
  fileprivate mutating func number(of hash: UInt32) -> UInt32 {
    let next = UInt32(count)
    return { (value: inout UInt32?) in
      if let value { return value }
      value = next
      return next
    }(&self[hash])
  }
}
