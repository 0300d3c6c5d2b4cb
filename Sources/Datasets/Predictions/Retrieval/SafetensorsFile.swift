import Metrics
import Records

/// `.safetensors`: the length of a JSON header in 8 bytes, the header, the tensors' bytes.
///
/// Source: huggingface/safetensors, README ("Format").
enum SafetensorsFile {
  /// The limit of the format's own reader.
  private static let headerLimit = 100_000_000

  /// Whether a file begins as one: JSON text has no zero bytes.
  static func isOne(_ file: MappedFile) -> Bool {
    file.count > 8 && file.bytes[4..<8].allSatisfy { $0 == 0 }
      && file.bytes[8] == UInt8(ascii: "{")
  }

  /// The tensors with some names, and the names of the others.
  ///
  /// - Throws: `JSONError` for a header that is no JSON, `DatasetError.badTensor` for one that
  ///   describes no score matrix or does not fit the file.
  static func read(
    _ file: MappedFile, _ names: Set<String>
  ) throws -> (wanted: [ArrayEntry], others: [String]) {
    func error(_ reason: String) -> DatasetError {
      .badTensor(
        path: file.path, member: "header", reason: reason,
        remedy: "the file is damaged or truncated: save it again")
    }
    let length = (0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(file.bytes[$1]) }
    guard length <= headerLimit, Int(length) <= file.count - 8 else {
      throw error("a header of \(length) bytes in a file of \(file.count)")
    }
    let start = 8 + Int(length)
    let header = MappedFile(bytes: Array(file.bytes[8..<start]), name: "\(file.path) (header)")
    var reader = try JSONReader(header)
    var tensors: [Tensor] = []
    var seen: Set<[UInt8]> = []
    try reader.readObject { key, reader in
      guard !("__metadata__" ~= key) else { return try reader.skip() }
      let name = key.string
      guard seen.insert(Array(name.utf8)).inserted else {
        throw error("the tensor \(name) stands twice")
      }
      tensors.append(try Tensor(name, &reader, error))
    }
    try reader.finish()
    // The format allows neither gaps nor bytes that belong to two tensors or to none.
    var end = 0
    for tensor in tensors.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard tensor.start == end else {
        throw error(
          "expected \(tensor.name) at byte \(end) of the data, where the tensor before it ends, "
            + "found it at \(tensor.start)")
      }
      end = tensor.end
    }
    guard end == file.count - start else {
      throw error("expected \(end) bytes of tensors, found \(file.count - start)")
    }
    return (
      try tensors.filter { names.contains($0.name) }.map { try $0.entry(from: start, in: file) },
      tensors.map(\.name).filter { !names.contains($0) }
    )
  }
}

/// A member of the header.
private struct Tensor {
  let name: String
  private let type: String
  private let shape: [Int]
  let start: Int
  let end: Int

  init(
    _ name: String, _ reader: inout JSONReader, _ error: (String) -> DatasetError
  ) throws {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.readObject { key, reader in
      func integers() throws -> [Int] {
        var numbers: [Int] = []
        try reader.readArray { numbers.append(try $0.readInt()) }
        return numbers
      }
      func once(_ value: (some Sequence)?) throws {
        if value != nil { throw error("\(name) has \(key.string) twice") }
      }
      switch key {
      case "dtype":
        try once(type)
        type = try reader.readString()
      case "shape":
        try once(shape)
        shape = try integers()
      case "data_offsets":
        try once(offsets)
        offsets = try integers()
      default: try reader.skip()
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2, offsets[0] >= 0,
      offsets[0] <= offsets[1]
    else { throw error("\(name) lacks a legal dtype, shape or data_offsets") }
    self.name = name
    self.type = type
    self.shape = shape
    start = offsets[0]
    end = offsets[1]
  }

  /// - Parameter base: Where the tensors' bytes begin; they reach to the end of the file.
  func entry(from base: Int, in file: MappedFile) throws -> ArrayEntry {
    let elements: [String: ScoreMatrix.Element] = [
      "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64,
    ]
    guard let element = elements[type] else {
      throw DatasetError.badTensor(
        path: file.path, member: name, reason: "expected float32 (F32), found \(type)",
        remedy: "save the scores as float32")
    }
    return try ArrayEntry(
      name, element: element, shape: shape, start: base + start, end: base + end, in: file)
  }
}
