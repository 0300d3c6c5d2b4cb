import Tensors

/// Reads a box off the decoder: four tokens, each the likeliest among those that stand for bins.
///
/// Source: `models/model_visual_grounding_mplug.py` of the reference.
///
/// Quirks kept: tokens outside the bins are not excluded but lowered by 10,000.
package struct BoxDecoding: Sendable, Equatable {
  /// What the text begins with, `[unused339]`.
  package var prompt: [Int32] = [344]
  /// The token of bin 0.
  package var firstBin = 345
  /// The token of the last bin.
  package var lastBin = 681
  /// What is added to the logits of other tokens.
  package var outside: Float = -10_000

  package init() {}

  /// A box and how it was read.
  package struct Reading: Sendable, Equatable {
    /// The four tokens.
    package var tokens: [Int32]
    /// The box.
    package var box: SquareBox
  }

  /// Reads a box for every item of a decoder.
  ///
  /// - Throws: `ModelError` for bins outside the vocabulary and where the logits of an item are not
  ///   finite, which ends the whole batch and names the item; what the decoder throws.
  package func callAsFunction(
    _ decoder: some StepDecoder, items: Int, _ engine: Engine
  ) throws -> [Reading] {
    guard firstBin >= 0, firstBin < lastBin, lastBin < decoder.vocabulary else {
      throw ModelError.unusableSetting(
        name: "tokens of the bins", found: "\(firstBin) to \(lastBin)",
        remedy: "they ascend within the vocabulary of \(decoder.vocabulary)")
    }
    guard items > 0 else { return [] }
    var tokens = [[Int32]](repeating: [], count: items)
    var logits = try decoder.start(tokens.map { _ in prompt })
    for step in 0..<4 {
      for item in 0..<items {
        guard engine.allFinite(logits.row(item), logits.width) else {
          throw SearchSettings.notFinite(item: item)
        }
        tokens[item].append(likeliest(logits.rows(item..<item + 1)))
      }
      if step < 3 { logits = try decoder.step(tokens.map { $0[step] }, parents: Array(0..<items)) }
    }
    return tokens.map { Reading(tokens: $0, box: box($0)) }
  }

  private func likeliest(_ logits: Matrix) -> Int32 {
    let bins = firstBin...lastBin
    var best = (token: 0, value: -Float.infinity)
    for token in 0..<logits.width {
      let value = logits.pointer[token] + (bins.contains(token) ? 0 : outside)
      if value > best.value { best = (token, value) }
    }
    return Int32(best.token)
  }

  private func box(_ tokens: [Int32]) -> SquareBox {
    let numbers = tokens.map { Float(Int($0) - firstBin) / Float(lastBin - firstBin) }
    return SquareBox(
      centerX: numbers[0], centerY: numbers[1], width: numbers[2], height: numbers[3])
  }
}
