import Tensors

/// Whether a text belongs to a picture.
package struct MatchingHead: Sendable {
  /// `itm_head`, `[H → 2]`
  let dense: Linear

  /// - Throws: `ModelError`, and what the source of the weights throws.
  package init(_ reader: WeightReader, _ configuration: MPLUGConfiguration) throws {
    dense = try reader.linear("itm_head", inputs: configuration.text.width, outputs: 2)
  }

  /// The logits of "does not" and "does".
  ///
  /// - Parameter x: Fused [CLS], `[pairs, H]`
  /// - Returns: `[pairs, 2]`
  package func callAsFunction(_ x: Matrix, _ engine: Engine) -> Matrix { engine.linear(x, dense) }
}
