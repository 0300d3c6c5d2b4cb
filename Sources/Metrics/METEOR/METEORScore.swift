import Foundation

/// METEOR's score from counts.
///
/// With content words weighing δ and function words 1 − δ, matches weighing what their module does:
///
///     P, R = weighted matches / weighted length, for hypothesis and reference
///     F = 1 / ((1 − α) / P + α / R)
///     fragmentation = chunks / mean of the matched words of both sides, 0 for a perfect match
///     score = F · (1 − γ · fragmentation^β)
enum METEORScore {
  static let alpha = 0.85
  static let beta = 0.20
  static let gamma = 0.60
  static let delta = 0.75

  /// The score of counts in the order of `METEORStatistics`.
  static func value(_ sums: UnsafeBufferPointer<Double>) -> Double {
    typealias Place = METEORStatistics.Place
    let precision =
      matches(sums, side: 0)
      / length(sums[Place.hypothesisWords], sums[Place.hypothesisFunctionWords])
    let recall =
      matches(sums, side: 1)
      / length(sums[Place.referenceWords], sums[Place.referenceFunctionWords])
    let mean = 1 / ((1 - alpha) / precision + alpha / recall)
    let matched = (sums[Place.hypothesisMatches], sums[Place.referenceMatches])
    let chunks = sums[Place.chunks]
    let isPerfect =
      matched.0 == sums[Place.hypothesisWords] && matched.1 == sums[Place.referenceWords]
      && chunks == 1
    let fragmentation = isPerfect ? 0 : chunks / ((matched.0 + matched.1) / 2)
    let score = mean * (1 - gamma * pow(fragmentation, beta))
    return score.isNaN ? 0 : max(0, score)
  }

  private static func length(_ words: Double, _ functionWords: Double) -> Double {
    delta * (words - functionWords) + (1 - delta) * functionWords
  }

  /// The weighted matches of the hypothesis (0) or the reference (1), summed in the order of the
  /// original.
  private static func matches(_ sums: UnsafeBufferPointer<Double>, side: Int) -> Double {
    var sum = 0.0
    for module in METEORModule.allCases {
      sum +=
        sums[METEORStatistics.Place.modules + 4 * module.rawValue + side] * module.weight * delta
    }
    for module in METEORModule.allCases {
      sum +=
        sums[METEORStatistics.Place.modules + 4 * module.rawValue + 2 + side] * module.weight
        * (1 - delta)
    }
    return sum
  }
}
