import Reporting
import Testing

/// Counting of scores for drawings.
@Suite struct DistributionTests {
  @Test func fewValues() throws {
    let few = try #require(Distribution([100, 0, 30, 0, .nan, 100, 100], top: 100))
    #expect(few.isDiscrete && few.count == 6 && few.mean == 55)
    #expect(few.bins.map(\.low) == [0, 30, 100])
    #expect(few.bins.map(\.count) == [2, 1, 3])
    #expect(Distribution([], top: 1) == nil)
    #expect(Distribution([.nan], top: 1) == nil)
  }

  @Test func manyValues() throws {
    let values = (0...100).map { Double($0) / 100 }
    let many = try #require(Distribution(values, top: 1))
    #expect(!many.isDiscrete && many.bins.count == 20)
    #expect(many.bins.map(\.count).reduce(0, +) == 101)
    // The right end is in the last bin.
    #expect(many.bins.last?.count == 6 && many.bins.last?.high == 1)
    #expect(many.highest == 6)
    // Order does not matter.
    #expect(Distribution(values.reversed(), top: 1)?.bins == many.bins)
    // What lies beyond the axis is in the outermost bins, what is negative begins the axis.
    let wide = try #require(Distribution(values + [-1, 7], top: 1))
    #expect(wide.bins.first?.low == -1 && wide.bins.first?.count == 1)
    #expect(wide.bins.map(\.count).reduce(0, +) == 103)
  }
}
