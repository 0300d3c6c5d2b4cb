import Foundation

/// Score matrices as the bytes of files, written from the formats' descriptions.
package enum ScoreFiles {
  /// A `.npy` file; the header's parts can be anything.
  package static func npy(
    shape: String, descr: String = "'<f4'", fortran: String = "False", version: UInt8 = 1,
    data: Data
  ) -> Data {
    let text = "{'descr': \(descr), 'fortran_order': \(fortran), 'shape': \(shape), }"
    let start = version == 1 ? 10 : 12
    let padding = 64 - (start + text.utf8.count + 1) % 64
    let header = Array(text.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
    let length = (0..<start - 8).map { UInt8(header.count >> (8 * $0) & 0xFF) }
    return Data([0x93] + Array("NUMPY".utf8) + [version, 0] + length + header) + data
  }

  /// A `.safetensors` file of a header and the tensors' bytes.
  package static func safetensors(header: String, data: Data) -> Data {
    let bytes = Array(header.utf8)
    return Data((0..<8).map { UInt8(bytes.count >> (8 * $0) & 0xFF) } + bytes) + data
  }

  /// A `.safetensors` file of float32 tensors.
  package static func safetensors(_ tensors: [(name: String, shape: [Int], scores: [Float])])
    -> Data
  {
    var (members, data): ([String], Data) = ([], Data())
    for tensor in tensors {
      let start = data.count
      data += bytes(tensor.scores)
      members.append(
        "\"\(tensor.name)\": {\"dtype\": \"F32\", \"shape\": \(tensor.shape), \"data_offsets\": "
          + "[\(start), \(data.count)]}")
    }
    return safetensors(header: "{\(members.joined(separator: ", "))}", data: data)
  }

  /// Little-endian float32 numbers.
  package static func bytes(_ scores: [Float]) -> Data { numbers(scores.map(\.bitPattern)) }

  /// Little-endian float64 numbers.
  package static func bytes(_ scores: [Double]) -> Data { numbers(scores.map(\.bitPattern)) }

  /// Little-endian integers.
  package static func numbers<Number: FixedWidthInteger>(_ numbers: [Number]) -> Data {
    var data = Data(capacity: numbers.count * Number.bitWidth / 8)
    for number in numbers {
      withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
    }
    return data
  }
}
