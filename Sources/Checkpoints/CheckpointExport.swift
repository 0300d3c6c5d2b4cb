import Records
import Tensors

/// Tensors of a checkpoint on their way into a `.safetensors` file: none is held in memory as a
/// whole, and the same tensors give the same bytes.
package struct CheckpointExport: Sendable {
  /// What numbers are written as. Integers stay what they are.
  package enum Precision: String, Sendable, CaseIterable {
    /// As the checkpoint has them.
    case stored
    case float32
    case float16
    case bfloat16

    func element(for stored: ElementType) -> ElementType {
      guard stored.isFloat else { return stored }
      switch self {
      case .stored: return stored
      case .float32: return .float32
      case .float16: return .float16
      case .bfloat16: return .bfloat16
      }
    }
  }

  /// The checkpoint.
  package let checkpoint: Checkpoint
  /// What is written, by the names that it gets.
  package let tensors: [(name: String, tensor: StoredTensor)]
  /// What numbers are written as.
  package let precision: Precision

  /// Names the tensors.
  ///
  /// - Throws: `CheckpointError` for a name that the format keeps for itself.
  package init(
    _ checkpoint: Checkpoint, _ tensors: [(name: String, tensor: StoredTensor)],
    precision: Precision = .stored
  ) throws {
    if let taken = tensors.first(where: { $0.name == "__metadata__" }) {
      throw CheckpointError.badTensor(
        file: checkpoint.path, tensor: taken.name,
        reason: ".safetensors files keep this name for notes", remedy: "rename the tensor")
    }
    self.checkpoint = checkpoint
    self.tensors = tensors
    self.precision = precision
  }

  /// How many bytes of numbers are written.
  package var byteCount: Int {
    tensors.reduce(0) { sum, entry in
      sum + entry.tensor.count * precision.element(for: entry.tensor.element).byteCount
    }
  }

  /// Writes the file, which appears under its name only when it is complete.
  ///
  /// - Parameter wrote: is told how many bytes of numbers have been written, after each tensor.
  /// - Throws: `RecordError.writeFailed`; `CheckpointError` for a number beyond the precision.
  package func write(to path: String, wrote: @escaping (Int) -> Void = { _ in }) throws {
    var writer = SafetensorsWriter()
    var written = 0
    for (name, tensor) in tensors {
      let element = precision.element(for: tensor.element)
      writer.add(name, element: element.safetensors, shape: tensor.shape) { sink in
        try write(tensor, as: element, to: sink)
        checkpoint.release(tensor)
        written += tensor.count * element.byteCount
        wrote(written)
      }
    }
    try writer.write(to: path)
  }

  private func write(
    _ tensor: StoredTensor, as element: ElementType, to sink: SafetensorsWriter.Sink
  ) throws {
    guard element != tensor.element else {
      return try checkpoint.forEachPiece(of: tensor, sink)
    }
    var floats = [Float](repeating: 0, count: StoredTensor.chunk)
    var narrow = [UInt16](repeating: 0, count: StoredTensor.chunk)
    var next = 0
    while next < tensor.count {
      let part = next..<min(next + StoredTensor.chunk, tensor.count)
      try floats.withUnsafeMutableBufferPointer { buffer in
        if let first = buffer.baseAddress { try checkpoint.read(tensor, part, into: first) }
      }
      if element == .float32 {
        try floats.withUnsafeBytes {
          try sink(UnsafeRawBufferPointer(rebasing: $0[..<(part.count * 4)]))
        }
      } else {
        for index in 0..<part.count {
          narrow[index] = try bits(of: floats[index], as: element, in: tensor, at: next + index)
        }
        try narrow.withUnsafeBytes {
          try sink(UnsafeRawBufferPointer(rebasing: $0[..<(part.count * 2)]))
        }
      }
      next = part.upperBound
    }
  }

  /// The nearest number of 16 bits, of two the even one.
  ///
  /// - Throws: `CheckpointError` for a number that would become infinite.
  private func bits(
    of float: Float, as element: ElementType, in tensor: StoredTensor, at place: Int
  ) throws -> UInt16 {
    let bits: UInt16
    let isInfinite: Bool
    if element == .float16 {
      let half = Float16(float)
      (bits, isInfinite) = (half.bitPattern, half.isInfinite)
    } else {
      bits = BFloat16.bits(of: float)
      isInfinite = bits & 0x7FFF == 0x7F80
    }
    if isInfinite, float.isFinite {
      throw CheckpointError.badTensor(
        file: checkpoint.path, tensor: tensor.name,
        reason: "element \(place) is \(float), beyond \(element.rawValue)",
        remedy: "write it as another --dtype")
    }
    return bits
  }
}

/// Float32 without the lower half of its bits.
enum BFloat16 {
  /// The bits of the nearest one, of two the even one; what is no number stays none.
  static func bits(of float: Float) -> UInt16 {
    let bits = float.bitPattern
    if float.isNaN { return UInt16(bits >> 16) | 0x40 }
    return UInt16(truncatingIfNeeded: (bits + 0x7FFF + (bits >> 16 & 1)) >> 16)
  }
}
