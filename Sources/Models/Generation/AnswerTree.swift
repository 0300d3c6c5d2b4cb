import Tensors

/// Answers as a tree of their pieces below `[CLS]`: each beginning that several have in common is one
/// token for the decoder.
struct AnswerTree {
  /// What follows a token: a column of its logits, and the answers that go on there.
  private struct Continuation {
    var token: Int32
    var answers: [Int]
  }

  /// The tokens to write, parents before children.
  private var tokens: [(id: Int32, parent: DecoderState.Parent)] = []
  /// For each of them what follows it.
  private var continuations: [[Continuation]] = []
  private let answers: Int

  /// - Parameter answers: Each with its `[CLS]`, which row 0 of the decoder's last call stands for.
  init(_ answers: [[Int32]]) {
    self.answers = answers.count
    var places: [[Int32]: Int] = [:]
    for (index, answer) in answers.enumerated() {
      var parent: Int?
      // The last token is not written: it only has to be foretold.
      for length in 1..<answer.count - 1 {
        let beginning = Array(answer[1...length])
        let place = places[beginning] ?? tokens.count
        if place == tokens.count {
          places[beginning] = place
          tokens.append((answer[length], parent.map { .new($0) } ?? .row(0)))
          continuations.append([])
        }
        add(answer[length + 1], index, behind: place)
        parent = place
      }
    }
  }

  private mutating func add(_ token: Int32, _ answer: Int, behind place: Int) {
    if let known = continuations[place].firstIndex(where: { $0.token == token }) {
      continuations[place][known].answers.append(answer)
    } else {
      continuations[place].append(Continuation(token: token, answers: [answer]))
    }
  }

  /// For each answer the log-probabilities of its tokens behind the first piece, summed.
  ///
  /// - Throws: `ModelError` where the logits are not finite, and what the decoder throws.
  func sums(_ state: DecoderState, item: Int, _ engine: Engine) throws -> [Double] {
    var sums = [Double](repeating: 0, count: answers)
    guard !tokens.isEmpty else { return sums }
    let states = try state.write(tokens)
    // Some rows at a time: logits of all would take hundreds of megabytes.
    for first in stride(from: 0, to: tokens.count, by: 64) {
      let rows = first..<min(first + 64, tokens.count)
      let logits = state.logits(states.rows(rows))
      for row in 0..<logits.rows where !engine.allFinite(logits.row(row), logits.width) {
        throw SearchSettings.notFinite(item: item)
      }
      let wanted = engine.logSoftmax(
        logits, at: rows.map { continuations[$0].map { Int($0.token) } })
      for (place, row) in rows.enumerated() {
        for (continuation, value) in zip(continuations[row], wanted[place]) {
          for answer in continuation.answers { sums[answer] += Double(value) }
        }
      }
    }
    return sums
  }
}
