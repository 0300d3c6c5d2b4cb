/// JPEG: from marker to marker up to the end marker, as libjpeg moves: what stands between segments
/// and is no marker is passed over.
enum JPEGProbe: MediaProbe {
  static func recognises(_ start: [UInt8]) -> Bool { start.starts(with: [0xFF, 0xD8, 0xFF]) }

  static func check(_ file: ProbeFile) throws {
    var offset = 2
    var hasFrame = false
    var hasScan = false
    while true {
      guard let marker = try nextMarker(file, from: offset) else {
        throw MediaDamage.truncated(
          what: hasScan ? "the end marker is missing" : "no picture data came", offset: file.size)
      }
      offset = marker.end
      switch marker.code {
      case 0xD9:
        if hasScan { return }
        throw MediaDamage.damaged(what: "it ends before any picture data", offset: offset)
      // Restarts and fillers have no content.
      case 0x01, 0xD0...0xD7: continue
      case 0xD8: throw MediaDamage.damaged(what: "a second start marker", offset: offset)
      default: break
      }
      let length = try file.bytes(at: offset, exactly: 2, of: "a segment").bigEndian
      guard length >= 2 else {
        throw MediaDamage.damaged(what: "a segment of \(length) bytes", offset: offset)
      }
      guard offset + length <= file.size else {
        throw MediaDamage.truncated(
          what: "a segment of \(length) bytes begins at byte \(offset)", offset: file.size)
      }
      switch marker.code {
      case 0xC4, 0xC8, 0xCC: break
      case 0xC0...0xCF:
        try checkFrame(file, at: offset)
        hasFrame = true
      case 0xDA:
        guard hasFrame else {
          throw MediaDamage.damaged(what: "picture data without a frame header", offset: offset)
        }
        hasScan = true
      default: break
      }
      offset += length
    }
  }

  /// A frame header has a size; the height may come after the picture (DNL), the width not.
  private static func checkFrame(_ file: ProbeFile, at offset: Int) throws {
    let header = try file.bytes(at: offset, exactly: 8, of: "the frame header")
    guard header[5...6].bigEndian > 0, header[7] > 0 else {
      throw MediaDamage.damaged(what: "the picture has no width or no components", offset: offset)
    }
  }

  private static func nextMarker(
    _ file: ProbeFile, from offset: Int
  ) throws -> (code: UInt8, end: Int)? {
    var offset = offset
    while let place = try file.firstIndex(of: 0xFF, from: offset) {
      offset = place + 1
      while let byte = try file.bytes(at: offset, upTo: 1).first, byte == 0xFF { offset += 1 }
      guard let code = try file.bytes(at: offset, upTo: 1).first else { return nil }
      offset += 1
      // In picture data 0xFF is written as 0xFF00.
      if code != 0 { return (code, offset) }
    }
    return nil
  }
}
