import Records

/// How long a file says it is, where its container does: all that tells a cut AVI, Matroska or WebM
/// file from a whole one. FFmpeg takes what there is of it for the video, and so does the reference,
/// which then samples other frames.
enum AnnouncedLength {
  /// What is missing of a file; nil where nothing is, or where nothing tells.
  ///
  /// - Throws: `RecordError`.
  static func shortfall(of file: LocalFile, format: ContainerFormat) throws -> MediaError? {
    guard format == .avi || format == .matroska else { return nil }
    let mapped = try MappedFile(file.path)
    let announced = mapped.withBytes { format == .avi ? ofAVI($0) : ofMatroska($0) }
    guard let announced, announced > mapped.count else { return nil }
    return .truncated(
      file: file.path,
      reason: "it says that it has \(announced) bytes, and \(mapped.count) are there")
  }

  /// The end of the first RIFF part that is not whole, or of the last one. Files above 1 GB have
  /// several.
  private static func ofAVI(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var end = 0
    while end + 12 <= bytes.count, bytes[end..<end + 4].elementsEqual("RIFF".utf8) {
      let length = bytes[end + 4..<end + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      // Of a recording that was never finished it is none.
      guard length >= 4, length < 0xFFFF_FFFF else { return nil }
      end += 8 + length
      if end > bytes.count { return end }
      end += length % 2
    }
    return nil
  }

  /// The end of the segment; nil where it is of unknown length, as in a live recording.
  private static func ofMatroska(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let header = element(bytes, at: 0), let headerLength = header.length,
      headerLength < bytes.count, let segment = element(bytes, at: header.content + headerLength)
    else { return nil }
    return segment.length.map { segment.content + $0 }
  }

  /// Where the content of an element begins and how long it is.
  private static func element(
    _ bytes: UnsafeBufferPointer<UInt8>, at place: Int
  ) -> (content: Int, length: Int?)? {
    guard place < bytes.count else { return nil }
    // The zeros before the first one of a number say how many bytes it has.
    let start = place + bytes[place].leadingZeroBitCount + 1
    guard start < bytes.count else { return nil }
    let count = bytes[start].leadingZeroBitCount + 1
    guard count <= 8, start + count <= bytes.count else { return nil }
    var length = Int(bytes[start]) & (0xFF >> count)
    for byte in bytes[start + 1..<start + count] { length = length << 8 | Int(byte) }
    let isUnknown = length == 1 << (7 * count) - 1
    return (start + count, isUnknown ? nil : length)
  }
}
