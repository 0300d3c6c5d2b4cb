import Records
import Tensors

/// The texts of a retrieval, or some of them, in a file that another process wrote.
package struct TextGalleryFile: Sendable {
  fileprivate static let schema = "mplug-eval/texts/1"

  /// How many texts it holds.
  package var count: Int { lengths.count }

  private let tensors: KeyedTensors
  fileprivate let lengths: [Int]
  fileprivate let remarks: [[SampleRemark]]
  private let states: KeyedTensors.Tensor
  private let embeddings: KeyedTensors.Tensor

  fileprivate var width: Int { states.shape[1] }
  fileprivate var embedding: Int { embeddings.shape[1] }
  fileprivate var rows: Int { states.shape[0] }

  /// Opens a file and checks all of it: what it is of, the digest, shapes, and that all numbers are.
  ///
  /// - Parameter key: What the texts are and by what they were encoded.
  /// - Throws: `RecordError` where it is not there or cannot be read; `SafetensorsError`, `JSONError`
  ///   and `KeyedTensorsError` where it cannot be used.
  package init(_ path: String, key: String) throws {
    tensors = try KeyedTensors(path, schema: Self.schema, key: key)
    states = try tensors.tensor("states", .float32, rank: 2)
    embeddings = try tensors.tensor("embeddings", .float32, rank: 2)
    let lengths = try tensors.tensor("lengths", .int32, rank: 1)
    let limits = try tensors.tensor("limits", .int32, rank: 1)
    let count = lengths.shape[0]
    guard embeddings.shape[0] == count, limits.shape[0] == count else {
      throw tensors.error(
        "\(count) lengths, \(embeddings.shape[0]) embeddings and \(limits.shape[0]) limits")
    }
    self.lengths = tensors.integers(of: lengths)
    guard self.lengths.allSatisfy({ $0 > 0 }), self.lengths.reduce(0, +) == states.shape[0] else {
      throw tensors.error("the lengths of the texts are not those of their states")
    }
    remarks = tensors.integers(of: limits).map { $0 == 0 ? [] : [.textCut(limit: $0)] }
    try tensors.requireFinite(states)
    try tensors.requireFinite(embeddings)
  }

  /// Copies states and embeddings to rows of other matrices.
  fileprivate func copy(states target: Matrix, from row: Int, embeddings other: Matrix, _ text: Int)
  {
    Self.copy(tensors, states, to: target, from: row)
    Self.copy(tensors, embeddings, to: other, from: text)
    tensors.release(states)
  }

  private static func copy(
    _ tensors: KeyedTensors, _ tensor: KeyedTensors.Tensor, to target: Matrix, from start: Int
  ) {
    tensors.withBytes(of: tensor) { bytes in
      let size = tensor.shape[1] * MemoryLayout<Float>.stride
      for row in 0..<tensor.shape[0] {
        UnsafeMutableRawBufferPointer(start: target.row(start + row), count: size).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[row * size..<(row + 1) * size]))
      }
    }
  }
}

extension TextGallery {
  /// Writes the texts without the names of their samples; the file appears under its name only when
  /// it is complete: `lengths` and `limits` `[texts]` (0 where nothing was cut off), `embeddings`
  /// `[texts, E]`, `states` `[tokens of all, H]`.
  ///
  /// - Parameter key: What the texts are and by what they were encoded.
  /// - Throws: `RecordError.writeFailed`.
  package func write(to path: String, key: String) throws {
    let lengths = states.sequences.map { Int32($0.count) }
    let limits = remarks.map { remarks in
      remarks.reduce(Int32(0)) { _, remark in
        switch remark {
        case .textCut(let limit): Int32(limit)
        }
      }
    }
    try KeyedTensors.write(to: path, schema: TextGalleryFile.schema, key: key) { writer in
      writer.add("states", states.rows)
      writer.add("embeddings", embeddings)
      for (name, numbers) in [("lengths", lengths), ("limits", limits)] {
        writer.add(name, element: .int32, shape: [numbers.count]) { sink in
          try numbers.withUnsafeBytes(sink)
        }
      }
    }
    states.rows.letGo()
  }

  /// Puts the texts of files together, in their order.
  ///
  /// - Parameters:
  ///   - samples: The name of each text; as many as the files have texts.
  ///   - engine: Gives the memory; what is large lies in a file without a name.
  /// - Throws: `KeyedTensorsError` where the files do not go together.
  package init(
    _ files: [TextGalleryFile], samples: [String], _ engine: Engine = Engine(threads: 1)
  ) throws {
    let filled = files.filter { $0.count > 0 }
    let (width, embedding) = (filled.first?.width ?? 0, filled.first?.embedding ?? 0)
    for file in filled where file.width != width || file.embedding != embedding {
      throw file.differs(from: filled[0])
    }
    precondition(samples.count == files.reduce(0) { $0 + $1.count }, "one name for each text")
    let rows = engine.spilled(files.reduce(0) { $0 + $1.rows }, width)
    let embeddings = engine.matrix(samples.count, embedding)
    var (row, text) = (0, 0)
    for file in filled {
      file.copy(states: rows, from: row, embeddings: embeddings, text)
      rows.letGo()
      row += file.rows
      text += file.count
    }
    self.init(
      samples: samples, embeddings: embeddings, remarks: files.flatMap(\.remarks),
      states: HiddenStates(
        rows: rows, sequences: HiddenStates.sequences(ofLengths: files.flatMap(\.lengths))))
  }

  /// The texts of galleries as one, in their order: to the bit what encoding them at once gives.
  ///
  /// - Parameter parts: Of one model and one protocol.
  package static func joined(
    _ parts: [TextGallery], _ engine: Engine = Engine(threads: 1)
  ) -> TextGallery {
    let filled = parts.filter { $0.count > 0 }
    let width = filled.first?.states.rows.width ?? 0
    let rows = engine.spilled(filled.reduce(0) { $0 + $1.states.rows.rows }, width)
    var place = 0
    for part in filled {
      let own = part.states.rows
      precondition(own.width == width, "galleries of one model")
      for row in 0..<own.rows {
        rows.row(place + row).update(from: own.row(row), count: width)
      }
      place += own.rows
      own.letGo()
      rows.letGo()
    }
    return TextGallery(
      samples: parts.flatMap(\.samples), embeddings: engine.stack(filled.map(\.embeddings)),
      remarks: parts.flatMap(\.remarks),
      states: HiddenStates(
        rows: rows,
        sequences: HiddenStates.sequences(
          ofLengths: parts.flatMap { $0.states.sequences.map(\.count) })))
  }
}

extension TextGalleryFile {
  fileprivate func differs(from other: TextGalleryFile) -> KeyedTensorsError {
    tensors.error(
      "states of \(width) and embeddings of \(embedding) numbers, other files have \(other.width) "
        + "and \(other.embedding)")
  }
}

extension SafetensorsWriter {
  /// Adds a matrix of floats, a row after the other.
  fileprivate mutating func add(_ name: String, _ matrix: Matrix) {
    add(name, element: .float32, shape: [matrix.rows, matrix.width]) { sink in
      try matrix.withPointer { start in
        for row in 0..<matrix.rows {
          try sink(
            UnsafeRawBufferPointer(
              start: start + row * matrix.stride, count: matrix.width * MemoryLayout<Float>.stride))
        }
      }
    }
  }
}
