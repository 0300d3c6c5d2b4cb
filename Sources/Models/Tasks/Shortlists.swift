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
    package internal(set) var isForVisual: Bool
    /// Whether the picture is on the shortlist of the text.
    package internal(set) var isForText: Bool
  }

  /// For each picture or video the texts, most similar first.
  package let textsOfVisual: [[Entry]]
  /// For each text the pictures or videos, most similar first.
  package let visualsOfText: [[Entry]]

  package init(textsOfVisual: [[Entry]], visualsOfText: [[Entry]]) {
    self.textsOfVisual = textsOfVisual
    self.visualsOfText = visualsOfText
  }

  /// How many pairs `pairs(of:)` gives.
  package func pairCount(of visuals: Range<Int>) -> Int {
    let ofVisuals = visuals.map { Set(textsOfVisual[$0].map(\.index)) }
    let ofTexts = visualsOfText.enumerated().reduce(0) { count, texts in
      count
        + texts.element.count {
          visuals.contains(Int($0.index))
            && !ofVisuals[Int($0.index) - visuals.lowerBound].contains(Int32(texts.offset))
        }
    }
    return ofVisuals.reduce(ofTexts) { $0 + $1.count }
  }

  /// The pairs of some pictures or videos, their texts ascending. A pair that both want is there once.
  package func pairs(of visuals: Range<Int>) -> [[Pair]] {
    var pairs = visuals.map { visual in
      textsOfVisual[visual].map {
        Pair(
          text: Int($0.index), similarity: $0.similarity, isForVisual: true, isForText: false)
      }
    }
    for (text, entries) in visualsOfText.enumerated() {
      for entry in entries where visuals.contains(Int(entry.index)) {
        pairs[Int(entry.index) - visuals.lowerBound].append(
          Pair(text: text, similarity: entry.similarity, isForVisual: false, isForText: true))
      }
    }
    return pairs.map { pairs in
      var merged: [Pair] = []
      merged.reserveCapacity(pairs.count)
      for pair in pairs.sorted(by: { $0.text < $1.text }) {
        if let last = merged.last, last.text == pair.text {
          merged[merged.count - 1].isForVisual = true
          merged[merged.count - 1].isForText = true
        } else {
          merged.append(pair)
        }
      }
      return merged
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
