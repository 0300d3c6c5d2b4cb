/// What a gate found: a judgement of each metric of each run, and the verdict over all.
package struct GateReport: Sendable {
  /// The verdict over all.
  package enum Verdict: String, Sendable {
    /// Every value was measured and none is worse than it may be.
    case passed
    /// A value is worse, or was not measured as the baseline was.
    case failed
    /// None is shown to be worse, but the samples do not suffice to say so of all.
    case cannotTell = "cannot tell"
  }

  /// The baseline file.
  package let baseline: String
  /// In the order of the baseline, then what the baseline does not have.
  package let judgements: [Judgement]
  /// What a reader must know beside them, a line each.
  package let notes: [String]

  /// Puts a report together.
  package init(baseline: String, judgements: [Judgement], notes: [String]) {
    self.baseline = baseline
    self.judgements = judgements
    self.notes = notes
  }

  /// The verdict over all.
  package var verdict: Verdict {
    if judgements.contains(where: \.verdict.isFailure) { return .failed }
    return judgements.contains { $0.verdict == .cannotTell } ? .cannotTell : .passed
  }

  /// How many metrics got a verdict.
  package func count(of verdict: Judgement.Verdict) -> Int {
    judgements.count { $0.verdict == verdict }
  }

  /// How many metrics were judged, rather than only shown.
  package var judgedCount: Int {
    judgements.count { $0.verdict != .new && $0.verdict != .notJudged }
  }

  /// The verdict on one line.
  package var summary: String {
    let parts = Judgement.Verdict.allCases.compactMap { verdict in
      let count = count(of: verdict)
      return count > 0 ? "\(count) \(verdict.rawValue)" : nil
    }
    return "\(verdict.rawValue): \(parts.joined(separator: ", ")); baseline \(baseline)"
  }

  /// Whether taking the numbers over would raise the bar or widen it.
  package var suggestsUpdate: Bool {
    verdict == .passed && judgements.contains { $0.isBetter || $0.verdict == .new }
  }
}
