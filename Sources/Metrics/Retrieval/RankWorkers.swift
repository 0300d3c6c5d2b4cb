import Synchronization

/// What one thread needs and finds. Only one call has it at a time.
final class RankWorker: @unchecked Sendable {
  let scratch: UnsafeMutablePointer<Float>
  /// Counts of the columns, `[columns]`.
  let ahead: UnsafeMutablePointer<UInt32>
  let equal: UnsafeMutablePointer<UInt32>
  let best: BestLists?
  /// The first row with a score that is not a number.
  var notANumber: Int?

  init(scratch: Int, columns: Int, best: Int) {
    self.scratch = .allocate(capacity: max(1, scratch))
    ahead = .allocate(capacity: max(1, columns))
    equal = .allocate(capacity: max(1, columns))
    ahead.initialize(repeating: 0, count: max(1, columns))
    equal.initialize(repeating: 0, count: max(1, columns))
    self.best = best > 0 && columns > 0 ? BestLists(queries: columns, limit: best) : nil
  }

  deinit {
    scratch.deallocate()
    ahead.deallocate()
    equal.deallocate()
  }
}

/// As many workers as calls ran at once.
final class RankWorkers: Sendable {
  private let make: @Sendable () -> RankWorker
  private let idle = Mutex<[RankWorker]>([])

  init(_ make: @escaping @Sendable () -> RankWorker) { self.make = make }

  /// All of them, when no call is running.
  var all: [RankWorker] { idle.withLock { $0 } }

  func lend(_ body: (RankWorker) -> Void) {
    let worker = idle.withLock { $0.popLast() } ?? make()
    body(worker)
    idle.withLock { $0.append(worker) }
  }
}
