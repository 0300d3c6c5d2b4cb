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
}
