import Foundation

/// Where the threads of a pipeline and its consumer meet: what is begun, what waits, what is next.
///
/// Items are begun in their order, and an item is begun only when there is room for it. Everything
/// before the item that the consumer waits for has been taken by then, so that there is room for it:
/// nobody waits for ever.
///
/// All that changes is read and written under the lock of `condition`. It is not a `Mutex` of
/// `Synchronization` because one must wait on it and because ThreadSanitizer does not know that one.
final class WorkQueue<Item: Sendable, Output: Sendable>: @unchecked Sendable {
  private enum Slot {
    case empty
    case done(Result<Output, any Error>)
  }

  private let items: [Item]
  private let ahead: Int
  private let budget: ByteBudget<Item, Output>?
  private let work: @Sendable (Item) throws -> Output

  private let condition = NSCondition()
  /// How many items were given to a thread.
  private var begun = 0
  /// How many of those the budget has room for.
  private var admitted = 0
  /// How many results were handed out.
  private var taken = 0
  /// What the items that were admitted and not handed out take up, in all and by slot.
  private var bytes = 0
  private var bytesOfSlots: [Int]
  /// What waits; the item of index `i` has the slot `i % ahead`.
  private var slots: [Slot]
  private var isCancelled = false

  init(
    _ items: [Item], ahead: Int, budget: ByteBudget<Item, Output>?,
    work: @escaping @Sendable (Item) throws -> Output
  ) {
    self.items = items
    self.ahead = ahead
    self.budget = budget
    self.work = work
    bytesOfSlots = Array(repeating: 0, count: ahead)
    slots = Array(repeating: .empty, count: ahead)
  }

  /// Works on items until all are done or the queue is cancelled: what a thread does.
  func workOnAll() { while workOnNext() {} }

  /// Works on one item; false where there is none left.
  @discardableResult
  func workOnNext() -> Bool {
    guard let index = begin(), admit(index) else { return false }
    finish(index, Result { try work(items[index]) })
    return true
  }

  /// The result that is next in order; nil behind the last and when cancelled.
  func take() -> DecodeAhead<Item, Output>.Element? {
    condition.withLock {
      while !isCancelled, taken < items.count {
        let slot = taken % ahead
        guard case .done(let result) = slots[slot] else {
          condition.wait()
          continue
        }
        defer {
          slots[slot] = .empty
          bytes -= bytesOfSlots[slot]
          bytesOfSlots[slot] = 0
          taken += 1
          condition.broadcast()
        }
        return DecodeAhead.Element(index: taken, item: items[taken], result: result)
      }
      return nil
    }
  }

  /// Drops what waits and wakes everybody up.
  func cancel() {
    // The results go when the lock is free again: what they hold may do anything as it goes.
    let dropped = condition.withLock {
      defer {
        isCancelled = true
        slots = Array(repeating: .empty, count: ahead)
        condition.broadcast()
      }
      return slots
    }
    withExtendedLifetime(dropped) {}
  }

  /// Waits until the consumer is near enough, and gives out the next item.
  private func begin() -> Int? {
    condition.withLock {
      while !isCancelled, begun < items.count, begun - taken >= ahead { condition.wait() }
      guard !isCancelled, begun < items.count else { return nil }
      defer { begun += 1 }
      return begun
    }
  }

  /// Waits until the budget has room for an item and for all before it; false when cancelled.
  private func admit(_ index: Int) -> Bool {
    guard let budget else { return true }
    let needed = max(0, budget.inWork(items[index]))
    return condition.withLock {
      while !isCancelled, admitted < index || bytes > 0 && needed > budget.limit - bytes {
        condition.wait()
      }
      guard !isCancelled else { return false }
      admitted += 1
      bytes += needed
      bytesOfSlots[index % ahead] = needed
      condition.broadcast()
      return true
    }
  }

  private func finish(_ index: Int, _ result: Result<Output, any Error>) {
    let kept: Int
    switch result {
    case .success(let output): kept = max(0, budget?.waiting(output) ?? 0)
    case .failure: kept = 0
    }
    condition.withLock {
      if isCancelled { return }
      let slot = index % ahead
      bytes += kept - bytesOfSlots[slot]
      bytesOfSlots[slot] = kept
      slots[slot] = .done(result)
      condition.broadcast()
    }
  }
}
