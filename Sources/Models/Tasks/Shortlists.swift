/// The most similar candidates of each query, both ways.
package struct Shortlists: Sendable, Equatable {
  /// For each picture or video the texts, most similar first.
  package let textsOfVisual: [[Int]]
  /// For each text the pictures or videos, most similar first.
  package let visualsOfText: [[Int]]
  /// The similarities in the order of `textsOfVisual`.
  package let similaritiesOfVisual: [[Float]]
  /// The similarities in the order of `visualsOfText`.
  package let similaritiesOfText: [[Float]]

  /// The texts with which a picture or a video makes pairs, ascending, those that want it and those
  /// that it wants, each once.
  package var textsToScore: [[Int]] {
    var texts = textsOfVisual
    for (text, visuals) in visualsOfText.enumerated() {
      for visual in visuals { texts[visual].append(text) }
    }
    return texts.map { Set($0).sorted() }
  }

  /// The places of the `count` largest numbers, largest first; of equals the first.
  package static func largest(_ count: Int, of numbers: [Float]) -> [Int] {
    let count = min(count, numbers.count)
    guard count > 0 else { return [] }
    func isBefore(_ a: Int, _ b: Int) -> Bool {
      numbers[a] > numbers[b] || (numbers[a] == numbers[b] && a < b)
    }
    // A heap whose root is the worst that is kept.
    var heap: [Int] = []
    heap.reserveCapacity(count)
    func sink(_ start: Int) {
      var place = start
      while true {
        var worst = place
        for child in [2 * place + 1, 2 * place + 2]
        where child < heap.count && isBefore(heap[worst], heap[child]) {
          worst = child
        }
        if worst == place { return }
        heap.swapAt(place, worst)
        place = worst
      }
    }
    for index in numbers.indices {
      if heap.count < count {
        heap.append(index)
        if heap.count == count { for place in (0..<count / 2).reversed() { sink(place) } }
      } else if isBefore(index, heap[0]) {
        heap[0] = index
        sink(0)
      }
    }
    return heap.sorted(by: isBefore)
  }
}
