import Records

/// What the images or clips of a part are compared by, as a file between the parts holds it.
struct EncodedVisuals {
  private static let schema = "mplug-eval/visuals/1"

  /// Those that could be seen, ascending: places among all of the set.
  let visuals: [Int]
  /// The contrastive feature of each.
  let embeddings: [[Float]]
  /// SHA-256 of the file of each, in hexadecimal.
  let media: [String]

  init(visuals: [Int], embeddings: [[Float]], media: [String]) {
    self.visuals = visuals
    self.embeddings = embeddings
    self.media = media
  }

  /// Writes a file, which appears under its name only when it is complete.
  ///
  /// - Throws: `RecordError.writeFailed`.
  func write(to path: String, key: String) throws {
    let floats = embeddings.flatMap { $0 }
    let digests = media.flatMap { Array($0.utf8) }
    let places = visuals.map { Int32($0) }
    try KeyedTensors.write(to: path, schema: Self.schema, key: key) { writer in
      writer.add("embeddings", shape: [visuals.count, embeddings.first?.count ?? 0], floats)
      writer.add("media", shape: [visuals.count, 64], digests)
      writer.add("visuals", element: .int32, shape: [visuals.count]) { sink in
        try places.withUnsafeBytes(sink)
      }
    }
  }

  /// Reads a file and checks all of it.
  ///
  /// - Parameter range: Those of the part.
  /// - Throws: `RecordError` where it is not there or cannot be read; `SafetensorsError`, `JSONError`
  ///   and `KeyedTensorsError` where it cannot be used.
  init(_ path: String, key: String, of range: Range<Int>) throws {
    let tensors = try KeyedTensors(path, schema: Self.schema, key: key)
    let embeddings = try tensors.tensor("embeddings", .float32, rank: 2)
    let media = try tensors.tensor("media", .uint8, rank: 2)
    let places = try tensors.tensor("visuals", .int32, rank: 1)
    let (count, width) = (places.shape[0], embeddings.shape[1])
    guard embeddings.shape[0] == count, media.shape == [count, 64], count == 0 || width > 0 else {
      throw tensors.error("\(count) visuals, embeddings \(embeddings.shape), media \(media.shape)")
    }
    let visuals = tensors.integers(of: places)
    guard visuals.allSatisfy(range.contains), zip(visuals, visuals.dropFirst()).allSatisfy(<)
    else { throw tensors.error("the places are not those of the part") }
    try tensors.requireFinite(embeddings)
    let floats = tensors.floats(of: embeddings)
    let digests = tensors.bytes(of: media)
    self.visuals = visuals
    self.embeddings = (0..<count).map { Array(floats[$0 * width..<($0 + 1) * width]) }
    self.media = (0..<count).map {
      String(decoding: digests[$0 * 64..<($0 + 1) * 64], as: UTF8.self)
    }
  }
}
