/// VQA accuracy as the copy of the scorer in the mPLUG repository computes it (its scripts do not
/// call it).
///
/// As `VQAAccuracy`, but the prediction is always normalized, and human answers are not stripped:
/// they get the punctuation step alone, if they are not all equal as written.
///
/// Source: `X-PLUG/mPLUG`, `vqaTools/vqaEval.py`.
public struct MPLUGVQAAccuracy: AnswerMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "accuracy-mplug",
    produces: [
      "accuracy-mplug", "accuracy-mplug/yes-no", "accuracy-mplug/number", "accuracy-mplug/other",
    ],
    title: "VQA accuracy (mPLUG's copy)", task: "vqa", scale: "percent, 0 to 100",
    displayFactor: 1, source: "X-PLUG/mPLUG, vqaEval.py",
    summary: "agreement with ten human answers, whose text is normalized in part")

  /// A mean of what is kept as the program prints it, with two decimals.
  public static func corpusRule(of score: String, signature: Signature) -> CorpusRule {
    .mean(decimals: 2)
  }

  /// The metric with the settings of that program.
  public init() {}

  /// The overall score, then one for each answer type; question types as groups.
  public func scores(of references: VQAReferences, answers: [String]) throws -> AnswerScores {
    try VQAAccuracy(variant: .mplug).scores(of: references, answers: answers)
  }
}
