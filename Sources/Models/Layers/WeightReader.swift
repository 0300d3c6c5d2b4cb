import Checkpoints
import Tensors

/// Makes layers of the tensors of a checkpoint.
package struct WeightReader: Sendable {
  let source: any WeightSource
  let engine: Engine

  package init(_ source: any WeightSource, engine: Engine) {
    self.source = source
    self.engine = engine
  }

  /// A linear layer of `<name>.weight` `[outputs, inputs]` and `<name>.bias` `[outputs]`.
  package func linear(
    _ name: String, inputs: Int, outputs: Int, hasBias: Bool = true
  ) throws -> Linear {
    try linear(
      inputs: inputs, parts: [(name + ".weight", hasBias ? name + ".bias" : nil, outputs)])
  }

  /// Several linear layers over the same input as one: its outputs are theirs, one after the other.
  package func linear(
    inputs: Int, parts: [(weight: String, bias: String?, outputs: Int)]
  ) throws -> Linear {
    for part in parts {
      // A convolution whose stride is its size has four dimensions: [outputs, channels, size, size].
      try check(part.weight, [part.outputs, inputs], isFlattened: true)
    }
    let biases = try parts.flatMap { part in
      try part.bias.map { try vector($0, count: part.outputs) }
        ?? [Float](repeating: 0, count: part.outputs)
    }
    let starts = parts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.outputs) }
    let layer = try Linear(
      inputs: inputs, outputs: starts.last ?? 0,
      bias: parts.contains { $0.bias != nil } ? biases : nil, engine: engine
    ) { rows, memory in
      for (index, part) in parts.enumerated() {
        let wanted = rows.clamped(to: starts[index]..<starts[index + 1])
        guard !wanted.isEmpty else { continue }
        let first = (wanted.lowerBound - starts[index]) * inputs
        let place = memory + (wanted.lowerBound - rows.lowerBound) * inputs
        try read(part.weight, first..<first + wanted.count * inputs, into: place)
      }
    }
    for part in parts { source.release(part.weight) }
    return layer
  }

  /// A normalisation of `<name>.weight` and `<name>.bias`, both `[width]`.
  package func norm(_ name: String, width: Int, epsilon: Float) throws -> LayerNorm {
    LayerNorm(
      weight: try vector(name + ".weight", count: width),
      bias: try vector(name + ".bias", count: width), epsilon: epsilon, engine: engine)
  }

  /// A tensor `[count]`.
  package func vector(_ name: String, count: Int) throws -> [Float] {
    try check(name, [count])
    return try floats(name, count)
  }

  /// A tensor `[rows, width]`.
  package func table(_ name: String, rows: Int, width: Int) throws -> Matrix {
    try check(name, [rows, width])
    let matrix = engine.weights(rows, width)
    let piece = 1024
    try engine.parallel((rows + piece - 1) / piece) { index in
      let range = index * piece..<min(rows, (index + 1) * piece)
      try read(
        name, range.lowerBound * width..<range.upperBound * width,
        into: matrix.row(range.lowerBound))
    }
    source.release(name)
    return matrix
  }

  /// A positional embedding of a square of any size, `[1 + side², width]`.
  func positions(_ name: String, width: Int) throws -> Matrix {
    let shape = source.shape(of: name)
    let side = PositionGrid.side(ofRows: shape.flatMap { $0.count == 2 ? $0[0] : nil })
    return try table(name, rows: 1 + side * side, width: width)
  }

  private func floats(_ name: String, _ count: Int) throws -> [Float] {
    try [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      if let first = buffer.baseAddress { try read(name, 0..<count, into: first) }
      filled = count
    }
  }

  private func read(
    _ name: String, _ elements: Range<Int>, into memory: UnsafeMutablePointer<Float>
  ) throws {
    try source.read(name, elements, into: memory)
    guard engine.allFinite(memory, elements.count) else {
      throw ModelError.notFinite(
        file: source.path, tensor: name, remedy: "the training run diverged: use an earlier one")
    }
  }

  /// - Parameter isFlattened: whether the dimensions behind the first count as one.
  private func check(_ name: String, _ expected: [Int], isFlattened: Bool = false) throws {
    guard let found = source.shape(of: name) else {
      throw ModelError.missingTensor(
        file: source.path, tensor: name,
        remedy: "`mplug-eval convert FILE --inspect` shows what it holds")
    }
    let flat = found.count > 2 ? [found[0], found.dropFirst().reduce(1, *)] : found
    guard (isFlattened ? flat : found) == expected else {
      throw ModelError.wrongShape(
        file: source.path, tensor: name, expected: expected, found: found,
        remedy: "name the model that the file holds with --model")
    }
  }
}
