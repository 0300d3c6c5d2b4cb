/// The Snowball stemmer for English ("Porter2") in the version that METEOR 1.5 ships.
///
/// Words are UTF-16 units, as in the original: a letter outside the Basic Multilingual Plane counts
/// twice, and every unit other than a e i o u y is a non-vowel. Words come in lower case.
///
/// Source: `org.tartarus.snowball.ext.englishStemmer` of METEOR 1.5, by its stems.
///
/// Quirks kept: this is an old version; later releases of Snowball give other stems for words in
/// -ogist, -ing and others (`biologist`, `evening`, `paste`, `lateral`).
package enum EnglishStemmer {
  /// The stem of a word.
  package static func stem(_ word: String) -> String {
    var units = Array(word.utf16)
    stem(&units)
    return String(decoding: units, as: UTF16.self)
  }

  /// Puts the stem of a word in its place.
  package static func stem(_ word: inout [UInt16]) {
    guard word.count > 2 else { return }
    if let stem = EnglishStems.irregular[word] {
      word = stem
      return
    }
    var stemming = EnglishStemming(word)
    stemming.run()
    swap(&word, &stemming.word)
  }
}

/// A word on its way to its stem.
struct EnglishStemming {
  var word: [UInt16]
  /// Where the regions R1 and R2 begin: what follows the first non-vowel after a vowel, and the same
  /// within R1. They stay where they are while the word gets shorter.
  private var (first, second) = (0, 0)

  init(_ word: [UInt16]) { self.word = word }

  mutating func run() {
    markConsonants()
    markRegions()
    removePossessive()
    removePlural()
    guard !EnglishStems.final.contains(word) else { return finish() }
    removePast()
    if word.count > 2, let last = word.last, last == .y || last == .markedY,
      !isVowel(word.count - 2)
    {
      word[word.count - 1] = .i
    }
    shortenDouble()
    shortenSuffix()
    removeSuffix()
    removeEnd()
    finish()
  }

  /// A `y` at the start or after a vowel is a consonant, written `Y`.
  private mutating func markConsonants() {
    if word[0] == .apostrophe { word.removeFirst() }
    if word[0] == .y { word[0] = .markedY }
    for index in word.indices.dropFirst() where word[index] == .y && isVowel(index - 1) {
      word[index] = .markedY
    }
  }

  private mutating func finish() {
    for index in word.indices where word[index] == .markedY { word[index] = .y }
  }

  private mutating func markRegions() {
    if let start = EnglishStems.starts.first(where: { word.starts(with: $0) }) {
      first = start.count
    } else {
      first = regionStart(after: 0)
    }
    second = regionStart(after: first)
  }

  /// Behind the first non-vowel after a vowel, from a place on; the end where there is none.
  private func regionStart(after start: Int) -> Int {
    guard let vowel = (start..<word.count).first(where: { isVowel($0) }),
      let other = (vowel + 1..<word.count).first(where: { !isVowel($0) })
    else { return word.count }
    return other + 1
  }

  /// Step 0.
  private mutating func removePossessive() {
    if let suffix = longest(of: EnglishStems.possessives) { word.removeLast(suffix.ending.count) }
  }

  /// Step 1a.
  private mutating func removePlural() {
    guard let suffix = longest(of: EnglishStems.plurals) else { return }
    let start = word.count - suffix.ending.count
    switch suffix.ending.count {
    case 4: replace(suffix)
    case 3: word.removeLast(start > 1 ? 2 : 1)
    case 1:
      // A vowel before the letter that precedes the s.
      if start > 1, (0..<start - 1).contains(where: { isVowel($0) }) { word.removeLast() }
    default: break
    }
  }

  /// Step 1b.
  private mutating func removePast() {
    guard let suffix = longest(of: EnglishStems.pasts) else { return }
    let start = word.count - suffix.ending.count
    if !suffix.replacement.isEmpty {
      if start >= first { replace(suffix) }
      return
    }
    guard (0..<start).contains(where: { isVowel($0) }) else { return }
    word.removeLast(word.count - start)
    if let lengthened = longest(of: EnglishStems.lengthened) {
      replace(lengthened)
    } else if word.count > 1, let last = word.last, word[word.count - 2] == last,
      EnglishStems.doubled.contains(last)
    {
      word.removeLast()
    } else if word.count == first, endsInShortSyllable() {
      word.append(.e)
    }
  }

  /// Step 2.
  private mutating func shortenDouble() {
    guard let suffix = longest(of: EnglishStems.doubleSuffixes) else { return }
    let start = word.count - suffix.ending.count
    guard start >= first else { return }
    switch suffix.needs {
    case .nothing: break
    case .letters(let letters): guard start > 0, letters.contains(word[start - 1]) else { return }
    case .secondRegion: guard start >= second else { return }
    }
    replace(suffix)
  }

  /// Step 3.
  private mutating func shortenSuffix() {
    guard let suffix = longest(of: EnglishStems.suffixes) else { return }
    let start = word.count - suffix.ending.count
    guard start >= first else { return }
    if case .secondRegion = suffix.needs, start < second { return }
    replace(suffix)
  }

  /// Step 4.
  private mutating func removeSuffix() {
    guard let suffix = longest(of: EnglishStems.removed) else { return }
    let start = word.count - suffix.ending.count
    guard start >= second else { return }
    if case .letters(let letters) = suffix.needs {
      guard start > 0, letters.contains(word[start - 1]) else { return }
    }
    word.removeLast(suffix.ending.count)
  }

  /// Step 5.
  private mutating func removeEnd() {
    let start = word.count - 1
    guard start >= 0 else { return }
    switch word[start] {
    case .e:
      guard start >= second || start >= first && !endsInShortSyllable(before: start) else {
        return
      }
      word.removeLast()
    case .l where start >= second && start > 0 && word[start - 1] == .l:
      word.removeLast()
    default: break
    }
  }

  private func isVowel(_ index: Int) -> Bool {
    switch word[index] {
    case .a, .e, .i, .o, .u, .y: true
    default: false
    }
  }

  /// Non-vowel, vowel, non-vowel other than w x Y; or vowel, non-vowel at the very start.
  private func endsInShortSyllable(before end: Int? = nil) -> Bool {
    let end = end ?? word.count
    guard end > 1, !isVowel(end - 1), isVowel(end - 2) else { return false }
    if end == 2 { return true }
    return !isVowel(end - 3) && ![.w, .x, .markedY].contains(word[end - 1])
  }

  private func longest(of suffixes: [EnglishStems.Suffix]) -> EnglishStems.Suffix? {
    suffixes.first { suffix in
      let start = word.count - suffix.ending.count
      return start >= 0 && word.last == suffix.ending.last
        && word[start...].elementsEqual(suffix.ending)
    }
  }

  private mutating func replace(_ suffix: EnglishStems.Suffix) {
    word.removeLast(suffix.ending.count)
    word.append(contentsOf: suffix.replacement)
  }
}
