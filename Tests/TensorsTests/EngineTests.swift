import Tensors
import Testing

@Suite struct EngineTests {
  @Test func everyTaskRunsOnce() {
    let engine = Engine(threads: 2)
    let counts = engine.matrix(1, 100, [Float](repeating: 0, count: 100))
    engine.parallel(100) { counts.pointer[$0] += 1 }
    #expect(counts.floats == [Float](repeating: 1, count: 100))
  }

  struct Failure: Error, Equatable { let task: Int }

  @Test(arguments: [1, 2]) func aFailureEndsTheWork(_ threads: Int) {
    let engine = Engine(threads: threads)
    let counts = engine.matrix(1, 100, [Float](repeating: 0, count: 100))
    #expect(throws: Failure(task: 10)) {
      try engine.parallel(100) { task in
        if task == 10 { throw Failure(task: task) }
        counts.pointer[task] += 1
      }
    }
    #expect(counts.floats[..<10].allSatisfy { $0 == 1 })
    engine.parallel(0) { _ in counts.pointer[0] = 5 }
    #expect(counts.floats[0] == 1)
  }
}
