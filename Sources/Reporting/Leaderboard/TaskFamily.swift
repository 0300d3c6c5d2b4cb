import Datasets

/// The tasks under which the paper groups its benchmarks, in its order. The raw value is the name of
/// the task of a model.
package enum TaskFamily: String, Sendable, CaseIterable {
  case vqa
  case caption
  case retrieval
  case grounding
  case entailment
  case reasoning
  case videoRetrieval = "video-retrieval"
  case videoQA = "video-qa"
  case videoCaption = "video-caption"

  /// The heading in tables.
  package var title: String {
    switch self {
    case .vqa: "Visual question answering"
    case .caption: "Image captioning"
    case .retrieval: "Image-text retrieval"
    case .grounding: "Visual grounding"
    case .entailment: "Visual entailment"
    case .reasoning: "Natural language visual reasoning"
    case .videoRetrieval: "Video-text retrieval"
    case .videoQA: "Video question answering"
    case .videoCaption: "Video captioning"
    }
  }

  /// The place in the paper's order, from 0.
  package var place: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

  /// The family of a benchmark: its task, over clips where its protocol takes frames. An embedded
  /// benchmark whose card states no protocol is of the family of the one whose form it has.
  package init(of card: BenchmarkCard, among cards: [BenchmarkCard]) {
    let model = card.published.flatMap { name in cards.first { $0.name == name } }
    let isVideo = (card.protocol ?? model?.protocol)?.frames != nil
    switch card.task {
    case .vqa: self = isVideo ? .videoQA : .vqa
    case .caption: self = isVideo ? .videoCaption : .caption
    case .retrieval: self = isVideo ? .videoRetrieval : .retrieval
    case .grounding: self = .grounding
    case .entailment: self = .entailment
    case .reasoning: self = .reasoning
    }
  }
}
