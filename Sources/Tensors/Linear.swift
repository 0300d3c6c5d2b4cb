import CTensors

/// What follows a product with weights.
package enum Activation: String, Sendable, CaseIterable {
  case identity
  /// x·Φ(x), the exact one.
  case gelu
  /// x·σ(1.702 x).
  case quickGELU
  case relu

  var code: ctensors_activation {
    switch self {
    case .identity: CTENSORS_IDENTITY
    case .gelu: CTENSORS_GELU
    case .quickGELU: CTENSORS_QUICK_GELU
    case .relu: CTENSORS_RELU
    }
  }
}

/// A linear layer, `x·Wᵀ + b`, its weights packed for the product.
package struct Linear: Sendable {
  /// Width of what goes in.
  package let inputs: Int
  /// Width of what comes out.
  package let outputs: Int
  /// `[ceil(outputs/32)][inputs][32]`
  let panels: Matrix
  /// `[1, outputs]`
  let bias: Matrix?

  /// Packs weights `[outputs, inputs]`, which are asked for in pieces of rows, so that they need not be
  /// in memory beside the packed ones.
  ///
  /// - Parameter rows: writes the weights of some outputs, row by row. It is called on one thread at a
  ///   time, in ascending order.
  /// - Throws: what `rows` throws.
  package init(
    inputs: Int, outputs: Int, bias: [Float]?, engine: Engine,
    rows: (_ outputs: Range<Int>, _ memory: UnsafeMutablePointer<Float>) throws -> Void
  ) rethrows {
    self.inputs = inputs
    self.outputs = outputs
    let width = CTENSORS_PANEL
    let count = (outputs + width - 1) / width
    panels = engine.matrix(count, width * inputs)
    self.bias = bias.map { engine.matrix(1, outputs, $0) }
    let piece = engine.matrix(width, inputs)
    for index in 0..<count {
      let range = index * width..<min(outputs, (index + 1) * width)
      try rows(range, piece.pointer)
      ctensors_pack(
        engine.body, range.count, inputs, piece.pointer, inputs, panels.row(index))
    }
  }
}

extension Engine {
  /// `activation(x·Wᵀ + b) + residual`
  ///
  /// - Parameters:
  ///   - x: `[rows, inputs]`
  ///   - residual: `[rows, outputs]`
  /// - Returns: `[rows, outputs]`
  package func linear(
    _ x: Matrix, _ layer: Linear, activation: Activation = .identity, residual: Matrix? = nil
  ) -> Matrix {
    precondition(x.width == layer.inputs)
    precondition(residual.map { $0.rows == x.rows && $0.width == layer.outputs } ?? true)
    let y = matrix(x.rows, layer.outputs)
    var product = ctensors_product()
    product.m = x.rows
    product.n = layer.outputs
    product.k = layer.inputs
    product.a = UnsafePointer(x.pointer)
    product.a_stride = x.stride
    product.panels = UnsafePointer(layer.panels.pointer)
    product.bias = layer.bias.map { UnsafePointer($0.pointer) }
    product.residual = residual.map { UnsafePointer($0.pointer) }
    product.residual_stride = residual?.stride ?? 0
    product.activation = activation.code
    product.c = y.pointer
    product.c_stride = y.stride
    withExtendedLifetime((x, layer, residual)) { ctensors_multiply(body, &product) }
    return y
  }
}
