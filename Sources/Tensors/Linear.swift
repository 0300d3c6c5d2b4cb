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

/// Weights of a layer, as the maker of its products wants them.
enum LinearWeights: Sendable {
  /// `[ceil(outputs/32)][inputs][32]`
  case panels(Matrix)
  /// `[outputs, inputs]`, and the library that takes them so.
  case rows(Matrix, OpenBLAS)
}

/// A linear layer, `x·Wᵀ + b`, its weights packed for the product.
package struct Linear: Sendable {
  /// Width of what goes in.
  package let inputs: Int
  /// Width of what comes out.
  package let outputs: Int
  let weights: LinearWeights
  /// `[1, outputs]`
  let bias: Matrix?

  /// Packs weights `[outputs, inputs]`, which are asked for in pieces of rows, so that they need not be
  /// in memory beside the packed ones.
  ///
  /// - Parameter rows: Writes the weights of some outputs, row by row. It is called for different
  ///   outputs on several threads at once, in any order.
  /// - Throws: What `rows` throws; of several failures that of the lowest outputs among those met.
  package init<Failure: Error>(
    inputs: Int, outputs: Int, bias: [Float]?, engine: Engine,
    rows: (_ outputs: Range<Int>, _ memory: UnsafeMutablePointer<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(bias.map { $0.count == outputs } ?? true)
    self.inputs = inputs
    self.outputs = outputs
    self.bias = bias.map { engine.matrix(1, outputs, $0) }
    let width = CTENSORS_PANEL
    let count = (outputs + width - 1) / width
    if let library = engine.products.library {
      let weights = engine.weights(outputs, inputs)
      self.weights = .rows(weights, library)
      try engine.parallel(count) { index throws(Failure) in
        let range = index * width..<min(outputs, (index + 1) * width)
        try rows(range, weights.row(range.lowerBound))
      }
      return
    }
    let panels = engine.weights(count, width * inputs)
    weights = .panels(panels)
    try engine.parallel(count) { index throws(Failure) in
      let range = index * width..<min(outputs, (index + 1) * width)
      let piece = engine.matrix(range.count, inputs)
      // Else the piece may go back to the pool, to another thread, before it is packed.
      try withExtendedLifetime(piece) { () throws(Failure) in
        try rows(range, piece.pointer)
        ctensors_pack(
          engine.body, range.count, inputs, piece.pointer, inputs, panels.row(index))
      }
    }
  }

  /// Writes the weights of one output, `[inputs]`.
  package func copyWeights(of output: Int, to memory: UnsafeMutablePointer<Float>) {
    precondition(output >= 0 && output < outputs)
    let width = CTENSORS_PANEL
    withExtendedLifetime(self) {
      switch weights {
      case .rows(let rows, _):
        memory.update(from: rows.row(output), count: inputs)
      case .panels(let panels):
        let column = panels.row(output / width) + output % width
        for index in 0..<inputs { memory[index] = column[index * width] }
      }
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
    let parts = ProductParts(
      rows: x.rows, panels: (layer.outputs + CTENSORS_PANEL - 1) / CTENSORS_PANEL,
      inputs: layer.inputs, threads: threads)
    withExtendedLifetime((x, layer, residual, y)) {
      parallel(parts.count) { index in
        let (rows, panels) = parts[index]
        let (row, column) = (rows.lowerBound, panels.lowerBound * CTENSORS_PANEL)
        var product = ctensors_product()
        product.m = rows.count
        product.n = min(panels.count * CTENSORS_PANEL, layer.outputs - column)
        product.k = layer.inputs
        product.a = UnsafePointer(x.pointer + row * x.stride)
        product.a_stride = x.stride
        product.bias = layer.bias.map { UnsafePointer($0.pointer + column) }
        product.residual = residual.map { UnsafePointer($0.pointer + row * $0.stride + column) }
        product.residual_stride = residual?.stride ?? 0
        product.activation = activation.code
        product.c = y.pointer + row * y.stride + column
        product.c_stride = y.stride
        switch layer.weights {
        case .panels(let weights):
          product.panels = UnsafePointer(weights.row(panels.lowerBound))
          ctensors_multiply(body, &product)
        case .rows(let weights, let library):
          library.multiply(
            product, weights.row(column), stride: weights.stride, layout: CTENSORS_ROWS_OF_OUTPUTS,
            body: body)
        }
      }
    }
    return y
  }
}
