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
  private let capacity: Int
  private let pool: MatrixPool?
  private let isSpilled: Bool

  /// Memory that goes back to its pool.
  init(_ count: Int, _ pool: MatrixPool) {
    isSpilled = false
    self.pool = pool
    (start, capacity) = pool.take(count)
  }

  /// Memory of just this size, for what stays: weights.
  init(kept count: Int) {
    isSpilled = false
    pool = nil
    (start, capacity) = (Self.allocate(count), count)
  }

  /// Memory that lies in a file; nil where there can be none.
  init?(spilled count: Int) {
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    guard let memory = SpilledMemory.map(bytes) else { return nil }
    isSpilled = true
    pool = nil
    (start, capacity) = (memory.bindMemory(to: Float.self, capacity: max(count, 1)), count)
  }

  deinit {
    if let pool {
      pool.give(start, capacity)
    } else if isSpilled {
      munmap(start, max(capacity, 1) * MemoryLayout<Float>.stride)
    } else {
      Self.deallocate(start, capacity)
    }
  }

  /// Says that nothing will be read soon: pages that lie in a file go back to it.
  func letGo() {
    guard isSpilled else { return }
    SpilledMemory.letGo(start, max(capacity, 1) * MemoryLayout<Float>.stride)
  }

  private static let largePage = 1 << 21

  /// Large memory is the system's own, so that it goes back when it is given up, and begins where a
  /// large page does: with such pages products that wait for memory wait for fewer translations of
  /// addresses. What is never written takes no page.
  static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    let memory =
      bytes < largePage
      ? UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64) : map(bytes)
    return memory.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  /// Gives back what `allocate` gave for so many floats.
  static func deallocate(_ start: UnsafeMutablePointer<Float>, _ count: Int) {
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    if bytes >= largePage {
      munmap(start, bytes)
    } else {
      start.deallocate()
    }
  }

  /// Pages at a multiple of a large one: of a longer stretch what lies before and behind goes back.
  /// Without memory the program ends, as with any other allocation.
  private static func map(_ bytes: Int) -> UnsafeMutableRawPointer {
    let page = Int(getpagesize())
    let (used, whole) = ((bytes + page - 1) / page * page, bytes + page + largePage)
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    guard let stretch = mmap(nil, whole, PROT_READ | PROT_WRITE, flags, -1, 0),
      stretch != MAP_FAILED
    else { fatalError("out of memory: \(bytes) bytes for a matrix") }
    let start = stretch.alignedUp(toMultipleOf: largePage)
    let before = stretch.distance(to: start)
    let end = (whole + page - 1) / page * page
    if before > 0 { munmap(stretch, before) }
    if end > before + used { munmap(start + used, end - before - used) }
    #if os(Linux)
      madvise(start, bytes / largePage * largePage, MADV_HUGEPAGE)
    #endif
    return start
  }
}
