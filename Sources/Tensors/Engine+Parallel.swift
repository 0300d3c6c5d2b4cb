import Dispatch
import Synchronization

extension Engine {
  /// Calls a function for 0, 1, …, `count` − 1, on several threads, and returns when all are done.
  ///
  /// - Throws: what the function throws, of those calls that failed for the lowest number; after a
  ///   failure calls that have not begun are left out.
  package func parallel<Failure: Error>(
    _ count: Int, _ body: (Int) throws(Failure) -> Void
  ) throws(Failure) {
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<max(count, 0) { try body(index) }
      return
    }
    let work = SharedWork<Failure>(count: count)
    withoutActuallyEscaping(body) { body in
      // Calls end before this function does; what they share is the callers' to guard.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work.run(body) }
    }
    if let error = work.error { throw error }
  }
}

/// Tasks that threads take from a common counter.
private final class SharedWork<Failure: Error>: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int
  private let failed = Mutex<(index: Int, error: Failure)?>(nil)

  init(count: Int) { self.count = count }

  var error: Failure? { failed.withLock { $0?.error } }

  func run(_ body: (Int) throws(Failure) -> Void) {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      do {
        try body(index)
      } catch {
        next.store(count, ordering: .relaxed)
        failed.withLock { if $0.map({ index < $0.index }) ?? true { $0 = (index, error) } }
      }
    }
  }
}
