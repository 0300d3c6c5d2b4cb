import Tensors

/// Classes of a fused [CLS]: `Linear`, ReLU, `Linear`.
///
/// A convention, that of ALBEF: the reference has no code for it.
package struct ClassificationHead: Sendable {
  /// `cls_head.0`, `[H → H]`
  let dense: Linear
  /// `cls_head.2`, `[H → classes]`
  let output: Linear

  /// - Parameter name: What the names of its tensors begin with.
  /// - Throws: `ModelError`, and what the source of the weights throws.
  package init(
    _ reader: WeightReader, _ configuration: MPLUGConfiguration, classes: Int,
    name: String = "cls_head"
  ) throws {
    let width = configuration.text.width
    dense = try reader.linear(name + ".0", inputs: width, outputs: width)
    output = try reader.linear(name + ".2", inputs: width, outputs: classes)
  }

  /// - Parameter x: Fused [CLS], `[items, H]`
  /// - Returns: Logits, `[items, classes]`
  package func callAsFunction(_ x: Matrix, _ engine: Engine) -> Matrix {
    engine.linear(engine.linear(x, dense, activation: .relu), output)
  }
}
