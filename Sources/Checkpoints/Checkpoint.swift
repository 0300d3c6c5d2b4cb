import Archives
import Pickle
import Records
import Tensors

/// A file of weights: `.pth` as PyTorch has written it since 1.6, or `.safetensors`.
///
/// The file is mapped: opening it reads what it says about its tensors and none of their numbers.
package struct Checkpoint: Sendable {
  /// Where the tensors were found.
  package enum Container: Sendable, Equatable {
    /// A zip archive around a pickle; the state is under `key`, at the top level where that is nil.
    case torch(key: String?)
    /// A header and the tensors' bytes.
    case safetensors
  }

  /// The file.
  package let path: String
  /// Where the tensors were found.
  package let container: Container
  /// All tensors of the state, in the order of the file.
  package let tensors: [StoredTensor]
  /// Members of the state that are no tensors, such as numbers; nothing reads them.
  package let others: [String]
  /// The prefix that was taken off names, such as `module.`; nil where no name had one.
  package let prefix: String?

  /// Notes of the one who saved it (`__metadata__` of `.safetensors`), by name.
  package let notes: [String: String]

  private let file: MappedFile
  private let places: [String: Int]

  /// Opens a file.
  ///
  /// - Throws: `CheckpointError`, `ArchiveError`, `PickleError`, `JSONError` and `RecordError`.
  package init(_ path: String) throws {
    try self.init(MappedFile(path))
  }

  /// Takes a file that is open.
  ///
  /// - Throws: as `init(_:)`.
  package init(_ file: MappedFile) throws {
    path = file.path
    self.file = file
    let found: [StoredTensor]
    if file.bytes.starts(with: [0x50, 0x4B]) || file.bytes.first == 0x80 {
      let state = try TorchState(file)
      container = .torch(key: state.key)
      notes = [:]
      (found, others) = (state.tensors, state.others)
    } else if SafetensorsHeader.begins(file)
      || ForeignContent(file) == nil && file.path.hasSuffix(".safetensors")
    {
      container = .safetensors
      let header = try SafetensorsHeader(file)
      notes = header.notes
      (found, others) = (try SafetensorsState.tensors(of: file, header), [])
    } else {
      throw Self.wrongKind(file)
    }
    (tensors, prefix) = Self.withoutPrefixes(found)
    var places = [String: Int](minimumCapacity: tensors.count)
    for (place, tensor) in tensors.enumerated() {
      if let first = places.updateValue(place, forKey: tensor.name) {
        throw CheckpointError.badTensor(
          file: path, tensor: tensor.name,
          reason: "it stands there twice, as '\(found[first].name)' and '\(found[place].name)'",
          remedy: "save it again with one of them")
      }
    }
    self.places = places
  }

  private static func wrongKind(_ file: MappedFile) -> CheckpointError {
    let text = String(decoding: file.bytes.prefix(4096), as: UTF8.self)
    if text.drop(while: \.isWhitespace).first == "{" {
      return text.contains("\"weight_map\"") || file.path.hasSuffix(".index.json")
        ? .wrongKind(
          file: file.path, found: "the index of a checkpoint in several files",
          remedy: "join them: load each with safetensors.torch.load_file and save all tensors "
            + "with save_file")
        : .wrongKind(
          file: file.path, found: "a JSON document", remedy: "name the file with the weights")
    }
    return .wrongKind(
      file: file.path, found: file.count == 0 ? "an empty file" : "something else",
      remedy: ForeignContent(file)?.explanation ?? "name another file, or get it anew")
  }

  /// Data-parallel training puts `module.` before every name, redistributed copies put `model.`.
  private static func withoutPrefixes(
    _ tensors: [StoredTensor]
  ) -> (tensors: [StoredTensor], prefix: String?) {
    var prefix: String?
    let renamed = tensors.map { tensor in
      var name = Substring(tensor.name)
      while let known = ["module.", "model."].first(where: { name.hasPrefix($0) }) {
        name = name.dropFirst(known.count)
      }
      if name.startIndex > tensor.name.startIndex, prefix == nil {
        prefix = String(tensor.name[..<name.startIndex])
      }
      return StoredTensor(
        name: String(name), element: tensor.element, layout: tensor.layout, start: tensor.start)
    }
    return (renamed, prefix)
  }

  /// The tensor of a name; nil where there is none.
  package subscript(name: String) -> StoredTensor? { places[name].map { tensors[$0] } }

  /// Lends all elements of a tensor in row-major order, as they are stored, in pieces.
  ///
  /// - Throws: what the body throws.
  package func forEachPiece(
    of tensor: StoredTensor, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    try forEachPiece(of: tensor, 0..<tensor.count, body)
  }

  /// Lends some elements of a tensor in row-major order, as they are stored, in pieces.
  func forEachPiece(
    of tensor: StoredTensor, _ elements: Range<Int>,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    try file.withBytes { bytes in
      try tensor.forEachPiece(of: elements, in: UnsafeRawBufferPointer(bytes), body)
    }
  }

  /// Lets the pages of a tensor go.
  package func release(_ tensor: StoredTensor) { file.release(tensor.bytes) }

  /// SHA-256 of the whole file, in hexadecimal; it reads all of it.
  package func sha256() -> String { SHA256.hexDigest(of: file) }

  /// How many bytes the file has.
  package var size: Int { file.count }
}

extension Checkpoint {
  /// Whether two tensors have the same shape and the same numbers, bit for bit where they are
  /// stored alike.
  package func isEqual(_ first: StoredTensor, _ second: StoredTensor) -> Bool {
    if first.isSame(as: second) { return true }
    guard first.shape == second.shape else { return false }
    var next = 0
    while next < first.count {
      let part = next..<min(next + StoredTensor.chunk, first.count)
      guard values(first, part) == values(second, part) else { return false }
      next = part.upperBound
    }
    return true
  }

  /// Bit patterns of float32, so that what is no number equals itself.
  private func values(_ tensor: StoredTensor, _ elements: Range<Int>) -> [UInt32] {
    let floats = [Float](unsafeUninitializedCapacity: elements.count) { buffer, filled in
      guard let memory = buffer.baseAddress else { return }
      forEachPiece(of: tensor, elements) { piece in
        tensor.element.convert(piece, into: memory + filled)
        filled += piece.count / tensor.element.byteCount
      }
    }
    return floats.map(\.bitPattern)
  }
}
