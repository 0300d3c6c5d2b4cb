import Tensors

/// Takes the tokens of pictures to the width of the text side: `LayerNorm(visn_fc(x))`, where the
/// widths differ; otherwise nothing.
///
/// The reference's retrieval fails where the widths agree.
package struct VisualProjection: Sendable {
  /// `visn_fc`, `visn_layer_norm`; nil where D = H.
  let layers: (dense: Linear, norm: LayerNorm)?

  /// - Throws: `ModelError`, and what the source of the weights throws.
  package init(_ reader: WeightReader, _ configuration: MPLUGConfiguration) throws {
    let (inputs, text) = (configuration.vision.width, configuration.text)
    guard inputs != text.width else {
      layers = nil
      return
    }
    layers = (
      try reader.linear("visn_fc", inputs: inputs, outputs: text.width),
      try reader.norm("visn_layer_norm", width: text.width, epsilon: text.epsilon)
    )
  }

  /// - Parameter x: `[rows, D]`
  /// - Returns: `[rows, H]`
  package func callAsFunction(_ x: HiddenStates, _ engine: Engine) -> HiddenStates {
    guard let layers else { return x }
    return HiddenStates(
      rows: engine.layerNorm(engine.linear(x.rows, layers.dense), layers.norm),
      sequences: x.sequences)
  }
}
