import CTensors

/// A layer normalisation: `(x − mean) / sqrt(variance + epsilon) · weight + bias` over a row.
package struct LayerNorm: Sendable {
  /// `[1, width]`
  let weight: Matrix
  /// `[1, width]`
  let bias: Matrix
  /// What is added to the variance.
  package let epsilon: Float

  /// How many numbers a row has.
  package var width: Int { weight.width }

  /// A normalisation of rows of `weight.count` numbers.
  package init(weight: [Float], bias: [Float], epsilon: Float, engine: Engine) {
    precondition(weight.count == bias.count)
    self.weight = engine.matrix(1, weight.count, weight)
    self.bias = engine.matrix(1, bias.count, bias)
    self.epsilon = epsilon
  }
}

extension Engine {
  /// Each row of `x` normalised.
  ///
  /// - Parameter x: `[rows, width]`
  /// - Returns: `[rows, width]`
  package func layerNorm(_ x: Matrix, _ norm: LayerNorm) -> Matrix {
    precondition(x.width == norm.width)
    let y = matrix(x.rows, x.width)
    // The kernel does four rows at once; a task of a few rows is not worth a thread.
    let block = 16
    withExtendedLifetime((x, norm)) {
      parallel((x.rows + block - 1) / block) { index in
        let range = index * block..<min(x.rows, (index + 1) * block)
        ctensors_layer_norm(
          body, range.count, x.width, x.row(range.lowerBound), x.stride, norm.weight.pointer,
          norm.bias.pointer, norm.epsilon, y.row(range.lowerBound), y.stride)
      }
    }
    return y
  }
}
