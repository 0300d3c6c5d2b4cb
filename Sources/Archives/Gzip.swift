import CZlib

/// gzip (RFC 1952): one or more members one after the other are one content.
package enum Gzip {
  /// Unpacks in pieces, of which none is kept; checksums and sizes are checked member by member, so
  /// a piece may be lent before an error is found behind it.
  ///
  /// - Parameters:
  ///   - name: what errors call the bytes.
  ///   - limit: the largest content that the caller is ready to take.
  ///   - body: gets the pieces in order; none is empty, and each is valid only in its call.
  /// - Throws: `ArchiveError`, and what `body` throws.
  package static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, name: String, limit: Int,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard begins(bytes, at: 0) else {
      throw ArchiveError.notAnArchive(
        file: name, expected: "a gzip file", found: "\(bytes.count) bytes of something else",
        remedy: "pack it with 'gzip' or name another file")
    }
    let input = UnsafeRawBufferPointer(bytes)
    let inflater = try Inflater(.gzip, file: name, member: nil)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { piece.deallocate() }
    var used = 0
    var total = 0
    while true {
      var filled = 0
      let progress = try inflater.step(
        input, used: &used, into: piece, filled: &filled, offset: 0)
      total += filled
      guard total <= limit else {
        throw ArchiveError.tooLarge(file: name, member: nil, size: nil, limit: limit)
      }
      if filled > 0 { try body(UnsafeRawBufferPointer(rebasing: piece[..<filled])) }
      switch progress {
      case .more where filled < piece.count && used == input.count:
        throw ArchiveError.damaged(
          file: name, member: nil, offset: used, reason: "the file is cut off here")
      case .more: continue
      case .ended:
        // Zeros at the end are padding of a tape or a disk; 'gzip' passes over them too.
        if bytes[used...].allSatisfy({ $0 == 0 }) { return }
        guard begins(bytes, at: used) else {
          throw ArchiveError.damaged(
            file: name, member: nil, offset: used, reason: "something else than gzip follows")
        }
        inflater.reset()
      }
    }
  }

  private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    bytes.count - place >= 2 && bytes[place] == 0x1F && bytes[place + 1] == 0x8B
  }
}
