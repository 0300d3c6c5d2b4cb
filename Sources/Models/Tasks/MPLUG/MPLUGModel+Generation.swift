import Tensors
import Text

extension MPLUGModel {
  /// Texts by beam search over memories, an item each.
  ///
  /// - Throws: `ModelError`.
  func generated(
    _ decoder: TextDecoder, _ memories: [DecoderMemory], _ rule: GenerationRule,
    _ task: TaskProtocol
  ) throws -> [[GeneratedText.Candidate]] {
    let prompt = try promptIDs(rule, task)
    var search = BeamSearch(
      beams: rule.beams, minLength: rule.minLength, maxLength: rule.maxLength)
    search.lengthPenalty = rule.lengthExponent
    search.cutsAtEnd = !task.keeps(.q3)
    let state = decoder.start(
      memories, tokensPerItem: prompt.count + rule.beams * (rule.maxLength + 1), engine)
    let found = try search(state, prompts: memories.map { _ in prompt }, engine)
    return found.map { hypotheses in
      hypotheses.map { hypothesis in
        let text = tokenizer.text(of: hypothesis.ids)
        return GeneratedText.Candidate(
          ids: hypothesis.ids, text: rule.isTidied ? MPLUGTextCleaning.videoCaption(text) : text,
          score: hypothesis.score)
      }
    }
  }

  /// What a text begins with: `[CLS]` and the prompt, which loses its last id in the reference, that
  /// being meant for a `[SEP]` that its tokenizer does not add (quirk Q4).
  private func promptIDs(_ rule: GenerationRule, _ task: TaskProtocol) throws -> [Int32] {
    let positions = network.configuration.text.positions
    let (ids, _) = tokenizer.ids(of: rule.prompt)
    let prompt = !rule.prompt.isEmpty && task.keeps(.q4) ? ids.dropLast() : ids
    guard prompt.count + rule.maxLength <= positions else {
      throw ModelError.cannot(
        model: name, task: task.task.rawValue,
        reason: "\(rule.maxLength) ids behind \(prompt.count) of the prompt, it has "
          + "\(positions) positions", remedy: "lower max_length")
    }
    // A prompt of no pieces would leave nothing to begin with.
    return prompt.isEmpty ? ids : Array(prompt)
  }
}

extension OutputRule {
  /// The rule where text is generated.
  var generation: GenerationRule? { if case .text(let rule) = self { rule } else { nil } }
  /// The rule where answers are ranked.
  var ranking: RankingRule? { if case .ranking(let rule) = self { rule } else { nil } }
  /// The rule where pairs are matched.
  var matching: MatchingRule? { if case .matching(let rule) = self { rule } else { nil } }
  /// The rule where classes are told apart.
  var classification: ClassRule? { if case .classes(let rule) = self { rule } else { nil } }
}
