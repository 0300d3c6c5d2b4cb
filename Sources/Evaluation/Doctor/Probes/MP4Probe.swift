/// MP4 and QuickTime: from box to box, their lengths against the file's, the index (`moov`) with a
/// video track, and media data (`mdat`).
enum MP4Probe: MediaProbe {
  static func recognises(_ start: [UInt8]) -> Bool {
    // QuickTime files of old begin without `ftyp`.
    start.count >= 8 && heifBrand(start) == nil
      && ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"].contains(
        String(decoding: start[4..<8], as: UTF8.self))
  }

  static func check(_ file: ProbeFile) throws {
    let boxes = try all(file, in: 0..<file.size)
    guard let index = boxes.first(where: { $0.name == "moov" }) else {
      throw MediaDamage.truncated(what: "the index (moov) is missing", offset: file.size)
    }
    guard boxes.contains(where: { $0.name == "mdat" }) else {
      throw MediaDamage.truncated(what: "the media data (mdat) are missing", offset: file.size)
    }
    guard try hasVideo(file, index) else {
      throw MediaDamage.damaged(
        what: "the index (moov) has no video track", offset: index.content.lowerBound)
    }
  }

  /// The brand of a HEIF or AVIF picture, whose boxes are those of MP4; nil for anything else.
  static func heifBrand(_ start: [UInt8]) -> String? {
    guard start.count >= 12, start[4..<8].elementsEqual("ftyp".utf8) else { return nil }
    let brand = String(decoding: start[8..<12], as: UTF8.self)
    return ["heic", "heix", "hevc", "mif1", "msf1", "avif", "avis"].contains(brand) ? brand : nil
  }

  private struct Box {
    let name: String
    let content: Range<Int>
  }

  /// The boxes of a range, one after the other.
  private static func all(_ file: ProbeFile, in range: Range<Int>) throws -> [Box] {
    var boxes: [Box] = []
    var offset = range.lowerBound
    while offset + 8 <= range.upperBound {
      let head = try file.bytes(at: offset, exactly: 8, of: "a box")
      let name = String(decoding: head[4...], as: UTF8.self)
      var start = offset + 8
      var length = head[..<4].bigEndian
      if length == 0 {
        // Four zero bytes end a list in QuickTime; elsewhere the box reaches to the end.
        if range.upperBound < file.size || head[4...].allSatisfy({ $0 == 0 }) { break }
        length = range.upperBound - offset
      } else if length == 1 {
        let wide = try file.bytes(at: offset + 8, exactly: 8, of: "a box")
        // Above that no sum of offsets may be built.
        length = wide[0] < 0x40 ? wide.bigEndian : 1 << 62
        start = offset + 16
      }
      guard length >= start - offset,
        head[4...].allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0xA9 })
      else {
        throw MediaDamage.damaged(what: "no box where one must begin", offset: offset)
      }
      guard length <= range.upperBound - offset else {
        let part = "the box '\(name)' of \(length) bytes begins at byte \(offset)"
        throw range.upperBound == file.size
          ? MediaDamage.truncated(what: part, offset: file.size)
          : MediaDamage.damaged(what: "\(part) and is longer than what it is in", offset: offset)
      }
      boxes.append(Box(name: name, content: start..<offset + length))
      offset += length
    }
    return boxes
  }

  /// Whether a track's handler is that of video.
  private static func hasVideo(_ file: ProbeFile, _ index: Box) throws -> Bool {
    for track in try all(file, in: index.content) where track.name == "trak" {
      for media in try all(file, in: track.content) where media.name == "mdia" {
        for handler in try all(file, in: media.content)
        where handler.name == "hdlr" && handler.content.count >= 12 {
          let kind = try file.bytes(
            at: handler.content.lowerBound + 8, exactly: 4, of: "a track's handler")
          if kind == Array("vide".utf8) { return true }
        }
      }
    }
    return false
  }
}
