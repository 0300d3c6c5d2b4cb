import Text

/// How the accuracy of one answer comes about.
package struct VQAAccuracyTrace: Sendable {
  /// A human answer.
  package struct Human: Sendable {
    /// As written.
    package let answer: String
    /// As it is compared.
    package let compared: String
    /// Whether it equals the prediction as that is compared.
    package let isEqual: Bool
    /// The accuracy against the others, 0 to 1.
    package let accuracy: Double
  }

  /// Whether texts were normalized: only where the human answers differ.
  package let isNormalized: Bool
  /// The prediction as it is compared.
  package let prediction: String
  /// The human answers in the order of the file.
  package let humans: [Human]
  /// The mean over them in percent, rounded as the official program prints it.
  package let accuracy: Double
}

extension VQAAccuracy {
  /// How the accuracy of an answer to one question comes about, as the official program computes it.
  ///
  /// - Throws: `MetricError.noHumanAnswer`.
  package static func trace(
    of prediction: String, to question: Int, in references: VQAReferences
  ) throws -> VQAAccuracyTrace {
    let answers = references.answers(of: question)
    guard !answers.isEmpty else {
      throw MetricError.noHumanAnswer(question: references.questionIDs[question])
    }
    let normalizer = VQAAnswerNormalizer()
    let stripped = answers.map { Array(normalizer.strip($0).utf8) }
    let differ = stripped.contains { $0 != stripped[0] }
    func compared(_ text: String) -> [UInt8] {
      let text = normalizer.strip(text)
      return Array((differ ? normalizer.normalize(text) : text).utf8)
    }
    let forms = answers.map(compared)
    let said = compared(prediction)
    let classes = references.recordClasses(of: question).map(Array.init)
    var sum = 0.0
    let humans = forms.indices.map { place in
      let others = forms.indices.count { other in
        guard forms[other] == said else { return false }
        // Equal records are left out together: those of one text and one class.
        guard forms[other] == forms[place] else { return true }
        return classes.map { $0[other] != $0[place] } ?? (other != place)
      }
      let accuracy = min(1, Double(others) / 3)
      sum += accuracy
      return VQAAccuracyTrace.Human(
        answer: answers[place], compared: String(decoding: forms[place], as: UTF8.self),
        isEqual: forms[place] == said, accuracy: accuracy)
    }
    return VQAAccuracyTrace(
      isNormalized: differ, prediction: String(decoding: said, as: UTF8.self), humans: humans,
      accuracy: PythonRound.round(100 * (sum / Double(forms.count)), digits: 2))
  }
}
