/// A text that was generated, with what came close.
package struct GeneratedText: Sendable, Equatable {
  /// One hypothesis of the search.
  package struct Candidate: Sendable, Equatable {
    /// Its ids, with the prompt.
    package let ids: [Int32]
    /// The text that they are.
    package let text: String
    /// Its length-normalised log-probability.
    package let score: Float
  }

  /// The sample's name.
  package let sample: String
  /// The best first; as many as there are beams.
  package let candidates: [Candidate]
  /// What is to be said of the sample.
  package let remarks: [SampleRemark]

  /// The answer or the caption.
  package var text: String { candidates.first?.text ?? "" }
}

/// Answers of a list in the order of their scores.
package struct RankedAnswers: Sendable, Equatable {
  /// One answer.
  package struct Candidate: Sendable, Equatable {
    /// Its place in the list.
    package let index: Int
    /// The answer.
    package let text: String
    /// Its probability among those that were kept.
    package let probability: Float
  }

  /// The sample's name.
  package let sample: String
  /// The best first.
  package let candidates: [Candidate]
  /// What is to be said of the sample.
  package let remarks: [SampleRemark]

  /// The answer.
  package var text: String { candidates.first?.text ?? "" }
}

/// A box in the square that the model saw.
package struct FoundBox: Sendable, Equatable {
  /// The sample's name.
  package let sample: String
  /// The four tokens of the bins.
  package let tokens: [Int32]
  /// The box, in units of the square.
  package let box: SquareBox
  /// What is to be said of the sample.
  package let remarks: [SampleRemark]

  package init(sample: String, tokens: [Int32], box: SquareBox, remarks: [SampleRemark]) {
    self.sample = sample
    self.tokens = tokens
    self.box = box
    self.remarks = remarks
  }
}

/// The class of a statement.
package struct Classified: Sendable, Equatable {
  /// The sample's name.
  package let sample: String
  /// The label of the largest logit; of equals the first.
  package let label: String
  /// A logit per class.
  package let logits: [Float]
  /// What is to be said of the sample.
  package let remarks: [SampleRemark]
}
