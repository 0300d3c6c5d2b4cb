import Metrics
import Records

/// Score matrices in `.safetensors`.
enum SafetensorsFile {
  /// The tensors with some names, and the names of the others.
  ///
  /// - Throws: `JSONError` for a header that is no JSON, `DatasetError.badTensor` for one that
  ///   describes no score matrix or does not fit the file.
  static func read(
    _ file: MappedFile, _ names: Set<String>
  ) throws -> (wanted: [ArrayEntry], others: [String]) {
    let tensors: [SafetensorsHeader.Entry]
    do {
      tensors = try SafetensorsHeader(file).entries
    } catch let error as SafetensorsError {
      throw DatasetError.badTensor(
        path: file.path, member: "header", reason: error.reason, remedy: SafetensorsError.remedy)
    }
    return (
      try tensors.filter { names.contains($0.name) }.map { try entry($0, in: file) },
      tensors.map(\.name).filter { !names.contains($0) }
    )
  }

  private static func entry(
    _ tensor: SafetensorsHeader.Entry, in file: MappedFile
  ) throws -> ArrayEntry {
    let elements: [String: ScoreMatrix.Element] = [
      "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64,
    ]
    guard let element = elements[tensor.type] else {
      throw DatasetError.badTensor(
        path: file.path, member: tensor.name,
        reason: "expected float32 (F32), found \(tensor.type)",
        remedy: "save the scores as float32")
    }
    return try ArrayEntry(
      tensor.name, element: element, shape: tensor.shape, start: tensor.bytes.lowerBound,
      end: tensor.bytes.upperBound, in: file)
  }
}
