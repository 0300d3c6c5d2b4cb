import Models
import TestSupport
import Testing

/// Shortlists and what is entered of them.
@Suite struct ShortlistTests {
  @Test func theLargestInOrder() {
    #expect(Shortlists.largest(3, of: [1, 5, 2, 5, 0]) == [1, 3, 2])
    #expect(Shortlists.largest(9, of: [1, 5, 2]) == [1, 2, 0])
    #expect(Shortlists.largest(0, of: [1]) == [] && Shortlists.largest(3, of: []) == [])
    var random = TestRandom(seed: 5)
    for _ in 0..<200 {
      let numbers = (0..<random.below(40)).map { _ in Float(random.below(12)) }
      let count = random.below(45)
      let sorted = numbers.indices.sorted { (numbers[$0], $1) > (numbers[$1], $0) }
      #expect(Shortlists.largest(count, of: numbers) == Array(sorted.prefix(count)))
    }
  }

  @Test func namesOfTheRegistry() throws {
    let names = try ModelRegistry.cards().map(\.name)
    #expect(Set(names).count == names.count && !names.isEmpty)
    #expect(ModelRegistry.isFile("a.yaml") && ModelRegistry.isFile("dir/config.json"))
    for name in names { #expect(!ModelRegistry.isFile(name)) }
  }
}
