/// The mean as numpy computes it over a vector of doubles: pairwise, not left to right, which
/// decides the last digits of corpus values.
///
/// Source: numpy, `pairwise_sum` in `loops_utils.h.src`.
package enum NumpyMean {
  /// `numpy.mean` of a vector; not a number if it is empty.
  package static func mean(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { sum($0) / Double($0.count) }
  }

  /// `numpy.sum` of a vector.
  package static func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
    let count = values.count
    if count < 8 {
      var sum = 0.0
      for value in values { sum += value }
      return sum
    }
    guard count <= 128 else {
      var half = count / 2
      half -= half % 8
      return sum(UnsafeBufferPointer(rebasing: values[..<half]))
        + sum(UnsafeBufferPointer(rebasing: values[half...]))
    }
    let whole = count - count % 8
    var r0 = values[0]
    var r1 = values[1]
    var r2 = values[2]
    var r3 = values[3]
    var r4 = values[4]
    var r5 = values[5]
    var r6 = values[6]
    var r7 = values[7]
    for index in stride(from: 8, to: whole, by: 8) {
      r0 += values[index]
      r1 += values[index + 1]
      r2 += values[index + 2]
      r3 += values[index + 3]
      r4 += values[index + 4]
      r5 += values[index + 5]
      r6 += values[index + 6]
      r7 += values[index + 7]
    }
    var sum = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7))
    for index in whole..<count { sum += values[index] }
    return sum
  }
}
