#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory of floats at a multiple of 64 bytes.
final class MatrixStorage: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>
  let capacity: Int
  private let pool: MatrixPool?

  /// Memory that goes back to its pool.
  init(_ count: Int, _ pool: MatrixPool) {
    self.pool = pool
    (start, capacity) = pool.take(count)
  }

  /// Memory of just this size, for what stays: weights.
  init(kept count: Int) {
    pool = nil
    (start, capacity) = (Self.allocate(count), count)
  }

  deinit {
    if let pool { pool.give(start, capacity) } else { start.deallocate() }
  }

  /// Large memory begins where a large page does, and asks for such pages: products that wait for
  /// memory wait for fewer translations of addresses. What is never written takes no page.
  static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    let largePage = 1 << 21
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: bytes < largePage ? 64 : largePage)
    #if os(Linux)
      if bytes >= largePage { madvise(memory, bytes / largePage * largePage, MADV_HUGEPAGE) }
    #endif
    return memory.bindMemory(to: Float.self, capacity: max(count, 1))
  }
}
