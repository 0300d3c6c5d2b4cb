/// The phrases of the paraphrase table that stand in the captions of a corpus, and those of their
/// paraphrases that could stand in them too.
struct METEORPhrases: Sendable {
  /// A phrase at a place of a caption.
  struct Occurrence: Sendable {
    /// The place of its first word, counted from the caption's.
    let start: UInt32
    /// The phrase's number here.
    var phrase: UInt32
    /// How many words it has.
    let length: UInt32
  }

  /// The words of a paraphrase.
  struct Paraphrase: Sendable {
    /// Where they start in `paraphraseWords`.
    let start: UInt32
    let length: UInt16
    /// The bit of a `METEORPhraseFilter`.
    let bit: UInt16
  }

  /// Where the phrases of each caption start, and the end.
  private(set) var occurrenceStarts: [Int] = [0]
  /// The phrases in the captions: by place, shorter ones first.
  private(set) var occurrences: [Occurrence] = []
  /// Where the paraphrases of each phrase start, and the end.
  private(set) var paraphraseStarts: [Int] = [0]
  /// The paraphrases of the phrases in the table's order; only those whose neighbouring words are
  /// neighbours somewhere in the captions.
  private(set) var paraphrases: [Paraphrase] = []
  /// The words of the paraphrases.
  private(set) var paraphraseWords: [UInt16] = []
  /// How many words the longest of the paraphrases has.
  private(set) var longest = 0

  /// Finds them.
  ///
  /// - Parameter numbers: the paraphrase numbers of all words of the captions.
  /// - Throws: `METEORDataError.damaged`.
  init(
    _ captions: METEORCaptions, numbers: [UInt16], _ tree: METEORPhraseTree,
    _ header: METEORHeader, threads: Int
  ) throws {
    let starts = captions.starts
    let parts = Chunks.map(count: captions.count, threads: threads) { captions in
      Self.occurrences(in: captions, starts: starts, numbers: numbers, tree)
    }
    for part in parts {
      let base = occurrences.count
      occurrences += part.occurrences
      occurrenceStarts += part.ends.map { base + $0 }
    }
    let nodes = numberPhrases(nodes: tree.count)
    try Self.check(nodes, tree, header, threads: threads)
    let pairs = METEORNeighbours(starts: starts, numbers: numbers)
    let lists = try Chunks.map(count: nodes.count, threads: threads) { phrases in
      try Self.paraphrases(of: nodes[phrases], tree, pairs)
    }
    for list in lists {
      let (base, words) = (paraphrases.count, UInt32(paraphraseWords.count))
      paraphrases += list.paraphrases.map {
        Paraphrase(start: $0.start + words, length: $0.length, bit: $0.bit)
      }
      paraphraseWords += list.words
      paraphraseStarts += list.ends.map { base + $0 }
      longest = list.paraphrases.reduce(longest) { max($0, Int($1.length)) }
    }
  }

  /// The phrases of a caption.
  func occurrences(of caption: Int) -> Range<Int> {
    occurrenceStarts[caption]..<occurrenceStarts[caption + 1]
  }

  /// The paraphrases of a phrase.
  func paraphrases(of phrase: UInt32) -> Range<Int> {
    paraphraseStarts[Int(phrase)]..<paraphraseStarts[Int(phrase) + 1]
  }

  /// Numbers phrases by first appearance where the tree's nodes stand; gives the node of each.
  private mutating func numberPhrases(nodes count: Int) -> [UInt32] {
    var nodes: [UInt32] = []
    // Zeros that nobody touches cost nothing: 0 is the root, no phrase.
    let known = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: count)
    known.initialize(repeating: 0)
    defer { known.deallocate() }
    for index in occurrences.indices {
      let node = Int(occurrences[index].phrase)
      if known[node] == 0 {
        nodes.append(UInt32(truncatingIfNeeded: node))
        known[node] = UInt32(nodes.count)
      }
      occurrences[index].phrase = known[node] - 1
    }
    return nodes
  }

  private static func occurrences(
    in captions: Range<Int>, starts: [Int], numbers: [UInt16], _ tree: METEORPhraseTree
  ) -> (occurrences: [Occurrence], ends: [Int]) {
    var occurrences: [Occurrence] = []
    var ends: [Int] = []
    ends.reserveCapacity(captions.count)
    numbers.withUnsafeBufferPointer { numbers in
      for caption in captions {
        let words = UnsafeBufferPointer(
          rebasing: numbers[starts[caption]..<starts[caption + 1]])
        for start in words.indices {
          tree.forEachPhrase(startOf: UnsafeBufferPointer(rebasing: words[start...])) {
            occurrences.append(
              Occurrence(start: UInt32(start), phrase: $0, length: UInt32($1)))
          }
        }
        ends.append(occurrences.count)
      }
    }
    return (occurrences, ends)
  }

  /// Checks the blocks of the paraphrases that are about to be read.
  private static func check(
    _ nodes: [UInt32], _ tree: METEORPhraseTree, _ header: METEORHeader, threads: Int
  ) throws {
    var isUsed: [Bool] = []
    for node in nodes {
      for block in tree.blocks(of: node) {
        if block >= isUsed.count {
          isUsed += repeatElement(false, count: block + 1 - isUsed.count)
        }
        isUsed[block] = true
      }
    }
    let blocks = isUsed.indices.filter { isUsed[$0] }
    _ = try Chunks.map(count: blocks.count, threads: threads) { range in
      for block in blocks[range] { try header.checkBlock(block) }
    }
  }

  private static func paraphrases(
    of nodes: ArraySlice<UInt32>, _ tree: METEORPhraseTree, _ pairs: METEORNeighbours
  ) throws -> (paraphrases: [Paraphrase], words: [UInt16], ends: [Int]) {
    var paraphrases: [Paraphrase] = []
    var words: [UInt16] = []
    var ends: [Int] = []
    ends.reserveCapacity(nodes.count)
    for node in nodes {
      try tree.forEachParaphrase(of: node) { paraphrase in
        guard pairs.mayHold(paraphrase) else { return }
        var hash = METEORPhraseFilter.Hash()
        for word in paraphrase { hash.add(word) }
        paraphrases.append(
          Paraphrase(
            start: UInt32(words.count), length: UInt16(paraphrase.count), bit: hash.bit))
        words.append(contentsOf: paraphrase)
      }
      ends.append(paraphrases.count)
    }
    return (paraphrases, words, ends)
  }
}
