import Records
import Tensors

/// The tensors of a `.safetensors` file.
enum SafetensorsState {
  /// Checks what the header says about each tensor.
  ///
  /// - Throws: `CheckpointError`.
  static func tensors(of file: MappedFile, _ header: SafetensorsHeader) throws -> [StoredTensor] {
    try header.entries.map { entry in
      func bad(_ reason: String, _ remedy: String = SafetensorsError.remedy) -> CheckpointError {
        .badTensor(file: file.path, tensor: entry.name, reason: reason, remedy: remedy)
      }
      guard let element = ElementType(safetensors: entry.type) else {
        throw bad(
          "its numbers are \(entry.type), which are not read",
          "save it as one of \(SafetensorsType.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let available = entry.bytes.count / element.byteCount
      do {
        let layout = try TensorLayout(contiguous: entry.shape, available: available)
        guard layout.count * element.byteCount == entry.bytes.count else {
          throw TensorLayout.Defect(
            "the shape \(entry.shape) of \(entry.type) has \(entry.bytes.count) bytes")
        }
        return StoredTensor(
          name: entry.name, element: element, layout: layout, start: entry.bytes.lowerBound)
      } catch let defect as TensorLayout.Defect {
        throw bad(defect.reason)
      }
    }
  }
}

extension TensorLayout {
  /// Elements that follow each other from the start of the storage on.
  ///
  /// - Throws: `Defect`.
  init(contiguous shape: [Int], available: Int) throws {
    var stride = 1
    var strides: [Int] = []
    for size in shape.reversed() {
      strides.append(stride)
      // Too large a one wraps to the largest, which the checks then refuse, unless another
      // dimension is 0 and there are no elements.
      let (next, overflows) = stride.multipliedReportingOverflow(by: max(1, size))
      stride = overflows ? Int.max : next
    }
    try self.init(shape: shape, strides: strides.reversed(), offset: 0, available: available)
  }
}
