/// Writes `.safetensors`: the length of a JSON header in 8 bytes, the header, the tensors' bytes.
///
/// The same tensors give the same bytes, in whatever order they were added, and those are the bytes
/// of the format's own library: by element type, wider ones first, then by name, the header filled
/// up with spaces so that the data begin at a multiple of 8. The processors that we build for store
/// numbers in the order of the format, least significant byte first.
///
/// Source: huggingface/safetensors, README ("Format") and `serialize`.
package struct SafetensorsWriter {
  /// In which order the library writes the types.
  private static let order: [SafetensorsType] = [
    .int64, .float64, .float32, .int32, .bfloat16, .float16, .int16, .int8, .uint8, .bool,
  ]

  /// Takes the next bytes of a tensor.
  package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  private struct Tensor {
    let name: String
    let element: SafetensorsType
    let shape: [Int]
    let write: (Sink) throws -> Void

    var byteCount: Int { shape.reduce(element.size, *) }
  }

  private var tensors: [Tensor] = []
  /// By their bytes, since `String` takes some different names for equal.
  private var names: Set<[UInt8]> = []

  /// Goes into `__metadata__`, by name; without notes there is no such member.
  private var notes: [String: String]

  /// Starts without tensors.
  package init(notes: [String: String] = [:]) { self.notes = notes }

  /// Adds a tensor of floats, row by row (the last index runs fastest); its name must be new.
  package mutating func add(_ name: String, shape: [Int], _ floats: [Float]) {
    add(name, element: .float32, shape: shape) { sink in try floats.withUnsafeBytes(sink) }
  }

  /// Adds a tensor of bytes, row by row (the last index runs fastest); its name must be new.
  package mutating func add(_ name: String, shape: [Int], _ bytes: [UInt8]) {
    add(name, element: .uint8, shape: shape) { sink in try bytes.withUnsafeBytes(sink) }
  }

  /// Adds a tensor whose bytes are asked for when the file is written.
  ///
  /// - Parameter write: Gives all of its bytes to the sink, in pieces or at once.
  package mutating func add(
    _ name: String, element: SafetensorsType, shape: [Int], write: @escaping (Sink) throws -> Void
  ) {
    let isNew = names.insert(Array(name.utf8)).inserted
    precondition(isNew, "\(name) twice")
    tensors.append(Tensor(name: name, element: element, shape: shape, write: write))
  }

  /// Writes the file, which appears under its name only when it is complete.
  ///
  /// - Throws: `RecordError.writeFailed`, and what a tensor's function throws.
  package func write(to path: String) throws {
    let sorted = sorted
    let file = try AtomicFile(path)
    let header = header(of: sorted)
    try withUnsafeBytes(of: UInt64(header.count).littleEndian) { try file.append($0) }
    try file.append(header)
    for tensor in sorted {
      var written = 0
      try tensor.write { bytes in
        written += bytes.count
        try file.append(bytes)
      }
      precondition(written == tensor.byteCount, "\(tensor.name) has \(written) bytes")
    }
    try file.commit()
  }

  /// The same with a note of the SHA-256 of all tensors' bytes, which are asked for twice.
  ///
  /// - Throws: What a tensor's function throws.
  package func withDigest(as note: String) throws -> SafetensorsWriter {
    var hash = SHA256()
    for tensor in sorted { try tensor.write { hash.update($0) } }
    var copy = self
    copy.notes[note] = hash.hexDigest
    return copy
  }

  /// The tensors in the order of the file.
  private var sorted: [Tensor] {
    let ranks = Dictionary(uniqueKeysWithValues: zip(Self.order, Self.order.indices))
    return tensors.sorted {
      $0.element == $1.element
        ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        : ranks[$0.element, default: 0] < ranks[$1.element, default: 0]
    }
  }

  private func header(of tensors: [Tensor]) -> [UInt8] {
    var writer = JSONWriter()
    var offset = 0
    writer.beginObject()
    if !notes.isEmpty {
      writer.key("__metadata__")
      writer.beginObject()
      for (name, note) in notes.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        writer.key(name)
        writer.string(note)
      }
      writer.endObject()
    }
    for tensor in tensors {
      writer.key(tensor.name)
      writer.beginObject()
      writer.key("dtype")
      writer.string(tensor.element.rawValue)
      writer.key("shape")
      Self.integers(tensor.shape, to: &writer)
      writer.key("data_offsets")
      Self.integers([offset, offset + tensor.byteCount], to: &writer)
      writer.endObject()
      offset += tensor.byteCount
    }
    writer.endObject()
    let filling = (8 - writer.bytes.count % 8) % 8
    return writer.bytes + [UInt8](repeating: UInt8(ascii: " "), count: filling)
  }

  private static func integers(_ values: [Int], to writer: inout JSONWriter) {
    writer.beginArray()
    for value in values { writer.int(value) }
    writer.endArray()
  }
}
