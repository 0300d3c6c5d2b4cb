import CTensors
import TestSupport
import Testing

/// Every body gives the scalar body's bits, whatever the length of a row and the stride, and writes
/// nothing behind a row.
@Suite struct BodyEqualityTests {
  /// Rows, the numbers of a row and those from row to row.
  static let shapes = (0...100).map { (rows: 1 + $0 % 6, n: $0, stride: $0 + $0 % 7 + 1) }

  /// Runs a function over rows in place with each body.
  func expectEqual(
    range: Float = 4, _ kernel: (ctensors_body, Int, Int, inout [Float], Int) -> [Float]
  ) {
    var random = TestRandom(seed: 5)
    for (rows, n, stride) in Self.shapes {
      let start = random.floats(rows * stride, range: range)
      var truth = start
      let others = kernel(CTENSORS_SCALAR, rows, n, &truth, stride)
      for row in 0..<rows where stride > n {
        let behind = row * stride + n..<(row + 1) * stride
        #expect(Array(truth[behind]) == Array(start[behind]))
      }
      for body in vectorBodies {
        var result = start
        let otherResults = kernel(body, rows, n, &result, stride)
        #expect(agree(result, truth) && agree(otherResults, others), "\(n) \(body)")
      }
    }
  }

  @Test(arguments: [4, 100, 1e38] as [Float]) func exponentials(range: Float) {
    expectEqual(range: range) { body, rows, n, x, stride in
      var sums = [Float](repeating: -1, count: rows)
      ctensors_exponentials(body, rows, n, 0.37, &x, stride, &sums)
      return sums
    }
  }

  @Test func divideRows() {
    expectEqual { body, rows, n, x, stride in
      let divisors = (0..<rows).map { Float($0) * 1.7 - 1.7 }
      ctensors_divide_rows(body, rows, n, divisors, &x, stride)
      return []
    }
  }

  @Test func layerNorm() {
    var random = TestRandom(seed: 6)
    let (weight, bias) = (random.floats(100, range: 4), random.floats(100, range: 4))
    expectEqual { body, rows, n, x, stride in
      var y = [Float](repeating: 7, count: rows * (n + 3))
      ctensors_layer_norm(body, rows, n, x, stride, weight, bias, 1e-5, &y, n + 3)
      ctensors_layer_norm(body, rows, n, x, stride, weight, bias, 1e-12, &x, stride)
      return y
    }
  }

  @Test(arguments: [4, 60] as [Float]) func logProbabilities(range: Float) {
    expectEqual(range: range) { body, rows, n, x, stride in
      var y = [Float](repeating: 7, count: rows * (n + 2))
      ctensors_log_probabilities(body, rows, n, x, stride, &y, n + 2)
      return y
    }
  }

  @Test(
    arguments: CTENSORS_IDENTITY.rawValue...CTENSORS_RELU.rawValue,
    [6, 1e3] as [Float])
  func activations(activation: UInt32, range: Float) {
    expectEqual(range: range) { body, rows, n, x, stride in
      ctensors_activate(body, rows, n, ctensors_activation(activation), &x, stride)
      return []
    }
  }

  @Test func addAndDot() {
    var random = TestRandom(seed: 7)
    let other = random.floats(100, range: 4)
    expectEqual { body, _, n, x, _ in
      ctensors_add(body, n, other, &x)
      return [ctensors_dot(body, n, other, x)]
    }
  }

  @Test func productsThatVanishKeepTheirSign() {
    // The lanes' sums are −0; lanes without an element must not make them +0.
    let (tiny, minus): (Float, Float) = (1e-30, -1e-30)
    for n in 1...40 {
      let x = [Float](repeating: tiny, count: n)
      let y = [Float](repeating: minus, count: n)
      let truth = ctensors_dot(CTENSORS_SCALAR, n, x, y)
      for body in vectorBodies {
        #expect(ctensors_dot(body, n, x, y).bitPattern == truth.bitPattern)
      }
    }
  }

  @Test(arguments: [1, 8, 16, 24, 64, 80, 96, 130]) func attendRows(depth: Int) {
    var random = TestRandom(seed: UInt64(depth))
    let (heads, stride, held) = (2, 2 * depth + 5, 9)
    let query = random.floats(2 * depth, range: 4)
    let keys = random.floats(held * stride, range: 4)
    let values = random.floats(held * stride, range: 4)
    for count in [1, 2, 15, 16, 17, 40] {
      let rows = (0..<count).map { _ in UInt32(random.below(held)) }
      func attend(_ body: ctensors_body) -> [Float] {
        var scratch = [Float](repeating: 0, count: count)
        var output = [Float](repeating: 7, count: heads * depth + 1)
        ctensors_attend_rows(
          body, heads, depth, 0.3, query, keys, stride, values, stride, rows, count, &scratch,
          &output)
        #expect(output.last == 7)
        return output
      }
      let truth = attend(CTENSORS_SCALAR)
      for body in vectorBodies { #expect(agree(attend(body), truth)) }
    }
  }

  @Test func aChangedInputChangesTheResult() {
    // The comparison above is one that can fail.
    var random = TestRandom(seed: 8)
    let x = random.floats(50, range: 4)
    var changed = x
    changed[49] = changed[49].nextUp
    #expect(!agree(x, changed))
    #expect(!agree(exponentials(x.map { -abs($0) }), exponentials(changed.map { -abs($0) })))
  }

  private func exponentials(_ x: [Float]) -> [Float] { TensorsTests.exponentials(x) }
}
