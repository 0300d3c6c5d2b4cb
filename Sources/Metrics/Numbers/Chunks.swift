import Dispatch
import Synchronization

/// Work on ranges of a list, spread over threads. What comes out does not depend on their number.
enum Chunks {
  /// The results of ranges that follow one another from 0 to `count`, in their order.
  ///
  /// - Parameter threads: how many work at once; with 1 all is done here.
  /// - Throws: the first error in the order of the ranges.
  static func map<Result: Sendable, Failure: Error>(
    count: Int, threads: Int, _ body: @Sendable (Range<Int>) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    guard threads > 1, count > 1 else { return count > 0 ? [try body(0..<count)] : [] }
    // Some more than threads: ranges are not equally hard.
    let chunks = min(count, 4 * threads)
    let next = Atomic<Int>(0)
    let results = Mutex<[Swift.Result<Result, Failure>?]>(Array(repeating: nil, count: chunks))
    DispatchQueue.concurrentPerform(iterations: min(threads, chunks)) { _ in
      while true {
        let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard chunk < chunks else { return }
        let range = count * chunk / chunks..<count * (chunk + 1) / chunks
        let result = Swift.Result { () throws(Failure) in try body(range) }
        results.withLock { $0[chunk] = result }
      }
    }
    var values: [Result] = []
    values.reserveCapacity(chunks)
    // Every chunk has run and left a result.
    for case .some(let result) in results.withLock({ $0 }) { values.append(try result.get()) }
    return values
  }
}
