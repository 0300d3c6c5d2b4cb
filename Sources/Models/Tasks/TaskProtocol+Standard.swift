import Media

extension TaskProtocol {
  /// The protocol of the reference for a task.
  ///
  /// - Parameters:
  ///   - resolution: In pixels; it is a matter of the model.
  ///   - frames: Of a video; nil for the task's own number. Not looked at for pictures.
  public static func standard(
    _ task: ModelTask, resolution: Int, frames: Int? = nil
  ) -> TaskProtocol {
    let caption = TextRule(cleaning: .caption, words: 30)
    let convention = "ALBEF"
    switch task {
    case .vqa:
      return TaskProtocol(
        task, resolution: resolution, text: TextRule(ocrWords: 30, addsObjects: true),
        output: .text(GenerationRule(beams: 5, minLength: 1, maxLength: 10)))
    case .caption:
      return TaskProtocol(
        task, resolution: resolution,
        output: .text(GenerationRule(beams: 5, minLength: 8, maxLength: 25)))
    case .retrieval:
      return TaskProtocol(
        task, resolution: resolution,
        text: TextRule(cleaning: .caption, words: 30, ids: 30, padding: .full),
        output: .matching(MatchingRule(shortlist: 256, addsSimilarity: false)))
    case .grounding:
      return TaskProtocol(
        task, resolution: resolution, shape: .letterbox,
        text: TextRule(cleaning: .phrase, ids: 20, padding: .full, endsWithSeparator: true),
        output: .box(BoxRule()))
    case .entailment:
      return TaskProtocol(
        task, resolution: resolution, text: caption,
        output: .classes(
          ClassRule(
            labels: ["contradiction", "neutral", "entailment"], convention: convention)))
    case .reasoning:
      return TaskProtocol(
        task, resolution: resolution, text: caption,
        output: .classes(ClassRule(labels: ["False", "True"], convention: convention)))
    case .videoRetrieval:
      return TaskProtocol(
        task, resolution: resolution, frames: frames ?? 12,
        text: TextRule(cleaning: .caption, words: 40, ids: 35, padding: .full),
        output: .matching(MatchingRule(shortlist: 128, addsSimilarity: true)))
    case .videoQA:
      return TaskProtocol(
        task, resolution: resolution, frames: frames ?? 16, text: TextRule(),
        output: .ranking(RankingRule(kept: 128)))
    case .videoCaption:
      return TaskProtocol(
        task, resolution: resolution, frames: frames ?? 8,
        output: .text(
          GenerationRule(
            beams: 10, minLength: 15, maxLength: 25, prompt: "a picture of", isTidied: true)))
    }
  }

  /// The same task by generation with the rule of pictures' questions: an answer to a question about
  /// a video without a list of answers.
  public var generating: TaskProtocol {
    var copy = self
    copy.output = .text(GenerationRule(beams: 5, minLength: 1, maxLength: 10))
    return copy
  }

  /// The same task by ranking a list of answers.
  ///
  /// - Parameters:
  ///   - answers: In the order that decides ties.
  ///   - kept: As many answers are kept by their first piece; nil for what the protocol says, or the
  ///     reference's 128.
  public func ranking(_ answers: [String], kept: Int? = nil) -> TaskProtocol {
    var copy = self
    var rule = RankingRule(kept: 128)
    if case .ranking(let own) = output { rule = own }
    rule.answersDigest = AnswerList.digest(of: answers)
    rule.kept = kept ?? rule.kept
    copy.output = .ranking(rule)
    return copy
  }
}
