/// The format of an image file, told from its first bytes: the ending of its name says nothing
/// (NLVR2's `.png` files are often JPEG).
public enum ImageFormat: String, Sendable, CaseIterable {
  case jpeg, png
  case gif, webp, bmp, tiff, avif, heif, jpeg2000, jpegXL, jpegXR, svg, photoshop, icon
  case portableAnyMap, openEXR, radiance, directDraw, qoi

  /// Its name as people write it.
  public var title: String {
    switch self {
    case .jpeg: "JPEG"
    case .png: "PNG"
    case .gif: "GIF"
    case .webp: "WebP"
    case .bmp: "BMP"
    case .tiff: "TIFF"
    case .avif: "AVIF"
    case .heif: "HEIF (HEIC)"
    case .jpeg2000: "JPEG 2000"
    case .jpegXL: "JPEG XL"
    case .jpegXR: "JPEG XR"
    case .svg: "SVG"
    case .photoshop: "PSD (Photoshop)"
    case .icon: "ICO (icon)"
    case .portableAnyMap: "PNM (PBM, PGM, PPM)"
    case .openEXR: "OpenEXR"
    case .radiance: "Radiance HDR"
    case .directDraw: "DDS"
    case .qoi: "QOI"
    }
  }

  /// The endings that names of such files have, in small letters.
  package var endings: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
    case .png: ["png"]
    case .gif: ["gif"]
    case .webp: ["webp"]
    case .bmp: ["bmp"]
    case .tiff: ["tif", "tiff"]
    case .avif: ["avif"]
    case .heif: ["heic", "heif"]
    case .jpeg2000: ["jp2", "j2k"]
    case .jpegXL: ["jxl"]
    case .jpegXR: ["jxr"]
    case .svg: ["svg"]
    case .photoshop: ["psd"]
    case .icon: ["ico"]
    case .portableAnyMap: ["pbm", "pgm", "ppm", "pnm"]
    case .openEXR: ["exr"]
    case .radiance: ["hdr"]
    case .directDraw: ["dds"]
    case .qoi: ["qoi"]
    }
  }

  /// How many bytes `of` looks at, at most.
  package static let startLength = 1024

  /// The format of a file that begins with these bytes, the first `startLength` or fewer; nil where
  /// no format here begins so.
  public static func of(_ start: some Collection<UInt8>) -> ImageFormat? {
    let start = Array(start.prefix(startLength))
    return allCases.first { $0.begins(start) }
  }

  private func begins(_ start: [UInt8]) -> Bool {
    func at(_ offset: Int, _ text: String) -> Bool {
      start.dropFirst(offset).starts(with: text.utf8)
    }
    func signature(_ bytes: [UInt8]...) -> Bool { bytes.contains { start.starts(with: $0) } }
    switch self {
    case .jpeg: return signature([0xFF, 0xD8, 0xFF])
    case .png: return signature([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    case .gif: return at(0, "GIF87a") || at(0, "GIF89a")
    case .webp: return at(0, "RIFF") && at(8, "WEBP")
    case .bmp:
      // "BM" alone could be text: the length of the second header is one of few.
      let lengths: [UInt8] = [12, 40, 52, 56, 64, 108, 124]
      return at(0, "BM") && start.count >= 18 && lengths.contains(start[14])
        && start[15..<18].allSatisfy { $0 == 0 }
    case .tiff:
      return ["II*\0", "MM\0*", "II+\0", "MM\0+"].contains { at(0, $0) }
    case .avif: return Self.brands(start).contains { $0 == "avif" || $0 == "avis" }
    // An AVIF file is one too, and asked for before.
    case .heif: return Self.brands(start).contains { Self.heifBrands.contains($0) }
    case .jpeg2000:
      return signature(
        [0, 0, 0, 12] + "jP  \r\n".utf8 + [0x87, 0x0A], [0xFF, 0x4F, 0xFF, 0x51])
    case .jpegXL:
      return signature([0, 0, 0, 12] + "JXL \r\n".utf8 + [0x87, 0x0A], [0xFF, 0x0A])
    case .jpegXR: return signature([0x49, 0x49, 0xBC, 0x01])
    case .svg:
      guard start.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "<") else {
        return false
      }
      // Web pages hold such pictures too.
      let text = String(decoding: start, as: UTF8.self).lowercased()
      return text.contains("<svg") && !text.contains("<html") && !text.contains("<!doctype html")
    case .photoshop: return at(0, "8BPS")
    case .icon:
      // A kind (icon, pointer) and how many pictures.
      return signature([0, 0, 1, 0], [0, 0, 2, 0]) && start.count >= 6 && start[4] > 0
        && start[5] == 0
    case .portableAnyMap:
      return start.count >= 3 && start[0] == UInt8(ascii: "P")
        && (UInt8(ascii: "1")...UInt8(ascii: "7")).contains(start[1])
        && [0x20, 0x09, 0x0A, 0x0D].contains(start[2])
    case .openEXR: return signature([0x76, 0x2F, 0x31, 0x01])
    case .radiance: return at(0, "#?RADIANCE") || at(0, "#?RGBE")
    case .directDraw: return at(0, "DDS ")
    case .qoi: return at(0, "qoif")
    }
  }

  private static let heifBrands: Set<String> = [
    "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1",
    "msf1",
  ]

  /// The brands of an ISO media file, the kinds of reader that it says can read it.
  private static func brands(_ start: [UInt8]) -> [String] {
    guard start.count >= 12, start[4..<8].elementsEqual("ftyp".utf8) else { return [] }
    let length = start[..<4].reduce(0) { $0 << 8 | Int($1) }
    // The second number of the box is a version.
    return stride(from: 8, to: min(length, start.count) - 3, by: 4).filter { $0 != 12 }
      .map { String(decoding: start[$0..<$0 + 4], as: UTF8.self) }
  }
}
