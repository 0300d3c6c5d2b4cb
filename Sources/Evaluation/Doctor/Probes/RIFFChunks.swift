/// The container of WebP and AVI: chunks with a name and a length, padded to even lengths.
struct RIFFChunks {
  /// One chunk.
  struct Chunk {
    let name: String
    /// The kind of a list or of the file itself; empty for other chunks.
    let kind: String
    /// Where its content lies, the four bytes of the kind left out.
    let content: Range<Int>
  }

  /// Whether the bytes begin a RIFF file of a kind.
  static func starts(_ start: [UInt8], kind: String) -> Bool {
    start.count >= 12 && start.starts(with: Array("RIFF".utf8))
      && start[8..<12].elementsEqual(kind.utf8)
  }

  /// Where the content of the first chunk lies, which is the file's.
  ///
  /// - Throws: `MediaDamage` where the file ends before it.
  static func content(of file: ProbeFile) throws -> Range<Int> {
    let content = try chunk(file, at: 0).content
    guard content.upperBound <= file.size else {
      throw MediaDamage.truncated(
        what: "the file says it has \(content.upperBound) bytes", offset: file.size)
    }
    return content
  }

  /// The chunks of a range, one after the other.
  ///
  /// - Throws: `MediaDamage` for one that is longer than what it lies in.
  static func all(
    _ file: ProbeFile, in range: Range<Int>, of what: String
  ) throws -> [Chunk] {
    var chunks: [Chunk] = []
    var offset = range.lowerBound
    // Fewer bytes than a header are padding.
    while offset + 8 <= range.upperBound {
      let chunk = try chunk(file, at: offset)
      guard chunk.content.upperBound <= range.upperBound else {
        let part =
          "the part '\(chunk.name)' of \(chunk.content.count) bytes begins at byte \(offset)"
        throw range.upperBound == file.size
          ? MediaDamage.truncated(what: part, offset: file.size)
          : MediaDamage.damaged(what: "\(part) and is longer than \(what)", offset: offset)
      }
      chunks.append(chunk)
      offset = chunk.content.upperBound + chunk.content.upperBound % 2
    }
    return chunks
  }

  /// The chunk at an offset.
  static func chunk(_ file: ProbeFile, at offset: Int) throws -> Chunk {
    let head = try file.bytes(at: offset, exactly: 8, of: "a part")
    let name = String(decoding: head[..<4], as: UTF8.self)
    let length = head[4...].littleEndian
    guard name == "RIFF" || name == "LIST" else {
      return Chunk(name: name, kind: "", content: offset + 8..<offset + 8 + length)
    }
    let kind = try file.bytes(at: offset + 8, exactly: 4, of: "a part")
    guard length >= 4 else {
      throw MediaDamage.damaged(
        what: "'\(name)' says it has \(length) bytes: the file was never finished", offset: offset)
    }
    return Chunk(
      name: name, kind: String(decoding: kind, as: UTF8.self),
      content: offset + 12..<offset + 8 + length)
  }
}
