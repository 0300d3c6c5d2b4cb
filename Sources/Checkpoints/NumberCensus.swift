import Tensors

/// Numbers of a tensor that no weight should be.
package struct NumberCensus: Sendable, Equatable {
  /// The tensor.
  package let name: String
  /// How many are not a number.
  package private(set) var nan = 0
  /// How many are infinite.
  package private(set) var infinite = 0

  /// Reads a tensor; its pages may go afterwards.
  ///
  /// - Throws: `CheckpointError`.
  package init(_ tensor: StoredTensor, in checkpoint: Checkpoint) throws {
    name = tensor.name
    guard tensor.element.isFloat else { return }
    var floats = [Float](repeating: 0, count: StoredTensor.chunk)
    var next = 0
    while next < tensor.count {
      let part = next..<min(next + StoredTensor.chunk, tensor.count)
      try floats.withUnsafeMutableBufferPointer { buffer in
        if let first = buffer.baseAddress { try checkpoint.read(tensor, part, into: first) }
      }
      for float in floats[..<part.count] where !float.isFinite {
        if float.isNaN { nan += 1 } else { infinite += 1 }
      }
      next = part.upperBound
    }
    checkpoint.release(tensor)
  }

  /// Whether there is none.
  package var isClean: Bool { nan == 0 && infinite == 0 }
}
