/// A golden value held against what this suite computes.
package struct VerificationCheck: Sendable {
  /// What came of it.
  package enum Outcome: Sendable, Equatable {
    /// Numbers that may differ by rounding: the largest errors over all of them. The relative one is
    /// over numbers that are not zero.
    case numbers(count: Int, absolute: Double, relative: Double, limit: Double)
    /// Values that have to be identical, and how many are not.
    case identity(count: Int, differing: Int)
    /// A metric that has to be identical but for the order of candidates with equal scores, which the
    /// original leaves open: the golden value, and what it may be.
    case range(golden: Double, allowed: ClosedRange<Double>)
    /// They cannot be compared: another shape, or a number that is none.
    case impossible(reason: String)
  }

  /// The task, a name of the manifest.
  package let task: String
  /// The tensor, or the member of the manifest.
  package let name: String
  /// What came of it.
  package let outcome: Outcome
  /// Where the first identical value is not; nil elsewhere.
  package let difference: String?

  /// Whether the golden value is met.
  package var passed: Bool {
    switch outcome {
    case .numbers(_, let absolute, _, let limit): absolute <= limit
    case .identity(_, let differing): differing == 0
    case .range(let golden, let allowed): allowed.contains(golden)
    case .impossible: false
    }
  }

  /// What is wrong, after the name; nil where nothing is.
  package var complaint: String? {
    guard !passed else { return nil }
    switch outcome {
    case .numbers(_, let absolute, _, let limit): return "is off by \(absolute), limit \(limit)"
    case .identity(let count, let differing):
      return "differs in \(differing) of \(count)" + (difference.map { ", first \($0)" } ?? "")
    case .range(let golden, let allowed):
      let isOne = allowed.lowerBound == allowed.upperBound
      return "is \(golden), the model gives \(allowed.lowerBound)"
        + (isOne ? "" : " to \(allowed.upperBound), depending on ties")
    case .impossible(let reason): return reason
    }
  }
}

/// How much float32 results of two programs may differ, absolute.
///
/// Source: `Tests/Fixtures/model/README.md`, "Tolerances".
enum VerificationLimit {
  /// Visual and text encoder, projected tokens.
  static let states = 1e-4
  /// Tokens after the fusion encoder.
  static let fusion = 1e-3
  /// Of the decoder and of the classification heads.
  static let logits = 3e-3
  /// Of searches, rankings and matching.
  static let scores = 1e-3
  /// Contrastive features and their products.
  static let similarities = 1e-4
  /// What few operations in single precision give: pictures, positions, overlaps.
  static let arithmetic = 1e-6
}
