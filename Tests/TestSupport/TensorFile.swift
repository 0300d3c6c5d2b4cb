import Foundation
import Records

/// The tensors of a `.safetensors` file, for tests.
package struct TensorFile {
  /// One tensor.
  package struct Tensor {
    package let type: String
    package let shape: [Int]
    package let bytes: [UInt8]

    /// Little-endian floats.
    package var floats: [Float] {
      stride(from: 0, to: bytes.count, by: 4).map { place in
        Float(
          bitPattern: (0..<4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[place + $1]) })
      }
    }
  }

  package private(set) var tensors: [String: Tensor] = [:]

  package init(_ path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let length = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let data = bytes[(8 + length)...]
    var reader = try JSONReader(MappedFile(bytes: Array(bytes[8..<8 + length]), name: path))
    for member in try reader.readValue().object?.members ?? [] {
      let value = member.value
      guard let type = value["dtype"]?.string, let ends = value["data_offsets"]?.array,
        let start = ends.first?.int, let end = ends.last?.int
      else { continue }
      let part = data[data.startIndex + start..<data.startIndex + end]
      tensors[member.key] = Tensor(
        type: type, shape: value["shape"]?.array?.compactMap(\.int) ?? [], bytes: Array(part))
    }
  }

  package subscript(_ name: String) -> Tensor? { tensors[name] }
}
