import Checkpoints
import Tensors

/// The tensors of a safetensors file of golden data.
struct FixtureTensors {
  /// A tensor's numbers, in row-major order.
  struct Values<Number> {
    let shape: [Int]
    let values: [Number]

    /// How many numbers stand side by side; 1 for a scalar.
    var width: Int { shape.last ?? 1 }
  }

  private let file: Checkpoint

  /// The file's path.
  var path: String { file.path }
  /// All tensors, by name.
  var names: [String] { file.tensors.map(\.name).sorted() }

  /// - Throws: `RecordError`, `CheckpointError`, `JSONError`.
  init(_ path: String) throws { file = try Checkpoint(path) }

  func contains(_ name: String) -> Bool { file[name] != nil }

  /// Float32 numbers.
  ///
  /// - Throws: `EvaluationError.badFixture` where there is no such tensor of them.
  func floats(_ name: String) throws -> Values<Float> {
    try values(name, .float32) { Float(bitPattern: $0.loadUnaligned(as: UInt32.self)) }
  }

  /// Ids, or a mask, `[rows, columns]`.
  ///
  /// - Throws: as `floats`, and for another number of dimensions.
  func rows(_ name: String) throws -> [[Int32]] {
    let found = try values(name, .int32) { $0.loadUnaligned(as: Int32.self) }
    guard found.shape.count == 2, found.width > 0 else {
      throw bad(name, "has the shape \(found.shape), expected [rows, columns]")
    }
    return stride(from: 0, to: found.values.count, by: found.width).map {
      Array(found.values[$0..<$0 + found.width])
    }
  }

  /// Bytes of pictures.
  ///
  /// - Throws: as `floats`, and for another number of dimensions.
  func bytes(_ name: String, dimensions: Int) throws -> Values<UInt8> {
    let found = try values(name, .uint8) { $0.loadUnaligned(as: UInt8.self) }
    guard found.shape.count == dimensions, !found.values.isEmpty else {
      throw bad(name, "has the shape \(found.shape), expected \(dimensions) dimensions")
    }
    return found
  }

  private func values<Number>(
    _ name: String, _ element: ElementType, _ read: (UnsafeRawBufferPointer) -> Number
  ) throws -> Values<Number> {
    guard let tensor = file[name] else { throw bad(name, "is missing") }
    guard tensor.element == element else {
      throw bad(name, "holds \(tensor.element.rawValue), expected \(element.rawValue)")
    }
    var values: [Number] = []
    values.reserveCapacity(tensor.count)
    let size = element.byteCount
    file.forEachPiece(of: tensor) { bytes in
      for start in stride(from: 0, to: bytes.count, by: size) {
        values.append(read(UnsafeRawBufferPointer(rebasing: bytes[start..<start + size])))
      }
    }
    return Values(shape: tensor.shape, values: values)
  }

  func bad(_ name: String, _ reason: String) -> EvaluationError {
    .badFixture(file: path, place: name, reason: reason)
  }
}
