import Foundation

/// Memory of floats at a multiple of 64 bytes; it goes back to its pool.
final class MatrixStorage: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>
  let capacity: Int
  private let pool: MatrixPool

  init(_ count: Int, _ pool: MatrixPool) {
    self.pool = pool
    (start, capacity) = pool.take(count)
  }

  deinit { pool.give(start, capacity) }
}

/// Memory that layers use again and again: fresh pages from the system cost more than small layers.
final class MatrixPool: @unchecked Sendable {
  private let lock = NSLock()
  private var free: [Int: [UnsafeMutablePointer<Float>]] = [:]
  private var kept = 0
  /// How many floats are kept at most.
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  deinit { for memory in free.values.joined() { memory.deallocate() } }

  /// Capacities are rounded up to eighths of a power of two, so that sizes near each other share
  /// memory.
  private static func capacity(for count: Int) -> Int {
    let step = max(1024, (1 << (Int.bitWidth - max(count, 1).leadingZeroBitCount)) / 16)
    return (max(count, 1) + step - 1) / step * step
  }

  func take(_ count: Int) -> (UnsafeMutablePointer<Float>, Int) {
    let capacity = Self.capacity(for: count)
    if let memory = lock.withLock({ takeFree(capacity) }) { return (memory, capacity) }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: capacity * 4, alignment: 64)
    return (memory.bindMemory(to: Float.self, capacity: capacity), capacity)
  }

  private func takeFree(_ capacity: Int) -> UnsafeMutablePointer<Float>? {
    guard let memory = free[capacity]?.popLast() else { return nil }
    kept -= capacity
    return memory
  }

  func give(_ memory: UnsafeMutablePointer<Float>, _ capacity: Int) {
    let isKept = lock.withLock {
      guard kept + capacity <= limit else { return false }
      kept += capacity
      free[capacity, default: []].append(memory)
      return true
    }
    if !isKept { memory.deallocate() }
  }
}
