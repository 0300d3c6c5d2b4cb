import Tensors

/// The likeliest token at every step, ties going to the lower one, until the end token.
package struct GreedySearch: Sendable, Equatable {
  /// Steps at which the end token is forbidden.
  package var minLength: Int
  /// Steps.
  package var maxLength: Int
  /// `[SEP]`
  package var end: Int32 = 102

  package init(minLength: Int, maxLength: Int) {
    self.minLength = minLength
    self.maxLength = maxLength
  }

  /// Writes a text for every item of a decoder.
  ///
  /// - Parameter prompts: The first tokens of each item's text, usually `[CLS]` alone.
  /// - Returns: For each item its text, the end token included where it came to one, and the sum of the
  ///   log-probabilities of what was written.
  /// - Throws: as `BeamSearch`.
  package func callAsFunction(
    _ decoder: some StepDecoder, prompts: [[Int32]], _ engine: Engine
  ) throws -> [Hypothesis] {
    try SearchSettings.check(
      minLength: minLength, maxLength: maxLength, end: end, vocabulary: decoder.vocabulary)
    var texts = prompts.map { Hypothesis(ids: $0, score: 0) }
    guard !texts.isEmpty else { return [] }
    var logits = try decoder.start(prompts)
    var live = Array(texts.indices)
    for step in 0..<maxLength {
      let likeliest = try chosen(logits, live, forbidsEnd: step < minLength, engine)
      let logProbabilities = engine.logSoftmax(logits, at: likeliest.map { [$0] })
      var parents: [Int] = []
      for (row, item) in live.enumerated() {
        texts[item].ids.append(Int32(likeliest[row]))
        texts[item].score += logProbabilities[row][0]
        if likeliest[row] != Int(end) { parents.append(row) }
      }
      guard step < maxLength - 1, !parents.isEmpty else { break }
      logits = try decoder.step(parents.map { Int32(likeliest[$0]) }, parents: parents)
      live = parents.map { live[$0] }
    }
    return texts
  }

  private func chosen(
    _ logits: Matrix, _ items: [Int], forbidsEnd: Bool, _ engine: Engine
  ) throws -> [Int] {
    try items.enumerated().map { row, item in
      guard engine.allFinite(logits.row(row), logits.width) else {
        throw SearchSettings.notFinite(item: item)
      }
      let source = logits.row(row)
      var best: Int?
      for token in 0..<logits.width where !(forbidsEnd && token == Int(end)) {
        if best.map({ source[token] > source[$0] }) ?? true { best = token }
      }
      return best ?? Int(end)
    }
  }
}
