import CTensors
import Foundation
import TestSupport
import Testing

/// exp, log and the activations against double precision.
@Suite struct FunctionErrorTests {
  /// Numbers from 0 to `end`, most of them small, as many as asked for.
  static func grid(_ count: Int, to end: Float) -> [Float] {
    (0..<count).map { index in
      let part = Float(index) / Float(count - 1)
      return index % 2 == 0 ? end * part : end * part * part * part
    }
  }

  @Test func exponential() {
    let x = Self.grid(200_000, to: 104).map { -$0 }
    let worst = zip(exponentials(x), x).reduce(0.0) { max($0, ulps($1.0, exp(Double($1.1)))) }
    #expect(worst < 0.95)
  }

  @Test func exponentialVanishesWhereFloat32Does() {
    // Half of the smallest positive number lies between these.
    let x: [Float] = [-103.972, -103.973, -87.5, -1e30, -.infinity]
    let e = exponentials(x)
    #expect(e[0] == .leastNonzeroMagnitude && e[1] == 0)
    #expect(e[2] > 0 && e[2].isSubnormal)
    #expect(e[3] == 0 && e[4] == 0)
    #expect(exponentials([.nan])[0].isNaN)
  }

  @Test func logarithm() {
    // Two elements: the probability of the first is 1/(1 + e^-d), that of the second e^-d/(1 + e^-d).
    var worst = 0.0
    for d in Self.grid(20_000, to: 100) {
      let y = logProbabilities([0, -d])
      let e = exponentials([-d])[0]
      for (result, p) in zip(y, [1 / (1 + e), e / (1 + e)]) {
        worst = max(worst, ulps(result, log(Double(p))))
      }
    }
    #expect(worst < 0.95)
  }

  @Test func gelu() {
    let x = Self.grid(100_000, to: 10)
    var (worst, relative) = (0.0, 0.0)
    for x in [x, x.map { -$0 }] {
      for (result, x) in zip(activated(x, CTENSORS_GELU), x) {
        let truth = Double(x) * 0.5 * erfc(-Double(x) * 0.5.squareRoot())
        worst = max(worst, abs(Double(result) - truth))
        if abs(x) < 1 { relative = max(relative, ulps(result, truth)) }
      }
    }
    #expect(worst < 4e-7)
    #expect(relative < 6)
  }

  @Test func geluEnds() {
    let x: [Float] = [6, 10, 1e3, 1e30, .infinity]
    #expect(activated(x, CTENSORS_GELU) == x)
    #expect(activated([-15, -1e3, -1e30], CTENSORS_GELU) == [0, 0, 0])
    #expect(activated([0, -0.0], CTENSORS_GELU) == [0, 0])
  }

  @Test func quickGELU() {
    let x = Self.grid(100_000, to: 50)
    var worst = 0.0
    for x in [x, x.map { -$0 }] {
      for (result, x) in zip(activated(x, CTENSORS_QUICK_GELU), x) {
        let truth = Double(x) / (1 + exp(-1.702 * Double(x)))
        worst = max(worst, abs(Double(result) - truth) / max(1, abs(truth)))
      }
    }
    #expect(worst < 2e-7)
    #expect(activated([1e3, 1e30, -1e3, -1e30], CTENSORS_QUICK_GELU) == [1e3, 1e30, 0, 0])
  }

  @Test func layerNorm() {
    var random = TestRandom(seed: 9)
    let (n, weight, bias) = (768, random.floats(768, range: 4), random.floats(768, range: 4))
    let x = random.floats(n, range: 3).map { $0 + 20 }
    var y = x
    ctensors_layer_norm(CTENSORS_FASTEST, 1, n, x, n, weight, bias, 1e-5, &y, n)
    let mean = x.reduce(0.0) { $0 + Double($1) } / Double(n)
    let variance = x.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(n)
    for i in 0..<n {
      let truth =
        (Double(x[i]) - mean) / (variance + 1e-5).squareRoot() * Double(weight[i]) + Double(bias[i])
      #expect(abs(Double(y[i]) - truth) < 1e-5)
    }
  }

  @Test func softmaxSums() {
    var random = TestRandom(seed: 10)
    let n = 577
    let start = random.floats(n, range: 8)
    var (x, sum) = (start, Float(0))
    ctensors_exponentials(CTENSORS_FASTEST, 1, n, 0.125, &x, n, &sum)
    ctensors_divide_rows(CTENSORS_FASTEST, 1, n, [sum], &x, n)
    let largest = Double(start.max() ?? 0)
    let truth = start.map { exp((Double($0) - largest) * 0.125) }
    let total = truth.reduce(0, +)
    for (result, truth) in zip(x, truth) { #expect(abs(Double(result) - truth / total) < 1e-9) }
  }
}
