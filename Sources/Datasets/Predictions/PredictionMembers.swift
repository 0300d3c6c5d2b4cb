/// The names of the id and the prediction in a data set's prediction records, as JSON Lines.
public struct PredictionMembers: Sendable, Hashable {
  /// The member with the id.
  public let id: String
  /// The member with the prediction.
  public let prediction: String

  /// Names them.
  public init(id: String, prediction: String) {
    self.id = id
    self.prediction = prediction
  }
}

extension BenchmarkTask {
  /// The usual names of the task. A retrieval has a line an image or clip, with the scores of texts.
  package var members: PredictionMembers {
    switch self {
    case .vqa: .init(id: "question_id", prediction: "answer")
    case .caption: .init(id: "image_id", prediction: "caption")
    case .grounding: .init(id: "sent_id", prediction: "bbox")
    case .entailment: .init(id: "id", prediction: "label")
    case .reasoning: .init(id: "identifier", prediction: "label")
    case .retrieval: .init(id: "image", prediction: "scores")
    }
  }
}
