import Media
import Models
import Records
import Tensors
import Text

extension Verifier {
  /// The rule of a beam search as the manifest has it.
  func rule(_ task: FixtureTask) throws -> GenerationRule {
    let isVideo = task.values["videos"] != nil
    return GenerationRule(
      beams: try task.integer("beam_size", 1...64),
      minLength: try task.integer("min_length", 0...512),
      maxLength: try task.integer("max_length", 1...512),
      prompt: task.values["prompt"]?.string ?? "", isTidied: isVideo)
  }

  /// Compares a search: what the decoder is asked at each step, its first logits, and the hypotheses
  /// and texts that the task's own function gives.
  ///
  /// - Parameters:
  ///   - memories: What each item's texts attend to.
  ///   - generated: What the task's function gives.
  ///   - texts: The member of the manifest that has the texts.
  func compare(
    _ task: FixtureTask, _ rule: GenerationRule, _ memories: [DecoderMemory],
    generated: [GeneratedText], texts: String, _ checks: inout TaskChecks
  ) throws {
    let decoder = try loaded(model.network.decoder, "decoder")
    let steps = try steps(decoder, rule, memories)
    for step in 0..<2 where task.tensors.contains("logits_step\(step)") {
      let rows = step < steps.logits.count ? steps.logits[step] : []
      try checks.numbers(
        "logits_step\(step)", rows.flatMap { $0 }, width: decoder.vocabulary,
        limit: VerificationLimit.logits)
    }
    checks.identical(
      "beam.steps", [steps.ids.count],
      [try task.required(task.values["beam"]?["steps"]?.int, "beam.steps", "a number")])
    let numbers = task.tensors.names.compactMap { name in
      name.hasPrefix("alive_step") ? Int(name.dropFirst(10)) : nil
    }
    for step in numbers.sorted() {
      let rows = step < steps.ids.count && step >= 0 ? steps.ids[step] : []
      // The reference begins with equal beams, of which one is asked here.
      try checks.ids(
        "alive_step\(step)",
        step == 0 ? rows.flatMap { Array(repeating: $0, count: rule.beams) } : rows)
    }
    let scores = try task.nBestScores()
    let found = generated.map(\.candidates)
    checks.identical("beam.nbest_ids", found.map { $0.map(\.ids) }, try task.nBestIDs())
    checks.numbers(
      "beam.nbest_scores", found.flatMap { $0.map(\.score) }, scores.flatMap { $0 },
      limit: VerificationLimit.scores)
    checks.identical(texts, generated.map(\.text), try task.strings(texts))
  }

  /// What a search asks and is answered.
  private func steps(
    _ decoder: TextDecoder, _ rule: GenerationRule, _ memories: [DecoderMemory]
  ) throws -> RecordedDecoder.Steps {
    let search = BeamSearch(
      beams: rule.beams, minLength: rule.minLength, maxLength: rule.maxLength)
    let ids = model.tokenizer.ids(of: rule.prompt).ids
    let prompt = rule.prompt.isEmpty ? ids : ids.dropLast()
    var steps = RecordedDecoder.Steps()
    for range in batches(memories.count) {
      let recorded = RecordedDecoder(
        decoder.start(Array(memories[range]), engine), keptLogits: 2)
      _ = try search(recorded, prompts: range.map { _ in Array(prompt) }, engine)
      steps.append(recorded.steps)
    }
    return steps
  }
}
