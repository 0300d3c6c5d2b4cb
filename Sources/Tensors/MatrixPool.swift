import Synchronization

/// Memory that layers use again and again: fresh pages from the system cost more than small layers.
package final class MatrixPool: Sendable {
  private struct Block: @unchecked Sendable {
    let start: UnsafeMutablePointer<Float>
    let capacity: Int

    func deallocate() { MatrixStorage.deallocate(start, capacity) }
  }

  /// The free blocks, the one that was used last at the end, and the sum of their capacities.
  private let free = Mutex<(blocks: [Block], count: Int)>(([], 0))
  /// How many floats are kept at most.
  private let limit: Int

  package init(limit: Int) { self.limit = limit }

  deinit { free.withLock { for block in $0.blocks { block.deallocate() } } }

  /// How many floats lie here.
  package var count: Int { free.withLock { $0.count } }

  /// Memory for at least so many floats, and how many it has: that of a matrix of about this size, the
  /// one used last, which may still be in a cache.
  package func take(_ count: Int) -> (UnsafeMutablePointer<Float>, Int) {
    let wanted = max(count, 1)
    let found = free.withLock { free -> Block? in
      guard
        let place = free.blocks.lastIndex(where: {
          $0.capacity >= wanted && $0.capacity <= wanted + wanted / 4 + 1024
        })
      else { return nil }
      free.count -= free.blocks[place].capacity
      return free.blocks.remove(at: place)
    }
    if let found { return (found.start, found.capacity) }
    return (MatrixStorage.allocate(wanted), wanted)
  }

  /// Keeps a block; those that lay here longest go where there are too many.
  package func give(_ start: UnsafeMutablePointer<Float>, _ capacity: Int) {
    let leaving = free.withLock { free -> [Block] in
      free.blocks.append(Block(start: start, capacity: capacity))
      free.count += capacity
      var leaving = 0
      while free.count > limit || free.blocks.count - leaving > 256 {
        free.count -= free.blocks[leaving].capacity
        leaving += 1
      }
      defer { free.blocks.removeFirst(leaving) }
      return Array(free.blocks[..<leaving])
    }
    for block in leaving { block.deallocate() }
  }
}
