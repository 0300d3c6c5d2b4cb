import Foundation
import Tensors

/// Chooses among given answers: those with the likeliest first pieces are scored by the decoder.
///
/// Source: `rank_answer` in `models/model_video_qa_mplug.py` of the reference.
///
/// Quirks kept: the first piece counts twice (Q5; `countsFirstTwice` takes that away).
package struct AnswerRanking: Sendable, Equatable {
  /// The answers as ids: `[CLS]`, pieces, `[SEP]`.
  package let answers: [[Int32]]
  /// How many answers are scored; all where there are fewer (Q10).
  package var limit: Int
  /// Whether a score is the first piece's log-probability plus that of the whole answer (Q5).
  package var countsFirstTwice = true

  /// - Throws: `ModelError` where there is no answer, an answer has no piece, or answers begin with
  ///   different tokens.
  package init(answers: [[Int32]], limit: Int) throws {
    func refuse(_ name: String, _ found: String, _ remedy: String) -> ModelError {
      .unusableSetting(name: name, found: found, remedy: remedy)
    }
    guard let first = answers.first?.first else {
      throw refuse("answer list", "empty", "give at least one answer")
    }
    for (index, answer) in answers.enumerated() where answer.count < 2 || answer[0] != first {
      throw refuse(
        "answer \(index)", "\(answer)", "an answer is [CLS], its pieces and [SEP]")
    }
    guard limit >= 1 else {
      throw refuse("number of answers to score", String(limit), "it is at least 1")
    }
    self.answers = answers
    self.limit = limit
  }

  /// The answers that were scored, the best first.
  package struct Ranked: Sendable, Equatable {
    /// Their places in the answer list.
    package var indices: [Int]
    /// The softmax over their scores.
    package var probabilities: [Float]
  }

  /// Ranks the answers for one item after the other.
  ///
  /// Answers are written as a tree: what several begin with goes through the decoder once, `[CLS]` from
  /// the first step on, and an answer's last token not at all, for nothing follows it.
  ///
  /// - Parameter memories: What the answers attend to, one per item.
  /// - Throws: `ModelError` where the logits of an item are not finite, and as `TextDecoder.logits`.
  package func callAsFunction(
    _ decoder: TextDecoder, _ memories: [DecoderMemory], _ engine: Engine
  ) throws -> [Ranked] {
    for answer in answers { try decoder.check(ids: answer) }
    return try memories.enumerated().map { item, memory in
      try rank(decoder.start([memory], engine), item: item, engine)
    }
  }

  private func rank(_ state: DecoderState, item: Int, _ engine: Engine) throws -> Ranked {
    let start = try state.start([[answers[0][0]]])
    guard engine.allFinite(start.pointer, start.width) else {
      throw SearchSettings.notFinite(item: item)
    }
    // A softmax rises with the logit.
    let first = answers.map { start.pointer[Int($0[1])] }
    let kept = Array(
      answers.indices.sorted { first[$0] > first[$1] || (first[$0] == first[$1] && $0 < $1) }
        .prefix(limit)
    ).sorted()
    let probabilities = engine.logProbabilities(start).floats
    let firsts = engine.logSoftmax(start, at: [kept.map { Int(answers[$0][1]) }])[0]
    let rest = try AnswerTree(kept.map { answers[$0] }).sums(state, item: item, engine)
    let scores = kept.indices.map { place -> Double in
      let counted = Double(firsts[place]) + rest[place]
      let again = countsFirstTwice ? Double(probabilities[Int(answers[kept[place]][1])]) : 0
      return again + counted
    }
    let order = kept.indices.sorted {
      scores[$0] > scores[$1] || (scores[$0] == scores[$1] && $0 < $1)
    }
    // Where the reference's softmax has only −∞ it gives no numbers; here all are equal.
    let largest = scores[order[0]]
    let weights = order.map { scores[$0] == largest ? 1 : exp(scores[$0] - largest) }
    let sum = weights.reduce(0, +)
    return Ranked(
      indices: order.map { kept[$0] }, probabilities: weights.map { Float($0 / sum) })
  }
}
