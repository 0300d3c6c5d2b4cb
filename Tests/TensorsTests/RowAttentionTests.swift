import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct RowAttentionTests {
  let heads = 3
  let depth = 20

  /// Softmax attention of one query in double precision.
  func truth(_ query: [Float], _ keys: [[Float]], _ values: [[Float]]) -> [Double] {
    (0..<heads).flatMap { head -> [Double] in
      let channels = head * depth..<(head + 1) * depth
      let scores = keys.map { key in
        channels.reduce(0.0) { $0 + Double(query[$1]) * Double(key[$1]) }
          / Double(depth).squareRoot()
      }
      let weights = scores.map { exp($0 - (scores.max() ?? 0)) }
      let sum = weights.reduce(0, +)
      return channels.map { channel in
        zip(weights, values).reduce(0.0) { $0 + $1.0 * Double($1.1[channel]) } / sum
      }
    }
  }

  @Test(arguments: [1, 2, 7]) func softmaxOverWhatIsVisible(threads: Int) {
    var random = TestRandom(seed: 11)
    let width = heads * depth
    let engine = Engine(threads: threads)
    let queries = (0..<13).map { _ in random.floats(width, range: 2) }
    let keys = (0..<9).map { _ in random.floats(width, range: 2) }
    let values = (0..<9).map { _ in random.floats(width, range: 2) }
    let visible = queries.indices.map { row in
      (0...row % 9).map { _ in UInt32(random.below(9)) }
    }
    func attend(_ visible: [[UInt32]]) -> [Float] {
      engine.attention(
        engine.matrix(13, width, queries.flatMap { $0 }),
        keys: engine.matrix(9, width, keys.flatMap { $0 }),
        values: engine.matrix(9, width, values.flatMap { $0 }), visible: visible, heads: heads
      ).floats
    }
    let result = attend(visible)
    for (row, query) in queries.enumerated() {
      let rows = visible[row].map { Int($0) }
      let expected = truth(query, rows.map { keys[$0] }, rows.map { values[$0] })
      for channel in 0..<width {
        #expect(abs(Double(result[row * width + channel]) - expected[channel]) < 2e-6)
      }
    }
    var changed = visible
    changed[4][0] = (changed[4][0] + 1) % 9
    #expect(attend(changed) != result)
  }

  @Test func noQueries() {
    let engine = Engine()
    let none = engine.matrix(0, 6)
    #expect(
      engine.attention(none, keys: none, values: none, visible: [], heads: 2).floats.isEmpty)
  }

  @Test(arguments: [[], [3]] as [[UInt32]]) func aRowThatIsNotThereEndsTheProgram(
    visible: [UInt32]
  ) async {
    await #expect(processExitsWith: .failure) { [visible] in
      let engine = Engine(threads: 1)
      let x = engine.matrix(3, 4, [Float](repeating: 1, count: 12))
      _ = engine.attention(
        x.rows(0..<1), keys: x, values: x, visible: [visible], heads: 1)
    }
  }
}
