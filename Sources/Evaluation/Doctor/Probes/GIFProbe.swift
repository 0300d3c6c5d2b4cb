/// GIF: from block to block up to the trailer.
enum GIFProbe: MediaProbe {
  static func recognises(_ start: [UInt8]) -> Bool {
    start.starts(with: Array("GIF87a".utf8)) || start.starts(with: Array("GIF89a".utf8))
  }

  static func check(_ file: ProbeFile) throws {
    let header = try file.bytes(at: 0, exactly: 13, of: "the header")
    var offset = 13 + colours(header[10])
    var hasImage = false
    while true {
      guard let kind = try file.bytes(at: offset, upTo: 1).first else {
        throw MediaDamage.truncated(what: "the trailer is missing", offset: file.size)
      }
      switch kind {
      case 0x21: offset = try endOfPieces(file, from: offset + 2)
      case 0x2C:
        let image = try file.bytes(at: offset, exactly: 10, of: "an image header")
        guard image[5...6].littleEndian > 0, image[7...8].littleEndian > 0 else {
          throw MediaDamage.damaged(what: "the picture has no width or no height", offset: offset)
        }
        hasImage = true
        offset = try endOfPieces(file, from: offset + 11 + colours(image[9]))
      case 0x3B:
        if hasImage { return }
        throw MediaDamage.damaged(what: "it holds no picture", offset: offset)
      // Some writers pad with zeros.
      case 0: offset += 1
      default: throw MediaDamage.damaged(what: "no block where one must begin", offset: offset)
      }
    }
  }

  /// The bytes of a colour table that a flag byte announces.
  private static func colours(_ flags: UInt8) -> Int {
    flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
  }

  /// Where a list of pieces, each behind its length, ends with one of length 0.
  private static func endOfPieces(_ file: ProbeFile, from offset: Int) throws -> Int {
    var offset = offset
    while true {
      let length = Int(try file.bytes(at: offset, exactly: 1, of: "picture data")[0])
      offset += 1 + length
      if length == 0 { return offset }
    }
  }
}
