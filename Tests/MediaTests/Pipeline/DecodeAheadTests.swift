import Foundation
import Media
import Synchronization
import TestSupport
import Testing

/// Order, bounds and ends of the pipeline, with work whose course the tests decide.
@Suite struct DecodeAheadTests {
  private struct Unlucky: Error, Equatable { let item: Int }

  /// Waits until something holds; false after ten seconds.
  private func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<10_000 {
      if condition() { return true }
      usleep(1000)
    }
    return false
  }

  @Test(arguments: [0, 1, 2, 7], [1, 3, 16])
  func theSameForAnyNumberOfThreads(_ threads: Int, _ ahead: Int) throws {
    let pipeline = DecodeAhead(0..<200, threads: threads, ahead: ahead) { item in
      // Later items are often ready before earlier ones.
      usleep(UInt32(item * 7919 % 5 * 100))
      if item % 10 == 3 { throw Unlucky(item: item) }
      return item * item
    }
    var indices: [Int] = []
    for element in pipeline {
      indices.append(element.index)
      #expect(element.item == element.index)
      switch element.result {
      case .success(let output): #expect(output == element.item * element.item)
      case .failure(let error): #expect(error as? Unlucky == Unlucky(item: element.item))
      }
      #expect(((try? element.result.get()) == nil) == (element.item % 10 == 3))
    }
    #expect(indices == Array(0..<200))
    #expect(pipeline.next() == nil)
  }

  @Test(arguments: [0, 1, 7]) func nothingToDo(_ threads: Int) {
    let pipeline = DecodeAhead([Int](), threads: threads) { $0 }
    #expect(pipeline.next() == nil)
  }

  /// Nobody takes: exactly `ahead` items are begun, and one more for each that is taken.
  @Test(arguments: [1, 2, 7], [1, 4, 9]) func neverMoreThanAhead(_ threads: Int, _ ahead: Int) {
    let begun = Counter()
    let pipeline = DecodeAhead(0..<100, threads: threads, ahead: ahead) { item in
      begun.add(1)
      return item
    }
    #expect(eventually { begun.value == ahead })
    usleep(20_000)
    #expect(begun.value == ahead)
    for taken in 1...20 {
      #expect(pipeline.next()?.item == taken - 1)
      #expect(eventually { begun.value == ahead + taken })
      usleep(1000)
      #expect(begun.value == ahead + taken)
    }
  }

  /// While a consumer takes as fast as it can: nothing is begun that is further than `ahead` from it.
  @Test func neverMoreThanAheadAtFullSpeed() {
    let asked = Counter()
    let furthest = Counter()
    let pipeline = DecodeAhead(0..<20_000, threads: 7, ahead: 5) { item in
      furthest.raise(to: item - asked.value)
      return item
    }
    while true {
      asked.add(1)
      if pipeline.next() == nil { break }
    }
    #expect((0...5).contains(furthest.value))
  }

  @Test(arguments: [1, 2, 7]) func theFirstItemsAreTheSlowest(_ threads: Int) {
    let pipeline = DecodeAhead(0..<30, threads: threads, ahead: 8) { item in
      usleep(item % 8 == 0 ? 20_000 : 0)
      return item
    }
    #expect(pipeline.map(\.item) == Array(0..<30))
  }

  @Test func outputsDoNotWaitForEachOther() {
    // The first item ends only when the fourth has been worked on.
    let fourth = DispatchSemaphore(value: 0)
    let pipeline = DecodeAhead(0..<4, threads: 2, ahead: 4) { item in
      if item == 0 { fourth.wait() }
      if item == 3 { fourth.signal() }
      return item
    }
    #expect(pipeline.map(\.item) == [0, 1, 2, 3])
  }

  /// What the work holds is let go when the pipeline is: no thread is in it any more.
  @Test(arguments: [0, 1, 7]) func stoppingEarly(_ threads: Int) {
    final class Held: Sendable {}
    weak var held: Held?
    let begun = Counter()
    func takeThree() {
      let witness = Held()
      held = witness
      let pipeline = DecodeAhead(0..<1000, threads: threads, ahead: 10) { item in
        begun.add(1)
        usleep(500)
        return (item, witness)
      }
      for element in pipeline where element.index == 2 { break }
    }
    takeThree()
    #expect(held == nil)
    let count = begun.value
    #expect((3...13).contains(count))
    usleep(20_000)
    #expect(begun.value == count)
  }

  @Test func neverAsked() {
    let begun = Counter()
    do {
      let pipeline = DecodeAhead(0..<1000, threads: 3, ahead: 4) { _ in begun.add(1) }
      withExtendedLifetime(pipeline) { #expect(eventually { begun.value == 4 }) }
    }
    usleep(5000)
    #expect(begun.value == 4)
  }

  /// A consumer that waits gets nil when another thread cancels.
  @Test func cancelledWhileSomebodyWaits() {
    let release = DispatchSemaphore(value: 0)
    let (taken, done) = (Counter(), Counter())
    let pipeline = DecodeAhead(0..<10, threads: 2, ahead: 2) { item in
      if item > 0 { release.wait() }
      return item
    }
    let consumer = Thread {
      while pipeline.next() != nil { taken.add(1) }
      done.add(1)
    }
    consumer.start()
    #expect(eventually { taken.value == 1 })
    // Both threads are in items that end only after this.
    let canceller = Thread { pipeline.cancel() }
    canceller.start()
    #expect(eventually { done.value == 1 })
    release.signal()
    release.signal()
    pipeline.cancel()
    #expect(taken.value == 1 && pipeline.next() == nil)
  }

  @Test func severalConsumers() {
    let pipeline = DecodeAhead(0..<2000, threads: 3, ahead: 6) { $0 }
    let lock = NSLock()
    nonisolated(unsafe) var all: [Int] = []
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      var mine: [Int] = []
      while let element = pipeline.next() { mine.append(element.item) }
      #expect(mine == mine.sorted())
      lock.withLock { all += mine }
    }
    #expect(all.sorted() == Array(0..<2000))
  }

  @Test func manyPipelines() {
    for round in 0..<300 {
      let pipeline = DecodeAhead(0..<50, threads: 4, ahead: 4) { $0 }
      let wanted = round % 7
      #expect(pipeline.prefix(wanted).map(\.item) == Array(0..<wanted))
    }
  }
}

/// A number that threads share.
final class Counter: Sendable {
  private let number = Atomic<Int>(0)

  var value: Int { number.load(ordering: .sequentiallyConsistent) }

  func add(_ amount: Int) { number.add(amount, ordering: .sequentiallyConsistent) }

  func raise(to value: Int) { number.max(value, ordering: .sequentiallyConsistent) }
}
