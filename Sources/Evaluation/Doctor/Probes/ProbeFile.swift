import Glibc
import Records

/// A media file that a probe moves about in: read in pieces of 64 KiB, whatever its size.
final class ProbeFile {
  /// Its size in bytes.
  let size: Int
  /// Its first bytes, up to 1,024.
  private(set) var start: [UInt8] = []

  private static let capacity = 1 << 16
  private let descriptor: Int32
  private var window: [UInt8] = []
  private var windowStart = 0

  /// Opens a regular file.
  ///
  /// - Throws: `MediaDamage`.
  init(_ path: String) throws {
    var status = stat()
    // Opening a pipe would wait for its other end.
    guard stat(path, &status) == 0 else { throw Self.unreadable(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw MediaDamage.notAFile }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(errno) }
    size = Int(status.st_size)
    start = Array(try bytes(at: 0, upTo: 1024))
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Bytes from an offset, as many as are asked for (64 KiB at most) or as the file has.
  func bytes(at offset: Int, upTo count: Int) throws -> ArraySlice<UInt8> {
    guard offset < size, count > 0 else { return [] }
    let wanted = min(count, size - offset, Self.capacity)
    if offset < windowStart || offset + wanted > windowStart + window.count {
      try fill(from: offset)
    }
    let first = offset - windowStart
    return window[first..<min(first + wanted, window.count)]
  }

  /// Exactly as many bytes as are asked for.
  ///
  /// - Throws: `MediaDamage.truncated` where the file has fewer.
  func bytes(at offset: Int, exactly count: Int, of what: String) throws -> [UInt8] {
    let found = try bytes(at: offset, upTo: count)
    guard found.count == count else {
      throw MediaDamage.truncated(what: "the file ends inside \(what)", offset: size)
    }
    return Array(found)
  }

  /// Where a byte occurs next; nil where it does not any more.
  func firstIndex(of byte: UInt8, from offset: Int) throws -> Int? {
    var offset = offset
    while true {
      let piece = try bytes(at: offset, upTo: Self.capacity)
      if piece.isEmpty { return nil }
      let place = piece.withUnsafeBytes { buffer in
        buffer.baseAddress.flatMap { base in
          memchr(base, Int32(byte), buffer.count).map { UnsafeRawPointer($0) - base }
        }
      }
      if let place { return offset + place }
      offset += piece.count
    }
  }

  /// Lends the bytes of a range piece by piece; the range lies in the file.
  func forEachPiece(of range: Range<Int>, _ body: (ArraySlice<UInt8>) -> Void) throws {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let piece = try bytes(at: offset, upTo: range.upperBound - offset)
      if piece.isEmpty { return }
      body(piece)
      offset += piece.count
    }
  }

  private func fill(from offset: Int) throws {
    windowStart = offset
    var content = [UInt8](repeating: 0, count: min(Self.capacity, size - offset))
    var held = 0
    while held < content.count {
      let got = content.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, buffer.baseAddress.map { $0 + held }, buffer.count - held,
          off_t(offset + held))
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw Self.unreadable(errno) }
      if got == 0 { break }
      held += got
    }
    content.removeLast(content.count - held)
    window = content
  }

  private static func unreadable(_ number: Int32) -> MediaDamage {
    .unreadable(reason: systemReason(number))
  }
}

extension Sequence<UInt8> {
  /// The bytes as one number, the first the highest. No more than seven bytes, or eight below 2^63.
  var bigEndian: Int { reduce(0) { $0 << 8 | Int($1) } }
}

extension BidirectionalCollection<UInt8> {
  /// The bytes as one number, the last the highest.
  var littleEndian: Int { reversed().bigEndian }
}
