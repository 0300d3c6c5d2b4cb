/// The most similar candidates of each query, both ways.
package struct Shortlists: Sendable, Equatable {
  /// A candidate on a shortlist.
  package struct Entry: Sendable, Equatable {
    /// The candidate.
    package let index: Int32
    /// Its similarity to the query.
    package let similarity: Float

    package init(_ index: Int, _ similarity: Float) {
      self.index = Int32(index)
      self.similarity = similarity
    }
  }

  /// A text that is scored with a picture or a video.
  package struct Pair: Sendable, Equatable {
    /// The text.
    package let text: Int
    /// How similar the two are.
    package let similarity: Float
    /// Whether the text is on the shortlist of the picture.
    package let isForVisual: Bool
    /// Whether the picture is on the shortlist of the text.
    package let isForText: Bool
  }

  /// For each picture or video the texts, most similar first.
  package let textsOfVisual: [[Entry]]
  /// For each text the pictures or videos, most similar first.
  package let visualsOfText: [[Entry]]

  /// The texts that have each picture on their shortlists, ascending: `visualsOfText` by picture. Those
  /// of picture `i` are at `starts[i]..<starts[i + 1]`.
  private let textsThatWant: [Entry]
  private let starts: [Int]

  package init(textsOfVisual: [[Entry]], visualsOfText: [[Entry]]) {
    self.textsOfVisual = textsOfVisual
    self.visualsOfText = visualsOfText
    var starts = [Int](repeating: 0, count: textsOfVisual.count + 1)
    for entries in visualsOfText {
      for entry in entries { starts[Int(entry.index) + 1] += 1 }
    }
    for visual in textsOfVisual.indices { starts[visual + 1] += starts[visual] }
    var next = starts
    var wanted = [Entry](repeating: Entry(0, 0), count: starts[textsOfVisual.count])
    for (text, entries) in visualsOfText.enumerated() {
      for entry in entries {
        wanted[next[Int(entry.index)]] = Entry(text, entry.similarity)
        next[Int(entry.index)] += 1
      }
    }
    textsThatWant = wanted
    self.starts = starts
  }

  /// How many pairs `pairs(of:)` gives.
  package func pairCount(of visuals: Range<Int>) -> Int {
    visuals.reduce(0) { count, visual in
      let own = Set(textsOfVisual[visual].map(\.index))
      let others = textsThatWant[starts[visual]..<starts[visual + 1]]
      return count + own.count + others.count { !own.contains($0.index) }
    }
  }

  /// The pairs of some pictures or videos, their texts ascending. A pair that both want is there once.
  package func pairs(of visuals: Range<Int>) -> [[Pair]] {
    visuals.map { visual in
      let own = textsOfVisual[visual].sorted { $0.index < $1.index }
      let others = textsThatWant[starts[visual]..<starts[visual + 1]]
      var pairs: [Pair] = []
      pairs.reserveCapacity(own.count + others.count)
      var place = others.startIndex
      func add(_ entry: Entry, forVisual: Bool, forText: Bool) {
        pairs.append(
          Pair(
            text: Int(entry.index), similarity: entry.similarity, isForVisual: forVisual,
            isForText: forText))
      }
      for entry in own {
        while place < others.endIndex, others[place].index < entry.index {
          add(others[place], forVisual: false, forText: true)
          place += 1
        }
        let isWanted = place < others.endIndex && others[place].index == entry.index
        add(entry, forVisual: true, forText: isWanted)
        if isWanted { place += 1 }
      }
      while place < others.endIndex {
        add(others[place], forVisual: false, forText: true)
        place += 1
      }
      return pairs
    }
  }

  /// The `count` largest of some similarities, largest first; of equals the first.
  package static func largest(_ count: Int, of similarities: UnsafeBufferPointer<Float>) -> [Entry]
  {
    let count = min(count, similarities.count)
    guard count > 0 else { return [] }
    func isBefore(_ a: Int, _ b: Int) -> Bool {
      similarities[a] > similarities[b] || (similarities[a] == similarities[b] && a < b)
    }
    // A heap whose root is the worst that is kept.
    var heap: [Int] = Array(0..<count)
    func sink(_ start: Int) {
      var place = start
      while true {
        var worst = place
        for child in [2 * place + 1, 2 * place + 2]
        where child < count && isBefore(heap[worst], heap[child]) {
          worst = child
        }
        if worst == place { return }
        heap.swapAt(place, worst)
        place = worst
      }
    }
    for place in (0..<count / 2).reversed() { sink(place) }
    for index in count..<similarities.count where isBefore(index, heap[0]) {
      heap[0] = index
      sink(0)
    }
    return heap.sorted(by: isBefore).map { Entry($0, similarities[$0]) }
  }
}
