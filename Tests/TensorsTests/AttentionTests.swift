import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct AttentionTests {
  /// `softmax(q·kᵀ/√depth)·v` in double precision.
  static func truth(
    _ q: [Float], _ k: [Float], _ v: [Float], rows: Int, keys: [Int], heads: Int, depth: Int
  ) -> [Double] {
    var output: [Double] = []
    let width = heads * depth
    for row in 0..<rows {
      for head in 0..<heads {
        let scores = keys.map { key in
          (0..<depth).reduce(0.0) {
            $0 + Double(q[row * width + head * depth + $1])
              * Double(k[key * width + head * depth + $1])
          } / Double(depth).squareRoot()
        }
        let largest = scores.max() ?? 0
        let weights = scores.map { exp($0 - largest) }
        let sum = weights.reduce(0, +)
        for channel in 0..<depth {
          output.append(
            zip(keys, weights).reduce(0.0) {
              $0 + $1.1 * Double(v[$1.0 * width + head * depth + channel])
            } / sum)
        }
      }
    }
    return output
  }

  struct Case: CustomTestStringConvertible {
    let rows: Int
    let keys: [Int]
    let heads: Int
    let depth: Int
    var testDescription: String { "\(rows) rows, \(keys.count) keys, \(heads) x \(depth)" }
  }

  static let cases = [
    Case(rows: 1, keys: [0], heads: 1, depth: 1),
    Case(rows: 5, keys: Array(0..<33), heads: 3, depth: 20),
    Case(rows: 13, keys: Array(3..<67), heads: 2, depth: 64),
    Case(rows: 110, keys: Array(0..<257), heads: 2, depth: 33),
    // Rows of which some are masked, one more than a panel of them, and one that comes twice.
    Case(rows: 7, keys: (0..<50).filter { $0 % 3 != 1 } + [4], heads: 2, depth: 40),
    // So many keys that a block has twelve rows.
    Case(rows: 30, keys: Array(0..<6000), heads: 1, depth: 8),
  ]

  @Test(arguments: cases) func attentionIsItsFormula(_ input: Case) {
    var random = TestRandom(seed: 1)
    let (heads, depth) = (input.heads, input.depth)
    let width = heads * depth
    let total = (input.keys.max() ?? 0) + 3
    let (q, k) = (random.floats(input.rows * width).map { 3 * $0 }, random.floats(total * width))
    let v = random.floats(total * width)
    let expected = Self.truth(
      q, k, v, rows: input.rows, keys: input.keys, heads: heads, depth: depth)
    var results: [[Float]] = []
    for engine in LinearTests.engines {
      let memory = engine.memories(
        keys: engine.matrix(total, width, k), values: engine.matrix(total, width, v),
        sequences: [input.keys], heads: heads)[0]
      let group = AttentionGroup(queries: 0..<input.rows, memory: memory)
      results.append(engine.attention(engine.matrix(input.rows, width, q), [group]).floats)
    }
    let largest = zip(results[0], expected).map { abs(Double($0) - $1) }.max() ?? 0
    // Values below 1 in magnitude; exp and two sums in float32.
    #expect(largest < 2e-6)
    for result in results { #expect(sameBits(result, results[0])) }
  }

  @Test func aQueryDoesNotSeeItsBatch() {
    var random = TestRandom(seed: 2)
    let engine = Engine(threads: 2)
    let width = 48
    let q = engine.matrix(40, width, random.floats(40 * width))
    let k = engine.matrix(90, width, random.floats(90 * width))
    let v = engine.matrix(90, width, random.floats(90 * width))
    let memories = engine.memories(
      keys: k, values: v, sequences: [Array(0..<50), Array(50..<90)], heads: 3)
    let together = engine.attention(
      q,
      [
        AttentionGroup(queries: 0..<27, memory: memories[0]),
        AttentionGroup(queries: 27..<40, memory: memories[1]),
      ])
    for row in 0..<40 {
      let alone = engine.attention(
        q.rows(row..<row + 1),
        [AttentionGroup(queries: 0..<1, memory: memories[row < 27 ? 0 : 1])])
      #expect(sameBits(alone.floats, together.rows(row..<row + 1).floats))
    }
  }

  @Test func onlyKeysThatAreSeenCount() {
    var random = TestRandom(seed: 3)
    let engine = Engine(threads: 2)
    let q = engine.matrix(3, 16, random.floats(48))
    var (k, v) = (random.floats(20 * 16), random.floats(20 * 16))
    func attended() -> [Float] {
      let memory = engine.memories(
        keys: engine.matrix(20, 16, k), values: engine.matrix(20, 16, v),
        sequences: [Array(0..<11)], heads: 2)[0]
      return engine.attention(q, [AttentionGroup(queries: 0..<3, memory: memory)]).floats
    }
    let before = attended()
    (k[11 * 16], v[11 * 16]) = (.nan, .infinity)
    #expect(sameBits(attended(), before))
    k[10 * 16 + 15] += 1
    #expect(!sameBits(attended(), before))
    k[10 * 16 + 15] -= 1
    v[0] += 1
    #expect(!sameBits(attended(), before))
  }

  /// Scores, panels and sums lie in memory that held other numbers before.
  @Test func whatMemoryHeldBeforeDoesNotCount() {
    var random = TestRandom(seed: 5)
    let engine = Engine(threads: 2)
    let (q, kv) = (random.floats(30 * 40), random.floats(45 * 40))
    func attended() -> [Float] {
      let x = engine.matrix(45, 40, kv)
      let memory = engine.memories(
        keys: x, values: x, sequences: [(0..<45).filter { $0 != 7 }], heads: 2)[0]
      return engine.attention(
        engine.matrix(30, 40, q), [AttentionGroup(queries: 0..<30, memory: memory)]
      ).floats
    }
    let before = attended()
    do {
      let counts: [Int] = [24, 30, 640, 1200, 1152, 1800, 2560, 2816]
      var matrices: [Matrix] = []
      for count in counts + counts + counts { matrices.append(engine.matrix(1, count)) }
      for matrix in matrices { matrix.pointer.update(repeating: Float.nan, count: matrix.width) }
    }
    #expect(sameBits(attended(), before))
  }

  @Test func nothingToAttendToGivesZeros() {
    let engine = Engine(threads: 2)
    let memory = engine.memories(
      keys: engine.matrix(0, 8), values: engine.matrix(0, 8), sequences: [[]], heads: 2)[0]
    let q = engine.matrix(3, 8, [Float](repeating: 1, count: 24))
    let output = engine.attention(q, [AttentionGroup(queries: 0..<3, memory: memory)])
    #expect(output.floats == [Float](repeating: 0, count: 24))
    #expect(engine.attention(q.rows(0..<0), []).floats.isEmpty)
  }

  @Test func theScaleCounts() {
    var random = TestRandom(seed: 4)
    let engine = Engine(threads: 1)
    let x = engine.matrix(9, 16, random.floats(144))
    let memory = engine.memories(keys: x, values: x, sequences: [Array(0..<9)], heads: 1)[0]
    let group = AttentionGroup(queries: 0..<9, memory: memory)
    let usual = engine.attention(x, [group]).floats
    #expect(sameBits(engine.attention(x, [group], scale: 0.25).floats, usual))
    #expect(!sameBits(engine.attention(x, [group], scale: 0.5).floats, usual))
  }
}
