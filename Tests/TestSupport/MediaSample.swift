import Foundation

/// Small media files of our own making: whole in structure, with next to nothing in them. Of the JPEG
/// and the PNG a picture can be decoded, of the others nothing.
package enum MediaSample: String, CaseIterable, Sendable {
  case jpeg, png, gif, webp, bmp, mp4, mov, avi, mkv, ts, mpg

  /// Whether it holds a picture.
  package var isImage: Bool { [.jpeg, .png, .gif, .webp, .bmp].contains(self) }

  /// The file's bytes.
  package var bytes: [UInt8] {
    switch self {
    case .jpeg: Self.jpegBytes
    case .png: Self.png()
    case .gif: Self.gifBytes
    case .webp: Self.riff("WEBP", Self.chunk("VP8L", [0x2F, 0, 0, 0, 0, 7]))
    case .bmp: Self.bmpBytes
    case .mp4:
      Self.box("ftyp", Array("isom".utf8) + [0, 0, 2, 0]) + Self.moov("vide")
        + Self.box("mdat", [1, 2, 3])
    case .mov: Self.box("wide", []) + Self.box("mdat", [1, 2, 3]) + Self.moov("vide")
    case .avi: Self.aviBytes
    case .mkv: Self.matroskaBytes
    case .ts: (0..<12).flatMap { _ in [0x47] + [UInt8](repeating: 0xAA, count: 187) }
    case .mpg: [0, 0, 1, 0xBA] + [UInt8](repeating: 0x21, count: 8) + [0, 0, 1, 0xE0, 0, 2, 9, 9]
    }
  }

  private static let jpegBytes: [UInt8] =
    [0xFF, 0xD8] + segment(0xE0, Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0])
    + segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
    + segment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0])
    // Tables of one code each, the bit 0: no difference to the block before, and the end of a block.
    + segment(0xC4, [0x00, 1] + [UInt8](repeating: 0, count: 16))
    + segment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 16))
    + segment(0xDA, [1, 1, 0, 0, 63, 0])
    // Both codes, and ones up to the end of the byte.
    + [0x3F] + [0xFF, 0xD9]

  /// A JPEG segment.
  package static func segment(_ code: UInt8, _ content: [UInt8]) -> [UInt8] {
    [0xFF, code, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 255)] + content
  }

  /// A picture of one grey pixel.
  package static func png(width: UInt32 = 1, data: Bool = true) -> [UInt8] {
    let header = bigEndian(width) + [0, 0, 0, 1, 8, 0, 0, 0, 0]
    let pixels: [UInt8] = [0x78, 1, 1, 2, 0, 0xFD, 0xFF, 0, 0x7F, 0, 0x81, 0, 0x80]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + pngChunk("IHDR", header)
      + (data ? pngChunk("IDAT", pixels) : []) + pngChunk("IEND", [])
  }

  /// A PNG chunk with its checksum, taken bit by bit.
  package static func pngChunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let covered = Array(name.utf8) + content
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in covered {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return bigEndian(UInt32(content.count)) + covered + bigEndian(~sum)
  }

  private static let gifBytes: [UInt8] =
    Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
    + [0x21, 0xF9, 4, 0, 0, 0, 0, 0]
    + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0] + [0x3B]

  private static let bmpBytes: [UInt8] =
    Array("BM".utf8) + littleEndian(58) + [0, 0, 0, 0] + littleEndian(54) + littleEndian(40)
    + littleEndian(1) + littleEndian(1) + [1, 0, 24, 0] + [UInt8](repeating: 0, count: 24)
    + [1, 2, 3, 0]

  /// A RIFF file.
  private static func riff(_ kind: String, _ content: [UInt8]) -> [UInt8] {
    chunk("RIFF", Array(kind.utf8) + content)
  }

  /// A RIFF chunk, padded.
  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    Array(name.utf8) + littleEndian(UInt32(content.count)) + content
      + (content.count % 2 == 1 ? [0] : [])
  }

  private static var aviBytes: [UInt8] {
    let header = Array("vids".utf8) + [UInt8](repeating: 0, count: 8)
    let stream = chunk("LIST", Array("strl".utf8) + chunk("strh", header))
    return riff(
      "AVI ",
      chunk("LIST", Array("hdrl".utf8) + stream)
        + chunk("LIST", Array("movi".utf8) + chunk("00dc", [1, 2, 3, 4])))
  }

  /// An MP4 box.
  package static func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
    bigEndian(UInt32(content.count + 8)) + Array(name.utf8) + content
  }

  /// The index of an MP4 file with one track of a kind.
  private static func moov(_ kind: String) -> [UInt8] {
    box("moov", box("trak", box("mdia", box("hdlr", zeros(8) + Array(kind.utf8) + zeros(12)))))
  }

  /// A header, tracks and a cluster.
  private static var matroskaBytes: [UInt8] {
    let tracks: [UInt8] = [0x16, 0x54, 0xAE, 0x6B, 0x82, 9, 9]
    let content = tracks + [0x1F, 0x43, 0xB6, 0x75, 0x83, 7, 7, 7]
    return [0x1A, 0x45, 0xDF, 0xA3, 0x84, 0x42, 0x86, 0x81, 1]
      + [0x18, 0x53, 0x80, 0x67, 0x80 | UInt8(content.count)] + content
  }

  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] { bigEndian(value).reversed() }
}
