import Foundation

/// McNemar's exact test for two systems that are right or wrong on the same samples.
///
/// Of the samples on which they differ, b are better and c worse for the second system; if the
/// systems were equal, b would be binomial with probability 1/2. p = min(1, 2 · P(X ≤ min(b, c))).
///
/// Source: McNemar (1947), in its exact form.
public enum McNemar {
  /// The two-sided p-value for the numbers of samples that got better and worse.
  public static func exact(better: Int, worse: Int) -> Double {
    precondition(better >= 0 && worse >= 0, "counts are not negative")
    let count = better + worse
    let least = min(better, worse)
    if 2 * least >= count - 1 { return 1 }
    // P = C(n, m) / 2^n · (1 + m/(n-m+1) + m(m-1)/((n-m+1)(n-m+2)) + …): the greatest term by
    // logarithms, since 2^n overflows, and its neighbours by their ratios.
    var series = 1.0
    var term = 1.0
    var place = least
    while place > 0, term > series * 1e-18 {
      term *= Double(place) / Double(count - place + 1)
      series += term
      place -= 1
    }
    let logarithm =
      logFactorial(count) - logFactorial(least) - logFactorial(count - least)
      - Double(count) * log(2)
    return min(1, 2 * exp(logarithm) * series)
  }

  /// The two-sided p-value for two systems' scores of 0 or 1 on the same samples.
  ///
  /// - Throws: `MetricError.countsDiffer`, or `.notBinary`.
  public static func exact(first: [Double], second: [Double]) throws -> Double {
    guard first.count == second.count else {
      throw MetricError.countsDiffer(
        what: "scores of the second system", expected: first.count, found: second.count)
    }
    var better = 0
    var worse = 0
    for (sample, (left, right)) in zip(first, second).enumerated() {
      guard left == 0 || left == 1, right == 0 || right == 1 else {
        throw MetricError.notBinary(what: "score", sample: sample)
      }
      if right > left { better += 1 }
      if right < left { worse += 1 }
    }
    return exact(better: better, worse: worse)
  }

  private static func logFactorial(_ number: Int) -> Double {
    lgamma(Double(number) + 1).0
  }
}
