import CTensors
import Testing

/// Infinite numbers, numbers that are none, and rows that are all equal.
@Suite struct SpecialValueTests {
  static let bodies = [CTENSORS_SCALAR.rawValue] + vectorBodies.map(\.rawValue)

  @Test(arguments: bodies) func aNaNStaysOne(body: UInt32) {
    let body = ctensors_body(body)
    for n in [1, 5, 16, 33, 70] {
      for place in [0, n / 2, n - 1] {
        var x = (0..<n).map { Float($0) }
        x[place] = .nan
        for activation in [CTENSORS_GELU, CTENSORS_QUICK_GELU, CTENSORS_RELU] {
          let y = activated(x, activation, body)
          #expect(y[place].isNaN && y.indices.allSatisfy { $0 == place || !y[$0].isNaN })
        }
        var (e, sum) = (x, Float(0))
        ctensors_exponentials(body, 1, n, 1, &e, n, &sum)
        #expect(sum.isNaN && e[place].isNaN)
        ctensors_divide_rows(body, 1, n, [sum], &e, n)
        #expect(e.allSatisfy { $0.isNaN })
        #expect(logProbabilities(x, body).allSatisfy { $0.isNaN })
        let ones = [Float](repeating: 1, count: n)
        var y = x
        ctensors_layer_norm(body, 1, n, x, n, ones, ones, 1e-5, &y, n)
        #expect(y.allSatisfy { $0.isNaN })
        #expect(ctensors_dot(body, n, x, ones).isNaN)
        #expect(!ctensors_all_finite(body, n, x))
      }
    }
  }

  @Test(arguments: bodies) func infiniteScores(body: UInt32) {
    let body = ctensors_body(body)
    // A score of minus infinity has no weight; one of plus infinity leaves no distribution, as do
    // scores that are all minus infinity.
    #expect(logProbabilities([0, -.infinity], body) == [0, -.infinity])
    #expect(logProbabilities([0, .infinity], body).allSatisfy { $0.isNaN })
    #expect(logProbabilities([-.infinity, -.infinity], body).allSatisfy { $0.isNaN })
  }

  @Test(arguments: bodies) func probabilitiesThatUnderflow(body: UInt32) {
    let y = logProbabilities([0, -103.9, -104, -1000], ctensors_body(body))
    #expect(y[1].isFinite && y[1] < -103 && y[2] == -.infinity && y[3] == -.infinity)
  }

  @Test(arguments: bodies) func equalScores(body: UInt32) {
    let body = ctensors_body(body)
    for value in [0, 5, -3e38, 3e38] as [Float] {
      let y = logProbabilities([Float](repeating: value, count: 64), body)
      #expect(y == [Float](repeating: y[0], count: 64))
      #expect(abs(y[0] + 4.158_883) < 1e-6)
    }
    // Without variance only the bias is left.
    let x = [Float](repeating: 3, count: 20)
    var y = x
    ctensors_layer_norm(body, 1, 20, x, 20, x, (0..<20).map { Float($0) }, 1e-5, &y, 20)
    #expect(y == (0..<20).map { Float($0) })
  }

  /// Squares beyond float32 must not pass for a row without variance: 1 / infinity is 0.
  @Test(arguments: bodies) func varianceThatOverflows(body: UInt32) {
    for n in [2, 16, 37] {
      let ones = [Float](repeating: 1, count: n)
      for (size, isLost) in [(1e15, false), (1e25, true)] as [(Float, Bool)] {
        let x = (0..<5 * n).map { Float($0 % 2) * size }
        var y = x
        ctensors_layer_norm(ctensors_body(body), 5, n, x, n, ones, ones, 1e-5, &y, n)
        #expect(y.allSatisfy { $0.isNaN == isLost })
      }
    }
  }

  @Test(arguments: bodies) func emptyRows(body: UInt32) {
    var (x, sums): ([Float], [Float]) = ([1, 2], [7, 7])
    ctensors_exponentials(ctensors_body(body), 2, 0, 1, &x, 1, &sums)
    #expect(sums == [0, 0] && x == [1, 2])
    #expect(ctensors_all_finite(ctensors_body(body), 0, x))
  }

  @Test(arguments: bodies) func finite(body: UInt32) {
    let body = ctensors_body(body)
    for n in [1, 15, 16, 17, 1024, 1025, 2000] {
      var x = [Float](repeating: -.greatestFiniteMagnitude, count: n)
      #expect(ctensors_all_finite(body, n, x))
      for place in [0, n / 2, n - 1] {
        for value in [Float.infinity, -.infinity, .nan] {
          x[place] = value
          #expect(!ctensors_all_finite(body, n, x))
          x[place] = .leastNonzeroMagnitude
        }
      }
      #expect(ctensors_all_finite(body, n, x))
    }
  }
}
