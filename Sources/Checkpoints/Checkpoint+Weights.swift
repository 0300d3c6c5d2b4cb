import Records
import Tensors

extension Checkpoint: WeightSource {
  /// The shape of a tensor; nil where there is none of this name.
  package func shape(of name: String) -> [Int]? { self[name]?.shape }

  /// Writes some elements of a tensor, counted in row-major order, as float32.
  ///
  /// - Throws: `CheckpointError` where there is no such tensor or its numbers are integers, which
  ///   no weights are.
  package func read(
    _ name: String, _ elements: Range<Int>, into memory: UnsafeMutablePointer<Float>
  ) throws {
    guard let tensor = self[name] else {
      throw CheckpointError.badTensor(
        file: path, tensor: name, reason: "the file has none of this name",
        remedy: "`mplug-eval convert FILE --inspect` shows what it holds")
    }
    try read(tensor, elements, into: memory)
  }

  /// Writes some elements of one of its tensors, as `read(_:_:into:)`.
  ///
  /// - Throws: `CheckpointError` where its numbers are integers.
  package func read(
    _ tensor: StoredTensor, _ elements: Range<Int>, into memory: UnsafeMutablePointer<Float>
  ) throws {
    guard tensor.element.isFloat else {
      throw CheckpointError.badTensor(
        file: path, tensor: tensor.name,
        reason: "holds \(tensor.element.rawValue) where weights are expected",
        remedy: "quantized weights are not read: use the float checkpoint they were made of")
    }
    var written = 0
    forEachPiece(of: tensor, elements) { piece in
      tensor.element.convert(piece, into: memory + written)
      written += piece.count / tensor.element.byteCount
    }
  }

  /// Says that a tensor will not be read soon: its pages may go.
  package func release(_ name: String) {
    if let tensor = self[name] { release(tensor) }
  }
}
