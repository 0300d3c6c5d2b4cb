import Foundation
import Media
import Testing

/// The limit in bytes beside that in items.
@Suite struct ByteBudgetTests {
  /// Sizes whose sum in flight the work itself counts: it knows what it was let in with.
  private func highest(
    _ sizes: [Int], limit: Int, threads: Int, ahead: Int = 100
  ) -> (highest: Int, items: [Int]) {
    let inFlight = Counter()
    let highest = Counter()
    let budget = ByteBudget<Int, Int>(limit: limit, inWork: { $0 }, waiting: { $0 })
    let pipeline = DecodeAhead(sizes, threads: threads, ahead: ahead, budget: budget) { size in
      inFlight.add(size)
      highest.raise(to: inFlight.value)
      usleep(100)
      return size
    }
    var items: [Int] = []
    while true {
      // Counted off before the pipeline does, so that what is counted is never too much.
      if items.count < sizes.count { inFlight.add(-sizes[items.count]) }
      guard let element = pipeline.next() else { break }
      items.append(element.item)
    }
    return (highest.value, items)
  }

  @Test(arguments: [0, 1, 2, 7]) func neverMoreBytesThanTheLimit(_ threads: Int) {
    let sizes = (0..<300).map { $0 * 7919 % 40 + 1 }
    let (highest, items) = highest(sizes, limit: 100, threads: threads)
    #expect(items == sizes)
    #expect(highest <= 100)
  }

  /// The negative twin: with a higher limit there is more in flight.
  @Test func theLimitDecides() {
    let sizes = [Int](repeating: 10, count: 200)
    #expect(highest(sizes, limit: 40, threads: 4).highest <= 40)
    let begun = Counter()
    let budget = ByteBudget<Int, Int>(limit: 70, inWork: { $0 }, waiting: { $0 })
    let pipeline = DecodeAhead(sizes, threads: 4, ahead: 100, budget: budget) { size in
      begun.add(1)
      return size
    }
    for _ in 0..<1000 where begun.value < 7 { usleep(1000) }
    usleep(20_000)
    #expect(begun.value == 7)
    #expect(pipeline.next()?.item == 10)
  }

  /// What alone is above the limit is worked on alone, and stops nobody.
  @Test(arguments: [0, 1, 2, 7], [0, 1, 50]) func tooLargeForTheLimit(_ threads: Int, _ limit: Int)
  {
    let together = Counter()
    let most = Counter()
    let budget = ByteBudget<Int, Int>(limit: limit, inWork: { $0 }, waiting: { _ in 0 })
    let sizes = (0..<60).map { $0 % 5 == 2 ? Int.max : 1 }
    let pipeline = DecodeAhead(sizes, threads: threads, ahead: 9, budget: budget) { size in
      together.add(1)
      if size == Int.max { most.raise(to: together.value) }
      usleep(200)
      together.add(-1)
      return size
    }
    #expect(pipeline.map(\.item) == sizes)
    #expect(most.value == 1)
  }

  /// A result that takes up less than its work made room: more is begun.
  @Test func resultsCountWithTheirOwnSize() {
    let begun = Counter()
    let budget = ByteBudget<Int, Int>(limit: 100, inWork: { _ in 60 }, waiting: { _ in 20 })
    let pipeline = DecodeAhead(0..<50, threads: 4, ahead: 50, budget: budget) { item in
      begun.add(1)
      return item
    }
    // 20 + 20 + 60 fits, 20 + 20 + 20 + 60 does not.
    for _ in 0..<1000 where begun.value < 3 { usleep(1000) }
    usleep(20_000)
    #expect(begun.value == 3)
    #expect(pipeline.map(\.item) == Array(0..<50))
  }

  @Test func failuresTakeUpNothing() {
    struct Unlucky: Error {}
    let begun = Counter()
    let budget = ByteBudget<Int, Int>(limit: 10, inWork: { _ in 10 }, waiting: { _ in 10 })
    let pipeline = DecodeAhead(0..<20, threads: 2, ahead: 20, budget: budget) { item -> Int in
      begun.add(1)
      throw Unlucky()
    }
    for _ in 0..<1000 where begun.value < 20 { usleep(1000) }
    #expect(begun.value == 20)
    #expect(Array(pipeline).count == 20)
  }
}
