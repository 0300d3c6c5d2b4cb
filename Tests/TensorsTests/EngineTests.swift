import Tensors
import Testing

@Suite struct EngineTests {
  @Test func everyTaskRunsOnce() {
    let engine = Engine(threads: 2)
    let counts = engine.matrix(1, 100, [Float](repeating: 0, count: 100))
    engine.parallel(100) { counts.pointer[$0] += 1 }
    #expect(counts.floats == [Float](repeating: 1, count: 100))
  }
}
