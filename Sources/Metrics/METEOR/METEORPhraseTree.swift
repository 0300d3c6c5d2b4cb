/// The phrases of METEOR's paraphrase table as a tree over words, with the paraphrases of each.
///
/// Words are their paraphrase numbers, from 1; 0 is a word that no paraphrase has.
struct METEORPhraseTree: Sendable {
  /// Words that follow one another: a part of a caption, or a paraphrase.
  typealias Words = UnsafeBufferPointer<UInt16>

  private let header: METEORHeader
  // Validated when opened, but for the paraphrases; kept alive by the header.
  private nonisolated(unsafe) let firstNodes: UnsafeBufferPointer<UInt32>
  private nonisolated(unsafe) let nodeWords: UnsafeBufferPointer<UInt16>
  private nonisolated(unsafe) let children: UnsafeBufferPointer<UInt32>
  private nonisolated(unsafe) let listStarts: UnsafeBufferPointer<UInt32>
  private nonisolated(unsafe) let lists: UnsafeBufferPointer<UInt16>
  private let wordCount: Int

  /// How many nodes there are.
  var count: Int { nodeWords.count }

  /// - Throws: `METEORDataError.damaged`.
  init(_ header: METEORHeader, wordCount: Int) throws {
    self.header = header
    self.wordCount = wordCount
    nodeWords = try header.numbers(.nodeWords, as: UInt16.self)
    let count = nodeWords.count
    // The root is nobody's child.
    children = try header.starts(.nodeChildren, from: 1, count: count, end: count)
    firstNodes = try header.numbers(.firstNodes, as: UInt32.self)
    lists = try header.numbers(.paraphrases, as: UInt16.self)
    listStarts = try header.starts(.nodeParaphrases, count: count, end: lists.count)
    guard firstNodes.count == wordCount + 1, firstNodes.allSatisfy({ $0 < count }) else {
      throw header.damaged(.firstNodes, at: header.range(.firstNodes).lowerBound)
    }
  }

  /// Calls `body` for each phrase that stands at the beginning of some words, shorter ones first.
  func forEachPhrase(startOf words: Words, _ body: (_ node: UInt32, _ length: Int) -> Void) {
    guard let word = words.first, word != 0 else { return }
    var node = Int(firstNodes[Int(word)])
    var length = 1
    while node != 0 {
      if listStarts[node] < listStarts[node + 1] {
        body(UInt32(truncatingIfNeeded: node), length)
      }
      guard length < words.count else { return }
      node = child(of: node, words[length])
      length += 1
    }
  }

  /// The node behind one by a word; 0 where there is none.
  private func child(of node: Int, _ word: UInt16) -> Int {
    var low = Int(children[node])
    let end = Int(children[node + 1])
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if nodeWords[middle] < word { low = middle + 1 } else { high = middle }
    }
    return low < end && nodeWords[low] == word ? low : 0
  }

  /// The blocks in which the paraphrases of a phrase lie.
  func blocks(of node: UInt32) -> Range<Int> {
    let start = header.range(.paraphrases).lowerBound
    return header.blocks(
      of: start + 2 * Int(listStarts[Int(node)])..<start + 2 * Int(listStarts[Int(node) + 1]))
  }

  /// Calls `body` for each paraphrase of a phrase in the table's order. Its block was checked.
  ///
  /// - Throws: `METEORDataError.damaged`.
  func forEachParaphrase(of node: UInt32, _ body: (Words) -> Void) throws {
    var place = Int(listStarts[Int(node)])
    let end = Int(listStarts[Int(node) + 1])
    while place < end {
      let length = Int(lists[place])
      guard length > 0, length < end - place else { throw damaged(place) }
      let words = UnsafeBufferPointer(rebasing: lists[place + 1...place + length])
      guard words.allSatisfy({ $0 > 0 && $0 <= wordCount }) else { throw damaged(place) }
      body(words)
      place += 1 + length
    }
  }

  private func damaged(_ place: Int) -> METEORDataError {
    header.damaged(.paraphrases, at: header.range(.paraphrases).lowerBound + 2 * place)
  }
}
