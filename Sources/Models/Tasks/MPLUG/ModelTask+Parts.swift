extension ModelTask {
  /// The parts of a checkpoint that the task needs.
  package var parts: Set<MPLUGPart> {
    switch self {
    case .vqa, .videoQA, .grounding: [.visual, .text, .fusion, .decoder]
    case .caption, .videoCaption: [.visual, .decoder]
    case .retrieval, .videoRetrieval: [.visual, .text, .fusion, .contrastive, .matching]
    case .entailment: [.visual, .text, .fusion, .classification(classes: 3)]
    case .reasoning: [.visual, .text, .fusion, .reasoning, .classification(classes: 2)]
    }
  }
}
