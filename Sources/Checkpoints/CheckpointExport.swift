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
    var writer = SafetensorsWriter(notes: checkpoint.notes)
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
        try narrow.withUnsafeMutableBufferPointer { narrow in
          try floats.withUnsafeBufferPointer { floats in
            let numbers = UnsafeBufferPointer(rebasing: floats[..<part.count])
            try self.narrow(numbers, to: narrow, as: element, in: tensor, at: next)
          }
        }
        try narrow.withUnsafeBytes {
          try sink(UnsafeRawBufferPointer(rebasing: $0[..<(part.count * 2)]))
        }
      }
      next = part.upperBound
    }
  }

  /// Writes the nearest numbers of 16 bits.
  ///
  /// - Throws: `CheckpointError` for a number that would become infinite.
  private func narrow(
    _ floats: UnsafeBufferPointer<Float>, to bits: UnsafeMutableBufferPointer<UInt16>,
    as element: ElementType, in tensor: StoredTensor, at place: Int
  ) throws {
    let isHalf = element == .float16
    let infinity: UInt16 = isHalf ? 0x7C00 : 0x7F80
    var hasInfinity = false
    for (index, float) in floats.enumerated() {
      let number = isHalf ? NarrowFloat.half(float) : NarrowFloat.brain(float)
      bits[index] = number
      hasInfinity = hasInfinity || number & 0x7FFF == infinity
    }
    guard hasInfinity else { return }
    for (index, float) in floats.enumerated()
    where float.isFinite && bits[index] & 0x7FFF == infinity {
      throw CheckpointError.badTensor(
        file: checkpoint.path, tensor: tensor.name,
        reason: "element \(place + index) is \(float), beyond \(element.rawValue)",
        remedy: "write it as another --dtype")
    }
  }
}
