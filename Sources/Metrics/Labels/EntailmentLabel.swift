/// A class of SNLI-VE, as the files write it; the cases stand in the order in which the reference
/// project numbers them: contradiction 0, neutral 1, entailment 2.
///
/// Source: `X-PLUG/mPLUG`, `dataset/ve_dataset.py`.
public enum EntailmentLabel: String, Sendable, CaseIterable {
  /// The picture rules the sentence out.
  case contradiction
  /// Neither.
  case neutral
  /// The picture makes the sentence true.
  case entailment

  /// The names of all classes, in order.
  public static let names = allCases.map(\.rawValue)

  /// The class of the greatest logit, the first of equal ones.
  ///
  /// - Parameter logits: One number a class, in the order of the cases; infinities are legal.
  /// - Throws: `MetricError.wrongLogits` for another count, or for what is not a number.
  public init(logits: [Double]) throws {
    guard logits.count == Self.allCases.count else {
      throw MetricError.wrongLogits(found: "\(logits.count) numbers")
    }
    if let place = logits.firstIndex(where: \.isNaN) {
      throw MetricError.wrongLogits(found: "no number for \(Self.names[place])")
    }
    var best = 0
    for place in logits.indices where logits[place] > logits[best] { best = place }
    self = Self.allCases[best]
  }
}
