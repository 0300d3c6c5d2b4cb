import Foundation
import Tensors

/// Draws texts token by token from the decoder's distribution, sharpened by a temperature and cut to its
/// likeliest tokens.
package struct Sampling: Sendable, Equatable {
  /// Steps at which the end token is forbidden.
  package var minLength: Int
  /// Steps.
  package var maxLength: Int
  /// Logits are divided by it.
  package var temperature = 1.0
  /// How many of the likeliest tokens may be drawn; all where nil.
  package var topK: Int?
  /// Only the fewest likeliest tokens whose probabilities reach this sum may be drawn; 1 keeps all.
  package var topP = 1.0
  /// `[SEP]`
  package var end: Int32 = 102

  package init(minLength: Int, maxLength: Int) {
    self.minLength = minLength
    self.maxLength = maxLength
  }

  /// A text that was drawn.
  package struct Sample: Sendable, Equatable {
    /// Its tokens, the prompt first, the end token included where one was drawn.
    package var ids: [Int32]
    /// For each token behind the prompt its log-probability under the decoder, before temperature,
    /// limits and the forbidden end: what self-critical training weighs.
    package var logProbabilities: [Float]
  }

  /// Draws a text for every item of a decoder.
  ///
  /// - Parameters:
  ///   - prompts: The first tokens of each item's text, usually `[CLS]` alone.
  ///   - streams: The random numbers of each item; one is used per token.
  /// - Throws: as `BeamSearch`.
  package func callAsFunction<Stream: RandomNumberGenerator>(
    _ decoder: some StepDecoder, prompts: [[Int32]], streams: inout [Stream], _ engine: Engine
  ) throws -> [Sample] {
    try check(decoder.vocabulary)
    precondition(streams.count == prompts.count)
    var samples = prompts.map { Sample(ids: $0, logProbabilities: []) }
    guard !samples.isEmpty else { return [] }
    var logits = try decoder.start(prompts)
    var live = Array(samples.indices)
    for step in 0..<maxLength {
      var drawn: [Int] = []
      for (row, item) in live.enumerated() {
        guard engine.allFinite(logits.row(row), logits.width) else {
          throw SearchSettings.notFinite(item: item)
        }
        // 53 bits: every multiple of 2⁻⁵³ below 1.
        let uniform = Double(streams[item].next() >> 11) * 0x1p-53
        drawn.append(draw(logits.rows(row..<row + 1), uniform, forbidsEnd: step < minLength))
      }
      let logProbabilities = engine.logSoftmax(logits, at: drawn.map { [$0] })
      var parents: [Int] = []
      for (row, item) in live.enumerated() {
        samples[item].ids.append(Int32(drawn[row]))
        samples[item].logProbabilities.append(logProbabilities[row][0])
        if drawn[row] != Int(end) { parents.append(row) }
      }
      guard step < maxLength - 1, !parents.isEmpty else { break }
      logits = try decoder.step(parents.map { Int32(drawn[$0]) }, parents: parents)
      live = parents.map { live[$0] }
    }
    return samples
  }

  private func check(_ vocabulary: Int) throws {
    try SearchSettings.check(
      minLength: minLength, maxLength: maxLength, end: end, vocabulary: vocabulary)
    guard temperature > 0, temperature.isFinite else {
      throw ModelError.unusableSetting(
        name: "temperature", found: "\(temperature)",
        remedy: "it is greater than 0; for the likeliest tokens search greedily")
    }
    guard topP > 0, topP <= 1 else {
      throw ModelError.unusableSetting(
        name: "top-p", found: "\(topP)", remedy: "it is greater than 0 and at most 1")
    }
    if let topK, topK < 1 {
      throw ModelError.unusableSetting(
        name: "top-k", found: "\(topK)", remedy: "it is at least 1")
    }
    guard vocabulary > 1 || minLength == 0 else {
      throw ModelError.unusableSetting(
        name: "minimum length", found: "\(minLength)", remedy: "there is no token but the end")
    }
  }

  /// The token at which the sum of probabilities passes a number between 0 and 1.
  private func draw(_ logits: Matrix, _ uniform: Double, forbidsEnd: Bool) -> Int {
    let source = logits.pointer
    var tokens = (0..<logits.width).filter { !(forbidsEnd && $0 == Int(end)) }
    if topK != nil || topP < 1 {
      // The likeliest first, of equal ones the lower token.
      tokens.sort { source[$0] > source[$1] || (source[$0] == source[$1] && $0 < $1) }
      if let topK { tokens = Array(tokens.prefix(topK)) }
    }
    let largest = tokens.reduce(-Float.infinity) { max($0, source[$1]) }
    var weights = tokens.map { exp((Double(source[$0]) - Double(largest)) / temperature) }
    if topP < 1 {
      let wanted = topP * weights.reduce(0, +)
      var sum = 0.0
      let kept = weights.firstIndex { weight in
        sum += weight
        return sum >= wanted
      }
      if let kept { weights = Array(weights[...kept]) }
    }
    let place = uniform * weights.reduce(0, +)
    var sum = 0.0
    let drawn = weights.firstIndex { weight in
      sum += weight
      return sum > place
    }
    return tokens[drawn ?? weights.count - 1]
  }
}
