/// Writes `.safetensors`: the length of a JSON header in 8 bytes, the header, the tensors' bytes.
///
/// The same tensors give the same bytes, in whatever order they were added, and those are the bytes
/// of the format's own library: wider elements first, then by name, the header filled up with spaces
/// so that the data begin at a multiple of 8. The processors that we build for store numbers in the
/// order of the format, least significant byte first.
///
/// Source: huggingface/safetensors, README ("Format") and `serialize`.
package struct SafetensorsWriter {
  /// The types that are written.
  package enum Element: String, Sendable {
    case float32 = "F32"
    case uint8 = "U8"

    /// Bytes of one.
    package var size: Int {
      switch self {
      case .float32: 4
      case .uint8: 1
      }
    }
  }

  /// Takes the next bytes of a tensor.
  package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  private struct Tensor {
    let name: String
    let element: Element
    let shape: [Int]
    let write: (Sink) throws -> Void

    var byteCount: Int { shape.reduce(element.size, *) }
  }

  private var tensors: [Tensor] = []

  /// Starts without tensors.
  package init() {}

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
    _ name: String, element: Element, shape: [Int], write: @escaping (Sink) throws -> Void
  ) {
    precondition(!tensors.contains { $0.name == name }, "\(name) twice")
    tensors.append(Tensor(name: name, element: element, shape: shape, write: write))
  }

  /// Writes the file, which appears under its name only when it is complete.
  ///
  /// - Throws: `RecordError.writeFailed`, and what a tensor's function throws.
  package func write(to path: String) throws {
    let sorted = tensors.sorted {
      $0.element.size == $1.element.size
        ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) : $0.element.size > $1.element.size
    }
    let file = try AtomicFile(path)
    let header = Self.header(of: sorted)
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

  private static func header(of tensors: [Tensor]) -> [UInt8] {
    var writer = JSONWriter()
    var offset = 0
    writer.beginObject()
    for tensor in tensors {
      writer.key(tensor.name)
      writer.beginObject()
      writer.key("dtype")
      writer.string(tensor.element.rawValue)
      writer.key("shape")
      integers(tensor.shape, to: &writer)
      writer.key("data_offsets")
      integers([offset, offset + tensor.byteCount], to: &writer)
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
