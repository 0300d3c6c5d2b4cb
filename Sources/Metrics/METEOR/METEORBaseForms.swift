/// The synsets of a word and of its base forms, as WordNet's rules find them.
struct METEORBaseForms {
  private let words: METEORWordTable
  private var base: [UInt8] = []

  /// Endings and what takes their place, in the order in which they are tried.
  private static let rules: [(ending: [UInt8], replacement: [UInt8])] = [
    ("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"),
    ("men", "man"), ("ies", "y"), ("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"),
    ("ed", ""), ("ing", "e"), ("ing", ""), ("er", ""), ("est", ""), ("er", "e"), ("est", "e"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  init(_ words: METEORWordTable) { self.words = words }

  /// Appends the synsets of a word, some of them perhaps twice.
  ///
  /// - Parameters:
  ///   - index: the word's in the table; nil where it is not there.
  ///   - letters: how many UTF-16 units it has.
  mutating func appendSynsets(
    of word: UnsafeBufferPointer<UInt8>, index: Int?, letters: Int, to synsets: inout [UInt32]
  ) {
    if let index {
      synsets.append(contentsOf: words.synsets(of: index))
      // An irregular form has no other base forms, whether or not those have synsets.
      if words.kind(of: index) & METEORLayout.Kind.hasBases != 0 {
        for base in words.bases(of: index) {
          synsets.append(contentsOf: words.synsets(of: Int(base)))
        }
        return
      }
    }
    if letters <= 2 || word.count > 1 && word.suffix(2).elementsEqual([0x73, 0x73]) { return }
    for rule in Self.rules {
      guard word.count >= rule.ending.count,
        word.suffix(rule.ending.count).elementsEqual(rule.ending)
      else { continue }
      base.removeAll(keepingCapacity: true)
      base.append(contentsOf: word.dropLast(rule.ending.count))
      base.append(contentsOf: rule.replacement)
      let found = base.withUnsafeBufferPointer { base in
        words.index(of: base, hash: JavaHash.of(utf8: base))
      }
      if let found, words.kind(of: found) & METEORLayout.Kind.hasSynsets != 0 {
        synsets.append(contentsOf: words.synsets(of: found))
        return
      }
    }
  }
}
