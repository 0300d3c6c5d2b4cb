import Metrics

/// The phrases of a paraphrase table as the tree that the compiled file holds: level by level, the
/// children of a node one after the other, sorted by word.
struct PhraseTree {
  /// The last word of each node; the root, node 0, has none.
  private(set) var words: [UInt16] = [0]
  /// Where each node's children begin, and the end.
  private(set) var children: [UInt32] = []
  /// Where each node's paraphrases begin among all, node by node, and the end.
  private(set) var starts: [UInt32] = [0]
  /// The runs of the table in the order of the nodes, those of one phrase in the table's.
  private(set) var runs: [UInt32] = []
  /// The node of the phrases that begin with each word, 0 for none.
  private(set) var firstNodes: [UInt32]

  init(_ table: ParaphraseTable, wordCount: Int) {
    firstNodes = Array(repeating: 0, count: wordCount + 1)
    let order = Self.sortedRuns(of: table)
    // For each node: the sorted runs that begin with its words, and how many words it has.
    var nodes: [(range: Range<Int>, depth: Int)] = [(order.indices, 0)]
    var next = 0
    while next < nodes.count {
      let (range, depth) = nodes[next]
      var index = range.lowerBound
      var total = starts[next]
      // Shorter phrases are sorted first: those that end here.
      while index < range.upperBound, table.runs[Int(order[index])].phrase.count == depth {
        let run = table.runs[Int(order[index])]
        runs.append(order[index])
        total += UInt32(run.paraphrases.count)
        index += 1
      }
      starts.append(total)
      children.append(UInt32(nodes.count))
      while index < range.upperBound {
        let word = Self.word(depth, of: order[index], table)
        var end = index + 1
        while end < range.upperBound, Self.word(depth, of: order[end], table) == word { end += 1 }
        if depth == 0 { firstNodes[Int(word)] = UInt32(nodes.count) }
        nodes.append((index..<end, depth + 1))
        words.append(word)
        index = end
      }
      next += 1
    }
    children.append(UInt32(nodes.count))
  }

  private static func word(_ index: Int, of run: UInt32, _ table: ParaphraseTable) -> UInt16 {
    table.phrases[Int(table.runs[Int(run)].phrase.lowerBound) + index]
  }

  /// The runs sorted by their phrases' words, shorter ones first, those of one phrase as they come.
  private static func sortedRuns(of table: ParaphraseTable) -> [UInt32] {
    table.phrases.withUnsafeBufferPointer { words in
      table.runs.withUnsafeBufferPointer { runs in
        (0..<UInt32(runs.count)).sorted { left, right in
          let (a, b) = (runs[Int(left)].phrase, runs[Int(right)].phrase)
          for offset in 0..<UInt32(min(a.count, b.count)) {
            let (x, y) = (words[Int(a.lowerBound + offset)], words[Int(b.lowerBound + offset)])
            if x != y { return x < y }
          }
          return (a.count, left) < (b.count, right)
        }
      }
    }
  }
}
