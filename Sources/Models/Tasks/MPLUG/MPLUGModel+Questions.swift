import Tensors
import Text

extension MPLUGModel: QuestionAnswering {
  package func answers(
    to questions: [VisualText], _ task: TaskProtocol
  ) throws -> [GeneratedText] {
    let rule = try require(task.output.generation, task, "text")
    let decoder = try require(network.decoder, "the decoder", task.task)
    return try inParts(questions, decoder: decoder, task) { part in
      let fused = try fused(part, task)
      let memories = decoder.memories(fused.joint, budget: Self.batchBytes, engine)
      let texts = try generated(decoder, memories, rule, task)
      return zip(part, zip(texts, fused.remarks)).map {
        GeneratedText(sample: $0.input.sample, candidates: $1.0, remarks: $1.1)
      }
    }
  }

  package func candidates(_ answers: [String]) throws -> AnswerCandidates {
    let separator = WordPieceToken.separator.text
    let positions = network.configuration.text.positions
    let ids = try answers.map { answer in
      let (ids, isCut) = tokenizer.ids(of: answer + separator, limit: positions)
      guard !isCut else {
        throw ModelError.cannot(
          model: name, task: ModelTask.videoQA.rawValue,
          reason: "the answer '\(answer.prefix(40))' has more than \(positions) ids",
          remedy: "leave it out of the list")
      }
      return ids
    }
    // Says what is wrong with a list before anything is encoded.
    _ = try AnswerRanking(answers: ids, limit: 1)
    return AnswerCandidates(answers: answers, ids: ids)
  }

  package func rankedAnswers(
    to questions: [VisualText], among candidates: AnswerCandidates, _ task: TaskProtocol
  ) throws -> [RankedAnswers] {
    let rule = try require(task.output.ranking, task, "ranking")
    if let stated = rule.answersDigest, stated != candidates.digest {
      // The signature would speak of a list that did not decide.
      throw ModelError.cannot(
        model: name, task: task.task.rawValue,
        reason: "its protocol states another list of answers",
        remedy: "make the protocol with `ranking` of the same list")
    }
    let decoder = try require(network.decoder, "the decoder", task.task)
    var ranking = try AnswerRanking(answers: candidates.ids, limit: rule.kept)
    ranking.countsFirstTwice = task.keeps(.q5)
    return try inParts(questions, decoder: decoder, task) { part in
      let fused = try fused(part, task)
      let memories = decoder.memories(fused.joint, budget: Self.batchBytes, engine)
      let ranked = try ranking(decoder, memories, engine)
      return zip(part, zip(ranked, fused.remarks)).map { question, result in
        RankedAnswers(
          sample: question.input.sample,
          candidates: zip(result.0.indices, result.0.probabilities).map {
            RankedAnswers.Candidate(
              index: $0, text: candidates.answers[$0], probability: $1)
          }, remarks: result.1)
      }
    }
  }

  /// As the general one, for texts about something.
  func inParts<Result>(
    _ items: [VisualText], decoder: TextDecoder, _ task: TaskProtocol,
    _ body: ([VisualText]) throws -> [Result]
  ) throws -> [Result] {
    try inParts(
      items, decoder: decoder, task, tokens: { $0.visual.tokens.rows + 32 },
      sample: { $0.input.sample }, { try body(Array($0)) })
  }
}
