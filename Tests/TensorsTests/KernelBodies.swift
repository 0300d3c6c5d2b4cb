import CTensors
import TestSupport

/// Bodies other than the scalar one that this processor has.
let vectorBodies = [CTENSORS_AVX2, CTENSORS_AVX512].filter { ctensors_has($0) }

extension TestRandom {
  /// Numbers from −`range` to `range`.
  mutating func floats(_ count: Int, range: Float) -> [Float] {
    (0..<count).map { _ in range * (Float(below(1 << 24)) / Float(1 << 23) - 1) }
  }
}

/// Whether two lists agree bit by bit; a NaN agrees with a NaN, whatever its payload.
func agree(_ a: [Float], _ b: [Float]) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
}

/// How many representable numbers lie between a result and the truth.
func ulps(_ result: Float, _ truth: Double) -> Double {
  abs(Double(result) - truth) / Double(max(Float(truth).ulp, Float.leastNonzeroMagnitude))
}

/// exp(x) as the kernel computes it, for x ≤ 0: a row's largest element is 0.
func exponentials(_ x: [Float], _ body: ctensors_body = CTENSORS_FASTEST) -> [Float] {
  var row = [0] + x
  var sum: Float = 0
  ctensors_exponentials(body, 1, row.count, 1, &row, row.count, &sum)
  return Array(row.dropFirst())
}

/// An activation of numbers.
func activated(
  _ x: [Float], _ activation: ctensors_activation, _ body: ctensors_body = CTENSORS_FASTEST
) -> [Float] {
  var row = x
  ctensors_activate(body, 1, row.count, activation, &row, row.count)
  return row
}

/// log(softmax(x)) of one row.
func logProbabilities(_ x: [Float], _ body: ctensors_body = CTENSORS_FASTEST) -> [Float] {
  var y = x
  ctensors_log_probabilities(body, 1, x.count, x, x.count, &y, x.count)
  return y
}
