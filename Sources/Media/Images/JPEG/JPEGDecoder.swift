import CJPEG
import Records

/// JPEG through libjpeg.
///
/// Source: Pillow 9.5, `JpegImagePlugin` and `JpegDecode.c`, with `LOAD_TRUNCATED_IMAGES` set.
/// Quirks kept: a file that is cut off is decoded as if an end marker came next; where libjpeg gives
/// up, the rows that are left are black (white for four components).
/// Not kept: of a picture in arithmetic coding Pillow loses what lies behind its first 64 KiB.
enum JPEGDecoder {
  /// Decodes a file.
  ///
  /// - Throws: `MediaError`.
  static func decode(_ file: MappedFile, _ options: ImageDecoder.Options) throws -> DecodedImage {
    let header = try JPEGHeader(file)
    try options.check(width: header.width, height: header.height, of: file.path)
    var remarks: [MediaError] = []
    let image = try RGBImage(width: header.width, height: header.height) { rgb in
      let result = file.withBytes { bytes in
        cjpeg_decode(
          bytes.baseAddress, bytes.count, Int32(header.width), Int32(header.height),
          Int32(header.components), Int32(mostScans(of: header)), rgb)
      }
      remarks = try self.remarks(on: result, header, file.path)
    }
    return try options.finish(image, .jpeg, remarks: remarks, orientation: orientation())

    func orientation() -> ImageOrientation {
      header.exif.map { range in file.withBytes { ImageOrientation(exif: $0[range]) } } ?? .upright
    }
  }

  /// How many scans are gone through. A progressive picture has about ten and each goes over all of
  /// it, so that a small file of many scans could take hours. The number is the one that libjpeg-turbo
  /// is tested with, less for pictures beyond 8 million pixels.
  private static func mostScans(of header: JPEGHeader) -> Int {
    min(500, max(100, (1 << 32) / (header.width * header.height)))
  }

  private static func remarks(
    on result: cjpeg_result, _ header: JPEGHeader, _ file: String
  ) throws -> [MediaError] {
    let message = withUnsafeBytes(of: result.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    switch result.status {
    case CJPEG_DECODED where result.warnings == 0: return []
    case CJPEG_DECODED:
      let more = result.warnings > 1 ? " (and \(result.warnings - 1) more like it)" : ""
      return [.damaged(file: file, reason: message + more)]
    case CJPEG_ENDED_EARLY:
      let place =
        result.rows_at_end > 0
        ? "after row \(result.rows_at_end) of \(header.height)"
        : "in scan \(result.scan_at_end)"
      return [.truncated(file: file, reason: "the picture data end \(place)")]
    case CJPEG_BROKEN:
      return [
        .damaged(file: file, reason: "after row \(result.rows) of \(header.height): \(message)")
      ]
    case CJPEG_TOO_MANY_SCANS:
      throw MediaError.damaged(
        file: file, reason: "it has more than \(mostScans(of: header)) scans")
    case CJPEG_OTHER_HEADER:
      throw MediaError.damaged(file: file, reason: "its frame headers contradict each other")
    default:
      throw MediaError.noMemory(
        file: file, what: "\(header.width) x \(header.height) pixels")
    }
  }
}
