/// What may stand in a file in place of the text that its name promises.
package enum ForeignContent: Equatable, Sendable {
  /// A Git LFS pointer of `bytes` bytes; the real file has `size` bytes where the pointer says so.
  case gitLFSPointer(bytes: Int, size: Int?)
  /// A web page, or some other XML.
  case markup
  case gzip
  case zip
  case utf16

  /// What the first bytes of a file show; nil where none of these.
  package init?(_ file: MappedFile) {
    let bytes = file.bytes
    func starts(_ signature: [UInt8]) -> Bool { bytes.starts(with: signature) }
    if starts([0x1F, 0x8B]) {
      self = .gzip
    } else if starts([0x50, 0x4B, 0x03, 0x04]) {
      self = .zip
    } else if starts([0xFF, 0xFE]) || starts([0xFE, 0xFF])
      || Self.alternatesWithZeros(bytes)
    {
      self = .utf16
    } else if starts(Array("version https://git-lfs.github.com/spec/".utf8)) {
      self = .gitLFSPointer(bytes: bytes.count, size: Self.pointerSize(bytes))
    } else if Self.firstVisible(bytes) == UInt8(ascii: "<") {
      self = .markup
    } else {
      return nil
    }
  }

  /// What is there and how to mend it, for the end of an error's line.
  package var explanation: String {
    switch self {
    case .gitLFSPointer(let bytes, let size):
      "this is a Git LFS pointer of \(bytes) bytes, not the file itself"
        + (size.map { " (\($0) bytes)" } ?? "") + ": fetch it with 'git lfs pull'"
    case .markup:
      "this is a web page (HTML or XML), not the file itself: download the file behind the link"
    case .gzip: "this is a gzip file: unpack it with 'gunzip'"
    case .zip: "this is a zip archive: unpack it with 'unzip'"
    case .utf16: "this is UTF-16 text: convert it with 'iconv -f UTF-16 -t UTF-8'"
    }
  }

  /// Two ASCII characters in UTF-16 without a byte order mark.
  private static func alternatesWithZeros(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let zeros = bytes.prefix(4).map { $0 == 0 }
    return zeros == [true, false, true, false] || zeros == [false, true, false, true]
  }

  private static func firstVisible(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
    bytes.withoutByteOrderMark.first { $0 > 0x20 }
  }

  /// A pointer is below 1 KiB and has a line `size 175012345`.
  private static func pointerSize(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let lines = String(decoding: bytes.prefix(1024), as: UTF8.self).split(separator: "\n")
    return lines.first { $0.hasPrefix("size ") }.flatMap { Int($0.dropFirst(5)) }
  }
}
