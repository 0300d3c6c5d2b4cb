import Foundation
import Tensors
import Testing

@Suite struct LogProbabilitiesTests {
  let rows: [[Float]] = [
    [0, 1, 2, -3, 0.5], [100, 0, 95, 20, 99], [-1e30, 0, 1, 1e30, 2], [7, 7, 7, 7, 7],
  ]

  func expected(_ row: [Float]) -> [Double] {
    let largest = Double(row.max() ?? 0)
    let sum = row.reduce(0) { $0 + exp(Double($1) - largest) }
    return row.map { Double($0) - largest - log(sum) }
  }

  @Test func logSoftmaxIsThatOfDoublePrecision() {
    let engine = Engine(threads: 2)
    let x = engine.matrix(rows.count, 5, rows.flatMap { $0 })
    let all = engine.logSoftmax(x, at: rows.map { Array($0.indices) })
    for (found, row) in zip(all, rows) {
      for (a, b) in zip(found, expected(row)) {
        #expect(abs(Double(a) - b) <= 3e-7 * max(1, abs(b)))
      }
    }
    #expect(engine.logSoftmax(x, at: [[3], [], [0, 0], [4, 1]]).map(\.count) == [1, 0, 2, 2])
    #expect(engine.logSoftmax(x, at: [[3], [], [0, 0], [4, 1]])[0][0] == all[0][3])
  }

  /// Rounded to float32 a probability underflows, whose logarithm would still be a number.
  @Test func probabilitiesThatUnderflowAreMinusInfinity() {
    let engine = Engine(threads: 2)
    let x = engine.matrix(1, 3, [0, -200, -2])
    let found = engine.logProbabilities(x).floats
    #expect(found[1] == -.infinity)
    #expect(abs(Double(found[2]) - expected([0, -200, -2])[2]) < 1e-6)
    #expect(abs(engine.logSoftmax(x, at: [[1]])[0][0] + 200.127) < 1e-3)
  }

  @Test func threadsAndInstructionsDoNotMatter() {
    let floats = (0..<3000).map { Float(($0 * 7919) % 2003) / 100 }
    let results = InstructionSet.allCases.filter(\.isAvailable).flatMap { set in
      [1, 2, 3].map { threads -> [Float] in
        let engine = Engine(instructionSet: set, threads: threads)
        let x = engine.matrix(3, 1000, floats)
        return engine.logProbabilities(x).floats
          + engine.logSoftmax(x, at: [[1, 999], [0], [5, 6]]).flatMap { $0 }
      }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }
}
