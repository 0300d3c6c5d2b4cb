import Evaluation
import Testing

@Suite("Parts of a run")
struct ShardTests {
  @Test(arguments: [("1/1", 1, 1), ("2/3", 2, 3), ("12/12", 12, 12)])
  func readsIOfN(text: String, index: Int, count: Int) throws {
    let shard = try #require(Shard(text))
    #expect(shard.index == index)
    #expect(shard.count == count)
    #expect("\(shard)" == text)
  }

  @Test(arguments: ["0/3", "4/3", "1", "1/0", "a/b", "1/2/3", "", "/", "-1/2", "1/ 2"])
  func refusesAnythingElse(text: String) {
    #expect(Shard(text) == nil)
  }

  @Test func partsAreAllAndDifferByOneAtMost() throws {
    for total in [0, 1, 2, 7, 60, 1000] {
      for count in 1...9 {
        let parts = try (1...count).map { try #require(Shard("\($0)/\(count)")).range(of: total) }
        #expect(parts.flatMap(Array.init) == Array(0..<total))
        let sizes = parts.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      }
    }
  }
}
