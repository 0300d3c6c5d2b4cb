/// Matroska and WebM: the EBML header, and the elements of the segment: their lengths against the
/// file's, tracks, and at least one cluster.
enum MatroskaProbe: MediaProbe {
  private static let segment = 0x1853_8067
  private static let tracks = 0x1654_AE6B
  private static let cluster = 0x1F43_B675

  static func recognises(_ start: [UInt8]) -> Bool {
    start.starts(with: [0x1A, 0x45, 0xDF, 0xA3])
  }

  static func check(_ file: ProbeFile) throws {
    let header = try element(file, at: 0)
    guard let length = header.length else {
      throw MediaDamage.damaged(what: "the header has no length", offset: 0)
    }
    let body = try element(file, at: header.start + length)
    guard body.id == segment else {
      throw MediaDamage.damaged(what: "no segment behind the header", offset: header.start + length)
    }
    let end = try body.length.map { length in
      guard body.start + length <= file.size else {
        throw MediaDamage.truncated(
          what: "the segment ends at byte \(body.start + length)", offset: file.size)
      }
      return body.start + length
    }
    try checkSegment(file, body.start..<(end ?? file.size))
  }

  private static func checkSegment(_ file: ProbeFile, _ range: Range<Int>) throws {
    var hasTracks = false
    var hasCluster = false
    var offset = range.lowerBound
    while offset < range.upperBound {
      let part = try element(file, at: offset)
      hasTracks = hasTracks || part.id == tracks
      hasCluster = hasCluster || part.id == cluster
      // A live recording does not know the length of its last cluster, or of any.
      guard let length = part.length else { break }
      guard length <= range.upperBound - part.start else {
        throw MediaDamage.truncated(
          what: "an element of \(length) bytes begins at byte \(offset)", offset: range.upperBound)
      }
      offset = part.start + length
    }
    guard hasTracks, hasCluster else {
      throw MediaDamage.truncated(
        what: hasTracks ? "the media data (clusters) are missing" : "the track list is missing",
        offset: file.size)
    }
  }

  private struct Element {
    let id: Int
    /// Where its content begins.
    let start: Int
    /// The length of its content; nil where the file does not say.
    let length: Int?
  }

  private static func element(_ file: ProbeFile, at offset: Int) throws -> Element {
    let id = try number(file, at: offset, keepingMark: true)
    let length = try number(file, at: offset + id.bytes, keepingMark: false)
    let unknown = 1 << (7 * length.bytes) - 1
    return Element(
      id: id.value, start: offset + id.bytes + length.bytes,
      length: length.value == unknown ? nil : length.value)
  }

  /// A number whose first byte says by its leading zeros how many bytes it has.
  private static func number(
    _ file: ProbeFile, at offset: Int, keepingMark: Bool
  ) throws -> (value: Int, bytes: Int) {
    let first = try file.bytes(at: offset, exactly: 1, of: "an element")[0]
    let count = first.leadingZeroBitCount + 1
    guard count <= (keepingMark ? 4 : 8) else {
      throw MediaDamage.damaged(what: "no element where one must begin", offset: offset)
    }
    var bytes = try file.bytes(at: offset, exactly: count, of: "an element")
    if !keepingMark { bytes[0] &= UInt8(0xFF >> count) }
    return (bytes.bigEndian, count)
  }
}
