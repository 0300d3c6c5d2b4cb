import Records

extension MediaError {
  /// Names what a file holds that is none of what was expected.
  ///
  /// - Parameter expected: such as "a JPEG or PNG image".
  package static func content(of file: MappedFile, expected: String) -> MediaError {
    if file.count == 0 { return .empty(file: file.path) }
    if let foreign = ForeignContent(file) {
      return .foreignContent(
        file: file.path, expected: expected, explanation: foreign.explanation)
    }
    let start = file.withBytes { Array($0.prefix(400)) }
    return .unknownContent(file: file.path, expected: expected, found: describe(start))
  }

  private static func describe(_ start: [UInt8]) -> String {
    func at(_ offset: Int, _ text: String) -> Bool {
      start.dropFirst(offset).starts(with: text.utf8)
    }
    if at(4, "ftyp") || at(4, "moov") || at(4, "mdat") { return "a video (MP4 or QuickTime)" }
    if at(0, "RIFF") && at(8, "AVI ") { return "a video (AVI)" }
    if start.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return "a video (Matroska or WebM)" }
    if start.starts(with: [0, 0, 1, 0xBA]) || start.starts(with: [0, 0, 1, 0xB3]) {
      return "a video (MPEG)"
    }
    if start.count > 188, start[0] == 0x47, start[188] == 0x47 {
      return "a video (MPEG transport stream)"
    }
    if at(0, "%PDF") { return "a PDF document" }
    let line = start.prefix { $0 != 0x0A && $0 != 0x0D }.prefix(24)
    if !line.isEmpty, line.allSatisfy({ (0x20..<0x7F).contains($0) }) {
      return "text that begins with \"\(String(decoding: line, as: UTF8.self))\""
    }
    let bytes = start.prefix(8).map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return byte < 16 ? "0" + digits : digits
    }
    return "bytes that no known format begins with (\(bytes.joined(separator: " ")))"
  }
}
