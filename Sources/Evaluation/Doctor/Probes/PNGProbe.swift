import Archives

/// PNG: from chunk to chunk up to `IEND`, with every checksum.
enum PNGProbe: MediaProbe {
  static func recognises(_ start: [UInt8]) -> Bool {
    start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  static func check(_ file: ProbeFile) throws {
    var offset = 8
    var hasData = false
    var isFirst = true
    while true {
      guard offset < file.size else {
        throw MediaDamage.truncated(what: "the end chunk (IEND) is missing", offset: file.size)
      }
      let head = try file.bytes(at: offset, exactly: 8, of: "a chunk")
      let length = head[..<4].bigEndian
      let name = String(decoding: head[4...], as: UTF8.self)
      guard head[4...].allSatisfy({ (65...90).contains($0) || (97...122).contains($0) }) else {
        throw MediaDamage.damaged(what: "no chunk where one must begin", offset: offset)
      }
      let end = offset + 12 + length
      guard end <= file.size else {
        throw MediaDamage.truncated(
          what: "the chunk \(name) of \(length) bytes begins at byte \(offset)", offset: file.size)
      }
      if isFirst != (name == "IHDR") {
        throw MediaDamage.damaged(what: "IHDR must be the first chunk and only it", offset: offset)
      }
      try checkSum(file, offset: offset, length: length, name: name)
      if isFirst { try checkHeader(file, at: offset, length: length) }
      isFirst = false
      if name == "IDAT" { hasData = true }
      if name == "IEND" {
        if hasData { return }
        throw MediaDamage.damaged(what: "it has no picture data (IDAT)", offset: offset)
      }
      offset = end
    }
  }

  /// The checksum stands behind the content and covers name and content.
  private static func checkSum(
    _ file: ProbeFile, offset: Int, length: Int, name: String
  ) throws {
    var sum = CRC32()
    try file.forEachPiece(of: offset + 4..<offset + 8 + length) { piece in
      piece.withUnsafeBytes { sum.add($0) }
    }
    let written = try file.bytes(at: offset + 8 + length, exactly: 4, of: "a chunk").bigEndian
    guard written == Int(sum.value) else {
      throw MediaDamage.damaged(what: "the chunk \(name) has a wrong checksum", offset: offset)
    }
  }

  private static func checkHeader(_ file: ProbeFile, at offset: Int, length: Int) throws {
    guard length == 13 else {
      throw MediaDamage.damaged(what: "IHDR has \(length) bytes, not 13", offset: offset)
    }
    let size = try file.bytes(at: offset + 8, exactly: 8, of: "IHDR")
    guard size[..<4].bigEndian > 0, size[4...].bigEndian > 0 else {
      throw MediaDamage.damaged(what: "the picture has no width or no height", offset: offset)
    }
  }
}
