import Records

/// What stands before the picture data of a JPEG file: its segments up to and with the first scan's
/// header.
///
/// Source: Pillow 9.5, `JpegImagePlugin.JpegImageFile._open`. What that refuses is refused here, the
/// content of application segments excepted, which has nothing to do with the picture.
/// Quirks kept: bytes between segments that are no marker are passed over; of several frame headers
/// the last counts.
struct JPEGHeader: Sendable, Equatable {
  /// Pixels in a row.
  fileprivate(set) var width = 0
  /// Rows.
  fileprivate(set) var height = 0
  /// Numbers of a pixel: 1, 3 or 4.
  fileprivate(set) var components = 0
  /// Where EXIF's data are in the file, from the letters `Exif` on.
  fileprivate(set) var exif: Range<Int>?

  /// Reads the header of a file.
  ///
  /// - Throws: `MediaError.truncated`, `.damaged`, `.unsupportedFeature`.
  init(_ file: MappedFile) throws {
    self = try file.withBytes { bytes in
      var walk = JPEGHeaderWalk(bytes: bytes, file: file.path)
      try walk.run()
      return walk.header
    }
  }

  fileprivate init() {}
}

/// The walk from marker to marker; it must not outlive the bytes.
private struct JPEGHeaderWalk {
  var header = JPEGHeader()
  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String

  init(bytes: UnsafeBufferPointer<UInt8>, file: String) {
    self.bytes = bytes
    self.file = file
  }

  mutating func run() throws {
    // Behind the 0xFF of the second marker.
    var place = 3
    var afterMark = true
    while true {
      let byte = try byte(at: place)
      place += 1
      guard afterMark else {
        afterMark = byte == 0xFF
        continue
      }
      switch byte {
      // Filling.
      case 0xFF: continue
      // What 0xFF is written as in picture data; and markers without a segment.
      case 0x00, 0xC8, 0xD0...0xD9, 0xF0...0xFD: break
      case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF, 0xDE:
        try readFrame(segment(at: &place))
      case 0xDB: try checkTables(segment(at: &place))
      case 0xE1:
        let content = try segment(at: &place)
        if header.exif == nil, bytes[content].starts(with: "Exif\0".utf8) {
          header.exif = content
        }
      case 0xDA:
        _ = try segment(at: &place)
        guard header.components > 0 else {
          throw damaged("a scan without a frame header", at: place)
        }
        return
      case 0xC4, 0xCC, 0xDC, 0xDD, 0xDF, 0xE0...0xEF, 0xFE:
        _ = try segment(at: &place)
      default: throw damaged("0xFF is followed by no marker", at: place - 1)
      }
      afterMark = false
    }
  }

  /// The content of the segment whose length stands at a place, which moves behind it.
  private func segment(at place: inout Int) throws -> Range<Int> {
    let length = try Int(byte(at: place)) << 8 | Int(byte(at: place + 1))
    let start = place + 2
    let end = max(start, place + length)
    guard end <= bytes.count else { throw truncated(at: place) }
    place = end
    return start..<end
  }

  private mutating func readFrame(_ content: Range<Int>) throws {
    let frame = bytes[content]
    guard frame.count >= 6 else {
      throw damaged("a frame header too short", at: content.lowerBound)
    }
    func number(_ offset: Int) -> Int { Int(bytes[content.lowerBound + offset]) }
    guard number(0) == 8 else {
      throw unsupported("JPEG with samples of \(number(0)) bits", "convert it to 8 bits")
    }
    guard [1, 3, 4].contains(number(5)) else {
      throw unsupported(
        "JPEG of \(number(5)) components", "convert it to gray, RGB or CMYK")
    }
    guard frame.count % 3 == 0 else {
      throw damaged("a frame header of odd length", at: content.lowerBound)
    }
    header.height = number(1) << 8 | number(2)
    header.width = number(3) << 8 | number(4)
    header.components = number(5)
  }

  private func checkTables(_ content: Range<Int>) throws {
    var place = content.lowerBound
    while place < content.upperBound {
      place += bytes[place] < 16 ? 65 : 129
    }
    guard place == content.upperBound else {
      throw damaged("a quantization table is cut off", at: content.lowerBound)
    }
  }

  private func byte(at place: Int) throws -> UInt8 {
    guard place < bytes.count else { throw truncated(at: place) }
    return bytes[place]
  }

  private func truncated(at place: Int) -> MediaError {
    .truncated(
      file: file,
      reason: "the header goes on behind byte \(min(place, bytes.count)) of \(bytes.count)")
  }

  private func damaged(_ what: String, at place: Int) -> MediaError {
    .damaged(file: file, reason: "\(what) (JPEG header, byte \(place))")
  }

  private func unsupported(_ feature: String, _ remedy: String) -> MediaError {
    .unsupportedFeature(file: file, feature: feature, remedy: remedy)
  }
}
