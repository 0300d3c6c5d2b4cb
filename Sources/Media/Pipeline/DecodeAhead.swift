import Foundation

/// Works on items ahead of who needs the results: on threads of its own, a bounded number of them in
/// advance, and hands the results out in the order of the items.
///
/// The results are the same for any number of threads. An item that fails is a result like any
/// other. What is in memory is bounded by `ahead`, and by a budget of bytes if there is one; what was
/// handed out counts no more. Threads that have nothing to do sleep.
///
/// It ends when it is cancelled or let go, `break` out of a loop included: items that are in work are
/// finished and dropped, the others are not begun, and its threads are gone when that returns.
public final class DecodeAhead<Item: Sendable, Output: Sendable>: Sendable, Sequence,
  IteratorProtocol
{
  /// What became of one item.
  public struct Element: Sendable {
    /// Its place among the items, from 0.
    public let index: Int
    /// The item.
    public let item: Item
    /// What the work gave or threw.
    public let result: Result<Output, any Error>
  }

  private let queue: WorkQueue<Item, Output>
  private let threads: [WorkThread]

  /// Begins to work on items at once.
  ///
  /// - Parameters:
  ///   - items: What is worked on, in this order.
  ///   - threads: How many items are worked on at a time. With 0, or where the system gives no
  ///     thread, `next` does the work itself.
  ///   - ahead: How many items may be in work or wait as results, at least 1; twice the threads
  ///     without it.
  ///   - budget: A limit in bytes beside that in items.
  ///   - work: Makes a result of an item, on any of the threads.
  public init(
    _ items: some Sequence<Item>,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount,
    ahead: Int? = nil,
    budget: ByteBudget<Item, Output>? = nil,
    work: @escaping @Sendable (Item) throws -> Output
  ) {
    let items = Array(items)
    let ahead = Swift.max(1, Swift.min(ahead ?? 2 * threads, items.count))
    let queue = WorkQueue(items, ahead: ahead, budget: budget, work: work)
    self.queue = queue
    var started: [WorkThread] = []
    while started.count < Swift.min(threads, ahead, items.count),
      let thread = WorkThread(body: { queue.workOnAll() })
    {
      started.append(thread)
    }
    self.threads = started
  }

  deinit { cancel() }

  /// The next item's result, waiting for it if need be; nil behind the last one and after `cancel`.
  ///
  /// Several threads may take turns: each result is handed out once.
  public func next() -> Element? {
    if threads.isEmpty { queue.workOnNext() }
    return queue.take()
  }

  /// Drops the results that wait and begins nothing more; returns when all threads are gone.
  public func cancel() {
    queue.cancel()
    for thread in threads { thread.join() }
  }
}
