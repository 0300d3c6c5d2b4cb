import Text

/// VQA accuracy: how far the answer agrees with those of ten people.
///
/// For each human answer, with m the number of *other* humans who gave the predicted answer,
/// min(1, m / 3); a question's accuracy is the mean of these, a set's 100 times the mean over its
/// questions, in question order. With ten distinct records: 0, 0.3, 0.6, 0.9, 1 for 0, 1, 2, 3, 4
/// or more humans who agree.
///
/// `value` and the per-question `samples` are percent, rounded to two decimals as the official
/// program prints them; `unrounded` and the statistics are not rounded.
///
/// Source: Antol et al., "VQA" (ICCV 2015); `GT-Vision-Lab/VQA`, `vqaEval.py` (v2.0), run under
/// Python 3.
///
/// Quirks kept: texts are normalized only if the human answers differ after stripping, so `the dog`
/// against ten times `The Dog.` scores 0; the others are the answers whose *record* differs in any
/// field, so that equal records are left out together.
public struct VQAAccuracy: AnswerMetric {
  /// Whose program is followed.
  public enum Variant: Sendable, Hashable {
    /// The official one.
    case official
    /// The copy in the mPLUG repository. See `MPLUGVQAAccuracy`.
    case mplug
  }

  /// What it is.
  public static let card = MetricCard(
    name: "accuracy",
    produces: ["accuracy", "accuracy/yes-no", "accuracy/number", "accuracy/other"],
    title: "VQA accuracy", task: "vqa", scale: "percent, 0 to 100", displayFactor: 1,
    source: "GT-Vision-Lab/VQA v2.0, vqaEval.py",
    summary: "agreement with ten human answers")

  /// A mean of what is kept as the program prints it, with two decimals.
  public static func corpusRule(of score: String, signature: Signature) -> CorpusRule {
    .mean(decimals: 2)
  }

  /// Whose program is followed.
  public let variant: Variant

  /// The metric with the official settings.
  public init() { variant = .official }

  /// The metric as one of the programs computes it.
  public init(variant: Variant) { self.variant = variant }

  /// The overall score, then one for each answer type; question types as groups.
  ///
  /// - Throws: `MetricError.noSamples`, `.countsDiffer` or `.noHumanAnswer`.
  public func scores(of references: VQAReferences, answers: [String]) throws -> AnswerScores {
    let name = variant == .official ? Self.card.name : MPLUGVQAAccuracy.card.name
    guard references.count > 0 else { throw MetricError.noSamples(metric: name) }
    guard answers.count == references.count else {
      throw MetricError.countsDiffer(
        what: "answers", expected: references.count, found: answers.count)
    }
    let accuracies = try accuracies(of: references, answers)
    return try VQATotals(
      name: name, signature: signature(name, references), references: references,
      accuracies: accuracies
    ).scores()
  }

  private func signature(_ name: String, _ references: VQAReferences) -> Signature {
    var least = Int.max
    var most = 0
    for question in 0..<references.count {
      let count = references.answerRange(of: question).count
      least = min(least, count)
      most = max(most, count)
    }
    return Signature(
      name,
      [
        "nrefs": least == most ? "\(least)" : "\(least)-\(most)",
        "norm": variant == .official ? "vqa-v2" : "mplug",
        "digits": "unicode",
      ])
  }

  /// The accuracy of each question, 0 to 1.
  private func accuracies(of references: VQAReferences, _ predictions: [String]) throws -> [Double]
  {
    let normalizer = VQAAnswerNormalizer()
    let pool = references.pool
    var predictionPool = InternedStrings(minimumCapacity: 1 << 12)
    var texts = InternedStrings(minimumCapacity: pool.count)
    // Answers as they are compared with one another first, and then if they are not all equal.
    let strip: AnswerForms.Step = { VQAAnswerNormalizer.strip($0, &$1) }
    let stripAndNormalize: AnswerForms.Step = { text, output in
      var stripped: [UInt8] = []
      VQAAnswerNormalizer.strip(text, &stripped)
      stripped.withUnsafeBufferPointer { normalizer.normalize($0, &output) }
    }
    let official = variant == .official
    var asGiven = AnswerForms(
      count: pool.count, step: official ? strip : { $1 = Array($0) })
    var processed = AnswerForms(
      count: pool.count,
      step: official ? stripAndNormalize : { normalizer.punctuation($0, &$1) })
    var predictedAsGiven = AnswerForms(count: 0, step: official ? strip : stripAndNormalize)
    var predictedProcessed = AnswerForms(count: 0, step: stripAndNormalize)

    var accuracies: [Double] = []
    accuracies.reserveCapacity(references.count)
    var given: [UInt32] = []
    for question in 0..<references.count {
      let range = references.answerRange(of: question)
      guard !range.isEmpty else {
        throw MetricError.noHumanAnswer(question: references.questionIDs[question])
      }
      let predicted = predictionPool.intern(predictions[question])
      given.removeAll(keepingCapacity: true)
      var differ = false
      for place in range {
        given.append(asGiven.form(of: references.answers[place], in: pool, texts: &texts))
        if given[given.count - 1] != given[0] { differ = true }
      }
      let prediction: UInt32
      if differ {
        for (index, place) in range.enumerated() {
          given[index] = processed.form(of: references.answers[place], in: pool, texts: &texts)
        }
        prediction = predictedProcessed.form(of: predicted, in: predictionPool, texts: &texts)
      } else {
        prediction = predictedAsGiven.form(of: predicted, in: predictionPool, texts: &texts)
      }
      accuracies.append(
        Self.accuracy(of: prediction, given, classes: references.recordClasses(of: question)))
    }
    return accuracies
  }

  /// The accuracy of one prediction against the human answers as they are compared.
  private static func accuracy(
    of prediction: UInt32, _ answers: [UInt32], classes: ArraySlice<UInt32>?
  ) -> Double {
    var matches = 0
    for answer in answers where answer == prediction { matches += 1 }
    guard matches > 0 else { return 0 }
    var sum = 0.0
    for (index, answer) in answers.enumerated() {
      // Records are equal if text and class are; an answer's own record is one of them.
      var others = matches
      if answer == prediction {
        if let classes {
          let own = classes[classes.startIndex + index]
          for (place, other) in zip(classes, answers) where place == own && other == answer {
            others -= 1
          }
        } else {
          others -= 1
        }
      }
      sum += min(1, Double(others) / 3)
    }
    return sum / Double(answers.count)
  }
}
