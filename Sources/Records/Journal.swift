import Glibc

/// Lines that outlive their writer: each is one JSON object whose last member is a checksum of what
/// stands before it.
///
/// `append` hands whole lines to the system at once and has them on the disk when it returns: a
/// process that is killed loses at most what it was appending, and a line that is cut, changed or
/// followed by anything but whole lines is dropped when the journal is opened again, with all that
/// comes after it. One process writes a journal at a time.
package final class Journal {
  /// Where it lies.
  package let path: String
  /// How many bytes at its end were no whole lines when it was opened, and were dropped.
  package let droppedBytes: Int

  private let descriptor: Int32

  /// Opens a journal, or begins one; its folder must exist.
  ///
  /// - Parameters:
  ///   - isFresh: Whether what is in it is thrown away.
  ///   - line: Is given each whole line, in order, without its checksum.
  /// - Throws: `RecordError.writeFailed`, also while another process has it open;
  ///   `RecordError.unreadable`, and what `line` throws.
  package init(
    _ path: String, isFresh: Bool = false, line: (JSONValue) throws -> Void = { _ in }
  ) throws {
    self.path = path
    // A pipe of that name would make the process wait.
    let descriptor = retrying { open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o666) }
    guard descriptor >= 0 else {
      throw RecordError.writeFailed(path: path, reason: systemReason(errno))
    }
    var isOpen = false
    defer { if !isOpen { close(descriptor) } }
    // Some file systems of clusters have no locks; there the user sees to it.
    let canLock = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    guard canLock || [ENOSYS, ENOTSUP, ENOLCK].contains(errno) else {
      throw RecordError.writeFailed(
        path: path,
        reason: errno == EWOULDBLOCK
          ? "another run is writing it; wait for that one, or stop it" : systemReason(errno))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw RecordError.writeFailed(path: path, reason: "it is no regular file: remove it")
    }
    if isFresh, retrying({ ftruncate(descriptor, 0) }) != 0 {
      throw RecordError.writeFailed(path: path, reason: systemReason(errno))
    }
    let file = try MappedFile(path, sequential: true)
    var kept = 0
    var size = 0
    try file.withBytes { bytes in
      size = bytes.count
      try JournalLines.forEach(in: UnsafeRawBufferPointer(bytes), path: path) { value, end in
        try line(value)
        kept = end
      }
    }
    droppedBytes = size - kept
    if droppedBytes > 0 {
      guard retrying({ ftruncate(descriptor, kept) }) == 0 else {
        throw RecordError.writeFailed(path: path, reason: systemReason(errno))
      }
    }
    guard lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw RecordError.writeFailed(path: path, reason: systemReason(errno))
    }
    self.descriptor = descriptor
    isOpen = true
  }

  deinit { close(descriptor) }

  /// Adds objects, one a line, and returns when they are on the disk. An interruption waits for it.
  ///
  /// - Throws: `RecordError.writeFailed`, `RecordError.unwritableNumber`.
  package func append(_ objects: [JSONObject]) throws {
    var bytes: [UInt8] = []
    for object in objects { bytes += try JournalLines.line(object) }
    try UnfinishedWrites.undivided {
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { part in
          retrying { Glibc.write(descriptor, part.baseAddress, part.count) }
        }
        guard written >= 0 else {
          throw RecordError.writeFailed(path: path, reason: systemReason(errno))
        }
        rest = rest.dropFirst(written)
      }
      guard retrying({ fdatasync(descriptor) }) == 0 else {
        throw RecordError.writeFailed(path: path, reason: systemReason(errno))
      }
    }
  }
}

/// Lines with checksums, as journals and prediction files of runs have them.
package enum JournalLines {
  /// The member that ends each line: 16 hexadecimal digits of the SHA-256 of the object without it.
  package static let checksum = "checksum"

  /// A line for an object, with its checksum and a newline.
  ///
  /// - Throws: `RecordError.unwritableNumber`.
  package static func line(_ object: JSONObject) throws -> [UInt8] {
    var bytes = try JSONValue.object(object).serialized()
    let digest = digits(of: bytes)
    bytes.removeLast()
    bytes += Array("\(bytes.count > 1 ? "," : "")\"\(checksum)\":\"\(digest)\"}\n".utf8)
    return bytes
  }

  /// Gives each whole line from the start on and where it ends; stops at the first that is not.
  ///
  /// - Throws: What `body` throws.
  package static func forEach(
    in bytes: UnsafeRawBufferPointer, path: String, _ body: (JSONValue, _ end: Int) throws -> Void
  ) rethrows {
    var start = 0
    while start < bytes.count,
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")),
      let value = value(of: bytes[start..<end], path: path)
    {
      try body(value, end + 1)
      start = end + 1
    }
  }

  /// The object of a line; nil where its checksum is not that of its content.
  private static func value(of line: Slice<UnsafeRawBufferPointer>, path: String) -> JSONValue? {
    // `,"checksum":"0123456789abcdef"}` behind the content.
    let tail = checksum.utf8.count + 16 + 7
    guard line.count > tail else { return nil }
    let content = Array(line.dropLast(tail)) + [UInt8(ascii: "}")]
    let expected = ",\"\(checksum)\":\"\(digits(of: content))\"}"
    guard line.suffix(tail).elementsEqual(expected.utf8) else { return nil }
    return try? JSONValue(MappedFile(bytes: content, name: path))
  }

  private static func digits(of bytes: [UInt8]) -> String {
    String(SHA256.hexDigest(of: bytes).prefix(16))
  }
}
