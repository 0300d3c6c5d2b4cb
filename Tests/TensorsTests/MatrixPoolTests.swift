import Tensors
import Testing

@Suite struct MatrixPoolTests {
  @Test func memoryOfAboutTheSizeIsUsedAgain() {
    let pool = MatrixPool(limit: 1 << 20)
    let (first, capacity) = pool.take(100_000)
    #expect(capacity == 100_000)
    pool.give(first, capacity)
    #expect(pool.count == 100_000)
    let (other, otherCapacity) = pool.take(50_000)
    #expect(other != first && otherCapacity == 50_000)
    let (again, _) = pool.take(90_000)
    #expect(again == first)
    #expect(pool.count == 0)
    pool.give(again, 100_000)
    pool.give(other, 50_000)
  }

  @Test func whatLayLongestGoesFirst() {
    let pool = MatrixPool(limit: 250_000)
    let blocks = (0..<3).map { _ in pool.take(100_000) }
    for (start, capacity) in blocks { pool.give(start, capacity) }
    #expect(pool.count == 200_000)
    #expect(pool.take(100_000).0 == blocks[2].0)
    #expect(pool.take(100_000).0 == blocks[1].0)
    pool.give(blocks[1].0, 100_000)
    pool.give(blocks[2].0, 100_000)
    let (large, _) = pool.take(300_000)
    pool.give(large, 300_000)
    #expect(pool.count == 0)
  }

  @Test func aMatrixThatIsGoneGivesItsMemoryBack() {
    let engine = Engine(threads: 1)
    var matrix: Matrix? = engine.matrix(10, 1000)
    let first = matrix?.pointer
    let part = matrix?.rows(2..<4)
    matrix = nil
    let second = engine.matrix(10, 1000)
    #expect(second.pointer != first)
    #expect(part?.width == 1000)
  }

  /// Large memory, which is the system's own.
  @Test func largeMatricesComeAndGo() {
    let engine = Engine(threads: 1)
    for count in [1 << 19, (1 << 19) + 1, 3 << 19, 5_000_001] {
      let weights = engine.weights(1, count)
      weights.pointer.update(repeating: 3, count: count)
      #expect(UInt(bitPattern: weights.pointer) % 64 == 0)
      #expect(weights.pointer[0] + weights.pointer[count - 1] == 6)
      let pool = MatrixPool(limit: 0)
      let (start, capacity) = pool.take(count)
      start[capacity - 1] = 1
      pool.give(start, capacity)
      #expect(pool.count == 0)
    }
  }

  /// Threads take and give at once; nobody gets memory that another one has.
  @Test func threadsDoNotShareMemory() {
    let engine = Engine(threads: 4)
    let results = engine.matrix(1, 400)
    engine.parallel(400) { task in
      let matrix = engine.matrix(3, 50 + task % 7)
      for row in 0..<3 { matrix.row(row).update(repeating: Float(task), count: matrix.width) }
      let sum = matrix.floats.reduce(0, +)
      results.pointer[task] = sum == Float(task * matrix.width * 3) ? 1 : 0
    }
    #expect(results.floats == [Float](repeating: 1, count: 400))
  }
}
