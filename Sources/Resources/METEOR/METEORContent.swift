import Archives
import Records

/// The content of one of METEOR's files, wherever it lies.
struct METEORContent {
  /// What errors call it.
  let name: String
  private let place: Place

  private enum Place {
    case file(MappedFile)
    case bytes([UInt8])
  }

  /// - Throws: `ResourceError.badFile` for a web page, a Git LFS pointer or the like, whose words
  ///   would else count as METEOR's.
  init(_ file: MappedFile) throws {
    if let foreign = ForeignContent(file), foreign != .gzip {
      throw ResourceError.badFile(
        file: file.path, reason: "is none of METEOR's files", remedy: foreign.explanation)
    }
    name = file.path
    place = .file(file)
  }

  init(bytes: [UInt8], name: String) {
    self.name = name
    place = .bytes(bytes)
  }

  /// Calls `body` with the plain content in pieces, unpacked where it is gzip; none is kept.
  ///
  /// - Parameter body: gets the pieces, and how many bytes were read of how many.
  /// - Throws: `ArchiveError`, and what `body` throws.
  func read(
    limit: Int, _ body: (_ piece: UnsafeRawBufferPointer, _ read: Int, _ total: Int) throws -> Void
  ) throws {
    switch place {
    case .file(let file): try file.withBytes { try read($0, limit: limit, body) }
    case .bytes(let bytes):
      try bytes.withUnsafeBufferPointer { try read($0, limit: limit, body) }
    }
  }

  /// The whole plain content.
  ///
  /// - Throws: `ArchiveError`.
  func bytes(limit: Int) throws -> [UInt8] {
    var content: [UInt8] = []
    try read(limit: limit) { piece, _, _ in content.append(contentsOf: piece) }
    return content
  }

  private func read(
    _ bytes: UnsafeBufferPointer<UInt8>, limit: Int,
    _ body: (UnsafeRawBufferPointer, Int, Int) throws -> Void
  ) throws {
    guard bytes.starts(with: [0x1F, 0x8B]) else {
      guard bytes.count <= limit else {
        throw ArchiveError.tooLarge(file: name, member: nil, size: bytes.count, limit: limit)
      }
      let step = 1 << 18
      for start in stride(from: 0, to: bytes.count, by: step) {
        let end = min(bytes.count, start + step)
        try body(
          UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<end])), end,
          bytes.count)
      }
      return
    }
    // The last four bytes state the plain size: a hint, good enough to tell progress by.
    let stated = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    var read = 0
    try Gzip.read(bytes, name: name, limit: limit) { piece in
      read += piece.count
      try body(piece, read, max(read, stated))
    }
  }
}
