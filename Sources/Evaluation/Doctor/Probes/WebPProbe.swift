/// WebP: the length of the file and of each part, and that there is a picture.
enum WebPProbe: MediaProbe {
  static func recognises(_ start: [UInt8]) -> Bool { RIFFChunks.starts(start, kind: "WEBP") }

  static func check(_ file: ProbeFile) throws {
    let whole = try RIFFChunks.chunk(file, at: 0)
    guard whole.content.upperBound <= file.size else {
      throw MediaDamage.truncated(
        what: "the file says it has \(whole.content.upperBound) bytes", offset: file.size)
    }
    let parts = try RIFFChunks.all(file, in: whole.content, of: "the file")
    guard parts.contains(where: { ["VP8 ", "VP8L", "ANMF"].contains($0.name) }) else {
      throw MediaDamage.damaged(what: "it holds no picture", offset: whole.content.upperBound)
    }
  }
}
