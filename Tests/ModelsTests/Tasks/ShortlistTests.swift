import Models
import TestSupport
import Testing

/// Shortlists by similarity, and the names of models.
@Suite struct ShortlistTests {
  private func largest(_ count: Int, _ numbers: [Float]) -> [Int] {
    numbers.withUnsafeBufferPointer { Shortlists.largest(count, of: $0).map { Int($0.index) } }
  }

  @Test func theLargestInOrder() {
    #expect(largest(3, [1, 5, 2, 5, 0]) == [1, 3, 2])
    #expect(largest(9, [1, 5, 2]) == [1, 2, 0])
    #expect(largest(0, [1]) == [] && largest(3, []) == [])
    var random = TestRandom(seed: 5)
    for _ in 0..<200 {
      let numbers = (0..<random.below(40)).map { _ in Float(random.below(12)) }
      let count = random.below(45)
      let sorted = numbers.indices.sorted { (numbers[$0], $1) > (numbers[$1], $0) }
      #expect(largest(count, numbers) == Array(sorted.prefix(count)))
    }
  }

  /// The pairs of random lists are those that looking through all lists gives.
  @Test func pairsOfRandomLists() {
    var random = TestRandom(seed: 12)
    for _ in 0..<60 {
      let (visuals, texts) = (1 + random.below(9), 1 + random.below(14))
      func lists(_ queries: Int, _ candidates: Int) -> [[Shortlists.Entry]] {
        (0..<queries).map { query in
          (0..<candidates).filter { _ in random.below(3) == 0 }.shuffled()
            .map { .init($0, Float(query * 100 + $0)) }
        }
      }
      let lists = Shortlists(
        textsOfVisual: lists(visuals, texts), visualsOfText: lists(texts, visuals))
      let first = random.below(visuals)
      let range = first..<first + 1 + random.below(visuals - first)
      let expected = range.map { visual in
        (0..<texts).compactMap { text -> [Int]? in
          let forVisual = lists.textsOfVisual[visual].contains { Int($0.index) == text }
          let forText = lists.visualsOfText[text].contains { Int($0.index) == visual }
          return forVisual || forText ? [text, forVisual ? 1 : 0, forText ? 1 : 0] : nil
        }
      }
      let pairs = lists.pairs(of: range)
      #expect(
        pairs.map { $0.map { [$0.text, $0.isForVisual ? 1 : 0, $0.isForText ? 1 : 0] } }
          == expected)
      #expect(lists.pairCount(of: range) == expected.reduce(0) { $0 + $1.count })
    }
  }
}
