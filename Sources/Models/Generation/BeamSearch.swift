import Foundation
import Tensors

/// Beam search as the reference does it, in the same single-precision operations.
///
/// Each step's candidates have the value `(ℓ + log p) / ((5 + step + 1)/6)^α`; the largest `beams` of an
/// item's `beams · V` live on, ties going to the lower index. When the best of them ends in the end
/// token, or at the last step, the item is done: all its beams, finished or not, join the hypotheses
/// that finished earlier, and the `beams` largest are the result, the earlier first among equals.
///
/// Source: `TextGenerator` in `models/predictor.py` of the reference.
///
/// Quirks kept: finished beams stay alive, so that a text may go on behind an end token (Q3; `cutsAtEnd`
/// takes that away); the prompt does not count as length; the probability is rounded to single precision
/// before its logarithm.
package struct BeamSearch: Sendable, Equatable {
  /// How many texts of an item live at a time, and how many are returned.
  package var beams: Int
  /// Steps at which the end token is forbidden.
  package var minLength: Int
  /// Steps.
  package var maxLength: Int
  /// α, the exponent of the length penalty.
  package var lengthPenalty = 0.6
  /// The log-probability of a forbidden end.
  package var forbidden: Float = -1e20
  /// `[SEP]`
  package var end: Int32 = 102
  /// Whether hypotheses are cut behind their first end token, which is what was meant (Q3).
  package var cutsAtEnd = false

  package init(beams: Int, minLength: Int, maxLength: Int) {
    self.beams = beams
    self.minLength = minLength
    self.maxLength = maxLength
  }

  /// A text being written.
  private struct Beam {
    var ids: [Int32]
    /// ℓ
    var sum: Float
    /// Its row in the last call of the decoder.
    var row: Int
  }

  /// Searches for all items of a decoder.
  ///
  /// - Parameter prompts: The first tokens of each item's text, usually `[CLS]` alone.
  /// - Returns: For each item its hypotheses, the best first.
  /// - Throws: `ModelError` for settings that make no sense and where the logits of an item are not
  ///   finite, which ends the whole batch and names the item; what the decoder throws.
  package func callAsFunction(
    _ decoder: some StepDecoder, prompts: [[Int32]], _ engine: Engine
  ) throws -> [[Hypothesis]] {
    try check(decoder.vocabulary)
    var found = prompts.map { _ in [Hypothesis]() }
    guard !prompts.isEmpty else { return found }
    var logits = try decoder.start(prompts)
    // At first all beams of an item are equal, and all but one have −∞: one row serves.
    var live = prompts.enumerated().map { item, prompt in
      (item: item, beams: [Beam(ids: prompt, sum: 0, row: item)])
    }
    for step in 0..<maxLength {
      let penalty = penalty(step)
      let candidates = engine.candidates(
        logits, sums: live.flatMap { $0.beams.map(\.sum) }, penalty: penalty, limit: beams,
        end: step < minLength ? (Int(end), forbidden) : nil)
      var next: [(item: Int, beams: [Beam])] = []
      for (item, old) in live {
        guard old.allSatisfy({ candidates[$0.row].isFinite }) else {
          throw SearchSettings.notFinite(item: item)
        }
        let (new, values) = extend(old, candidates, penalty: penalty)
        let isLast = step == maxLength - 1
        let isDone = isLast || new.first?.ids.last == end
        for (beam, value) in zip(new, values) where isDone || beam.ids.last == end {
          found[item].append(Hypothesis(ids: beam.ids, score: value))
        }
        if !isDone { next.append((item, new)) }
      }
      guard !next.isEmpty else { break }
      let rows = next.flatMap(\.beams)
      logits = try decoder.step(rows.map { $0.ids.last ?? end }, parents: rows.map(\.row))
      var row = 0
      for item in next.indices {
        for beam in next[item].beams.indices {
          next[item].beams[beam].row = row
          row += 1
        }
      }
      live = next
    }
    return zip(found, prompts).map { best($0, prompt: $1.count) }
  }

  private func check(_ vocabulary: Int) throws {
    try SearchSettings.check(
      minLength: minLength, maxLength: maxLength, end: end, vocabulary: vocabulary, beams: beams)
    // Between 1 and that of the last step.
    let last = penalty(maxLength - 1)
    guard last.isNormal else {
      throw ModelError.unusableSetting(
        name: "length penalty", found: "\(lengthPenalty)",
        remedy: "it is a number such as 0.6, which makes the last step's penalty finite")
    }
  }

  private func penalty(_ step: Int) -> Float {
    Float(pow((5 + Double(step) + 1) / 6, lengthPenalty))
  }

  /// The largest of an item's candidates as new beams, in descending order, with their values.
  private func extend(
    _ old: [Beam], _ candidates: [CandidateList], penalty: Float
  ) -> (beams: [Beam], values: [Float]) {
    var all: [(value: Float, token: Int32, beam: Beam)] = []
    for beam in old {
      let list = candidates[beam.row]
      for (value, token) in zip(list.values, list.tokens) { all.append((value, token, beam)) }
    }
    let best = stablySorted(all, by: \.value).prefix(beams)
    return (
      best.map { Beam(ids: $0.beam.ids + [$0.token], sum: $0.value * penalty, row: $0.beam.row) },
      best.map(\.value)
    )
  }

  private func best(_ found: [Hypothesis], prompt: Int) -> [Hypothesis] {
    let best = stablySorted(found, by: \.score).prefix(beams)
    return cutsAtEnd ? best.map { $0.cut(at: end, prompt: prompt) } : Array(best)
  }

  /// In descending order; equal ones stay as they are.
  private func stablySorted<Element>(
    _ elements: [Element], by value: (Element) -> Float
  ) -> [Element] {
    let values = elements.map(value)
    return elements.indices.sorted {
      values[$0] > values[$1] || (values[$0] == values[$1] && $0 < $1)
    }.map { elements[$0] }
  }
}
