/// The header of a `.safetensors` file: which tensors it holds and where their bytes lie.
///
/// The file is the length of a JSON header in 8 bytes, the header, the tensors' bytes.
///
/// Source: huggingface/safetensors, README ("Format").
package struct SafetensorsHeader: Sendable {
  /// A tensor as the header describes it; whether its shape fits its bytes is not checked yet.
  package struct Entry: Sendable {
    /// Its name.
    package let name: String
    /// The name of its element type, such as `F32`, perhaps one that nobody knows.
    package let type: String
    /// Its dimensions, which may be negative or beyond all files.
    package let shape: [Int]
    /// Where its bytes lie in the file.
    package let bytes: Range<Int>
  }

  /// The limit of the format's own reader.
  private static let limit = 100_000_000

  /// The tensors in the order of the header.
  package let entries: [Entry]
  /// The notes of `__metadata__`, by name; empty where the file has none.
  package let notes: [String: String]

  /// Whether a file begins as one: JSON text has no zero bytes.
  package static func begins(_ file: MappedFile) -> Bool {
    file.count > 8 && file.bytes[4..<8].allSatisfy { $0 == 0 }
      && file.bytes[8] == UInt8(ascii: "{")
  }

  /// Reads the header; the tensors fill the file without gaps, without overlaps.
  ///
  /// - Throws: `JSONError` for a header that is no JSON, `SafetensorsError` for one that contradicts
  ///   the format or does not fit the file.
  package init(_ file: MappedFile) throws {
    func error(_ reason: String) -> SafetensorsError {
      SafetensorsError(file: file.path, reason: reason)
    }
    guard file.count >= 8 else { throw error("\(file.count) bytes, not even a header's length") }
    let length = (0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(file.bytes[$1]) }
    guard length <= Self.limit, Int(length) <= file.count - 8 else {
      throw error("a header of \(length) bytes in a file of \(file.count)")
    }
    let start = 8 + Int(length)
    let header = MappedFile(bytes: Array(file.bytes[8..<start]), name: "\(file.path) (header)")
    var reader = try JSONReader(header)
    var tensors: [Tensor] = []
    var seen: Set<[UInt8]> = []
    var notes: [String: String] = [:]
    try reader.readObject { key, reader in
      guard !("__metadata__" ~= key) else {
        return notes = try Self.notes(&reader)
      }
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
    self.notes = notes
    entries = tensors.map {
      Entry(
        name: $0.name, type: $0.type, shape: $0.shape, bytes: start + $0.start..<start + $0.end)
    }
  }

  /// What `__metadata__` says; members that are no strings, which the format does not allow, are
  /// passed over.
  private static func notes(_ reader: inout JSONReader) throws -> [String: String] {
    var notes: [String: String] = [:]
    guard try reader.peek() == .object else {
      try reader.skip()
      return notes
    }
    try reader.readObject { key, reader in
      guard try reader.peek() == .string else { return try reader.skip() }
      notes[key.string] = try reader.readString()
    }
    return notes
  }
}

/// A member of the header.
private struct Tensor {
  let name: String
  let type: String
  let shape: [Int]
  /// From the first byte behind the header on; perhaps beyond the file.
  let start: Int
  let end: Int

  init(
    _ name: String, _ reader: inout JSONReader, _ error: (String) -> SafetensorsError
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
}

/// What is wrong with the header of a `.safetensors` file.
package struct SafetensorsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file.
  package let file: String
  /// What is wrong.
  package let reason: String

  /// How to mend it.
  package static let remedy = "the file is damaged or truncated: save it again"

  /// One line: what, where, how to mend it.
  package var description: String { "\(file): header: \(reason); \(Self.remedy)" }
}
