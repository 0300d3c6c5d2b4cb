import Records
import Tensors

extension VisualFeatures {
  /// The version of the layout; another one is another content.
  private static let schema = "mplug-eval/features/1"

  /// Writes a `.safetensors` file, which appears under its name only when it is complete: `tokens`
  /// `[tokens, H]`, `embedding` `[E]` where there is one, and what they are features of as a note.
  ///
  /// - Parameter key: What they are features of, and made by.
  /// - Throws: `RecordError.writeFailed`.
  package func write(to path: String, key: String) throws {
    let floats = tokens.floats
    var writer = SafetensorsWriter(notes: [
      "schema": Self.schema, "key": key, "sha256": Self.digest(of: floats, embedding),
    ])
    writer.add("tokens", shape: [tokens.rows, tokens.width], floats)
    if let embedding { writer.add("embedding", shape: [embedding.count], embedding) }
    try writer.write(to: path)
  }

  /// Reads a file that `write` wrote, and believes nothing of it: schema, key, types, shapes and the
  /// digest of the numbers must be right, and the numbers finite.
  ///
  /// - Throws: `RecordError` where it cannot be read; `SafetensorsError`, `JSONError` and
  ///   `VisualFeatureFileError` where it is something else.
  package init(contentsOf path: String, key: String) throws {
    let file = try MappedFile(path, sequential: true)
    let header = try SafetensorsHeader(file)
    func error(_ reason: String) -> VisualFeatureFileError {
      VisualFeatureFileError(file: path, reason: reason)
    }
    guard header.notes["schema"] == Self.schema else { throw error("no \(Self.schema)") }
    guard let found = header.notes["key"], found.utf8.elementsEqual(key.utf8) else {
      throw error("features of something else (\(header.notes["key"] ?? "no key"))")
    }
    func floats(_ entry: SafetensorsHeader.Entry) throws -> [Float] {
      var count = 1
      for size in entry.shape {
        let (next, overflows) = count.multipliedReportingOverflow(by: size)
        guard size > 0, !overflows else {
          throw error("\(entry.name) has the shape \(entry.shape)")
        }
        count = next
      }
      guard entry.type == SafetensorsType.float32.rawValue, count == entry.bytes.count / 4,
        entry.bytes.count % 4 == 0
      else { throw error("\(entry.name) is no F32 of the shape \(entry.shape)") }
      return file.withBytes { bytes in
        let part = UnsafeRawBufferPointer(bytes)[entry.bytes]
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
          UnsafeMutableRawBufferPointer(buffer).copyMemory(from: .init(rebasing: part))
          initialized = count
        }
      }
    }
    var numbers: [Float]?
    var width = 0
    var embedding: [Float]?
    for entry in header.entries {
      switch (entry.name, entry.shape.count) {
      case ("tokens", 2): (numbers, width) = (try floats(entry), entry.shape[1])
      case ("embedding", 1): embedding = try floats(entry)
      default: throw error("\(entry.name) of the shape \(entry.shape) does not belong there")
      }
    }
    guard let numbers else { throw error("no tokens") }
    guard Self.digest(of: numbers, embedding) == header.notes["sha256"] else {
      throw error("the numbers are not those that were written")
    }
    guard numbers.allSatisfy({ $0.isFinite }), embedding?.allSatisfy({ $0.isFinite }) ?? true else {
      throw error("a number is not finite")
    }
    let tokens = Matrix(rows: numbers.count / width, width: width) { start in
      numbers.withUnsafeBufferPointer { source in
        if let first = source.baseAddress { start.update(from: first, count: source.count) }
      }
    }
    self.init(tokens: tokens, embedding: embedding)
  }

  private static func digest(of tokens: [Float], _ embedding: [Float]?) -> String {
    var hash = SHA256()
    tokens.withUnsafeBytes { hash.update($0) }
    embedding?.withUnsafeBytes { hash.update($0) }
    return hash.hexDigest
  }
}

/// What is wrong with a file of visual features.
package struct VisualFeatureFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file.
  package let file: String
  /// What is wrong.
  package let reason: String

  /// One line: what, where, how to mend it.
  package var description: String {
    "\(file): no features that can be used: \(reason); remove the file, it is made anew"
  }
}
