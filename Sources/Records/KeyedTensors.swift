/// Tensors that one process leaves for another in a `.safetensors` file, with notes of what they are,
/// of what they are made, and of their digest. Nothing of such a file is believed before all three
/// are right.
package struct KeyedTensors: Sendable {
  /// One tensor, whose shape fits its bytes.
  package struct Tensor: Sendable {
    /// Its name.
    package let name: String
    /// Its dimensions.
    package let shape: [Int]
    fileprivate let bytes: Range<Int>
  }

  /// The file.
  package let path: String
  private let file: MappedFile
  private let entries: [SafetensorsHeader.Entry]

  /// Writes a file, which appears under its name only when it is complete.
  ///
  /// - Parameters:
  ///   - schema: What it is, and in which version.
  ///   - key: What it is made of.
  ///   - fill: Adds the tensors; what they give is asked for twice.
  /// - Throws: `RecordError.writeFailed`.
  package static func write(
    to path: String, schema: String, key: String, _ fill: (inout SafetensorsWriter) -> Void
  ) throws {
    var writer = SafetensorsWriter(notes: ["schema": schema, "key": key])
    fill(&writer)
    try writer.withDigest(as: "sha256").write(to: path)
  }

  /// Opens a file.
  ///
  /// - Throws: `RecordError` where it is not there or cannot be read, `SafetensorsError`, `JSONError`
  ///   and `KeyedTensorsError` where it is another or damaged.
  package init(_ path: String, schema: String, key: String) throws {
    self.path = path
    file = try MappedFile(path)
    let header = try SafetensorsHeader(file)
    entries = header.entries
    let found = header.notes["schema"] ?? "no schema"
    guard found.utf8.elementsEqual(schema.utf8) else {
      throw KeyedTensorsError(file: path, reason: "expected \(schema), found \(found)")
    }
    guard header.notes["key"]?.utf8.elementsEqual(key.utf8) ?? false else {
      throw KeyedTensorsError(file: path, reason: "it is of another run")
    }
    let start = entries.map(\.bytes.lowerBound).min() ?? file.count
    var hash = SHA256()
    file.withBytes { bytes in
      hash.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start...]))
    }
    file.release(0..<file.count)
    guard hash.hexDigest == header.notes["sha256"] else {
      throw KeyedTensorsError(file: path, reason: "the numbers are not those that were written")
    }
  }

  /// A tensor of the file.
  ///
  /// - Parameter rank: How many dimensions it has.
  /// - Throws: `KeyedTensorsError` where there is none, of another type or with another rank, and
  ///   where its shape is not that of its bytes.
  package func tensor(_ name: String, _ type: SafetensorsType, rank: Int) throws -> Tensor {
    guard let entry = entries.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
      throw error("\(name) is missing")
    }
    guard entry.type == type.rawValue, entry.shape.count == rank,
      entry.shape.allSatisfy({ $0 >= 0 })
    else { throw error("\(name) is \(entry.type) of the shape \(entry.shape)") }
    var count = type.size
    for size in entry.shape {
      let (next, overflows) = count.multipliedReportingOverflow(by: size)
      guard !overflows else { throw error("\(name) has the shape \(entry.shape)") }
      count = next
    }
    guard count == entry.bytes.count else {
      throw error("\(name) of the shape \(entry.shape) has \(entry.bytes.count) bytes")
    }
    return Tensor(name: name, shape: entry.shape, bytes: entry.bytes)
  }

  /// Lends the bytes of a tensor; they may lie at any address.
  package func withBytes<Result>(
    of tensor: Tensor, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try file.withBytes { bytes in
      try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[tensor.bytes]))
    }
  }

  /// The bytes of a tensor.
  package func bytes(of tensor: Tensor) -> [UInt8] { withBytes(of: tensor) { Array($0) } }

  /// The numbers of an `I32` tensor.
  package func integers(of tensor: Tensor) -> [Int] {
    withBytes(of: tensor) { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        Int(bytes.loadUnaligned(fromByteOffset: $0, as: Int32.self))
      }
    }
  }

  /// The numbers of an `F32` tensor, row by row.
  package func floats(of tensor: Tensor) -> [Float] {
    withBytes(of: tensor) { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        bytes.loadUnaligned(fromByteOffset: $0, as: Float.self)
      }
    }
  }

  /// Refuses an `F32` tensor with a number that is none.
  ///
  /// - Throws: `KeyedTensorsError`.
  package func requireFinite(_ tensor: Tensor) throws {
    let isFinite = withBytes(of: tensor) { bytes in
      // Infinity and what is no number have all bits of the exponent.
      for place in stride(from: 0, to: bytes.count, by: 4)
      where bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self) & 0x7F80_0000
        == 0x7F80_0000
      { return false }
      return true
    }
    file.release(tensor.bytes)
    guard isFinite else { throw error("\(tensor.name) holds a number that is not finite") }
  }

  /// Gives memory that a tensor's bytes are mapped to back to the system.
  package func release(_ tensor: Tensor) { file.release(tensor.bytes) }

  /// An error about the file.
  package func error(_ reason: String) -> KeyedTensorsError {
    KeyedTensorsError(file: path, reason: reason)
  }
}

/// What is wrong with a file that another process left.
package struct KeyedTensorsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file.
  package let file: String
  /// What is wrong.
  package let reason: String

  package init(file: String, reason: String) {
    self.file = file
    self.reason = reason
  }

  /// One line: what, where, how to mend it.
  package var description: String {
    "\(file): \(reason); remove the file, the run that made it makes it anew"
  }
}
