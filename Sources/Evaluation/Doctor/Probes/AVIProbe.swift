/// AVI: the length of the file and of each part, a header with a video stream, and media data.
enum AVIProbe: MediaProbe {
  static func recognises(_ start: [UInt8]) -> Bool { RIFFChunks.starts(start, kind: "AVI ") }

  static func check(_ file: ProbeFile) throws {
    // Files above 1 GB have further RIFF parts behind the first; others may have junk there.
    let content = try RIFFChunks.content(of: file)
    let parts = try RIFFChunks.all(file, in: content, of: "the file")
    guard let header = parts.first(where: { $0.kind == "hdrl" }) else {
      throw MediaDamage.damaged(what: "the header (hdrl) is missing", offset: 12)
    }
    guard let media = parts.first(where: { $0.kind == "movi" }), !media.content.isEmpty else {
      throw MediaDamage.damaged(
        what: "the media data (movi) are missing", offset: content.upperBound)
    }
    guard try hasVideo(file, header) else {
      throw MediaDamage.damaged(
        what: "the header has no video stream", offset: header.content.lowerBound)
    }
  }

  private static func hasVideo(_ file: ProbeFile, _ header: RIFFChunks.Chunk) throws -> Bool {
    for stream in try RIFFChunks.all(file, in: header.content, of: "the header")
    where stream.kind == "strl" {
      for part in try RIFFChunks.all(file, in: stream.content, of: "a stream's header")
      where part.name == "strh" {
        let kind = try file.bytes(at: part.content.lowerBound, upTo: 4)
        if kind.elementsEqual("vids".utf8) { return true }
      }
    }
    return false
  }
}
