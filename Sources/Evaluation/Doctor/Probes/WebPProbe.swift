/// WebP: the length of the file and of each part, and that there is a picture.
enum WebPProbe: MediaProbe {
  static func recognises(_ start: [UInt8]) -> Bool { RIFFChunks.starts(start, kind: "WEBP") }

  static func check(_ file: ProbeFile) throws {
    let content = try RIFFChunks.content(of: file)
    let parts = try RIFFChunks.all(file, in: content, of: "the file")
    guard parts.contains(where: { ["VP8 ", "VP8L", "ANMF"].contains($0.name) }) else {
      throw MediaDamage.damaged(what: "it holds no picture", offset: content.upperBound)
    }
  }
}
