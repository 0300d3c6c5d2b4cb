import Glibc

/// A file that appears under its name only when it is complete.
///
/// Bytes go, through a buffer, to a hidden file beside it; `commit()` makes them last and renames.
/// Without `commit()` nothing remains, and a file of that name stays as it was. A device or a pipe
/// (`/dev/stdout`) is written to directly: renaming would put a file in its place. A symbolic link
/// stays one, what it points to is replaced.
package final class AtomicFile {
  /// The name the file will have.
  package let path: String

  private let target: String
  /// nil where the target is written to directly.
  private let temporary: String?
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  private static let capacity = 1 << 18

  /// Creates the hidden file; its folder must exist.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package init(_ path: String) throws {
    self.path = path
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw RecordError.writeFailed(path: path, reason: "there is a folder of this name")
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      target = path
      temporary = nil
      descriptor = retrying { open(path, O_WRONLY | O_CLOEXEC) }
    } else {
      target = exists ? Self.resolved(path) : path
      let name = temporarySibling(of: target, suffix: "partial")
      temporary = name
      descriptor = retrying { open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
      // The one who made the file readable, or not, for others meant its successors too.
      if exists, descriptor >= 0 { fchmod(descriptor, status.st_mode & 0o777) }
    }
    guard descriptor >= 0 else { throw failure() }
    if let temporary { UnfinishedWrites.begin(temporary) }
    buffer.reserveCapacity(Self.capacity)
  }

  deinit { discard() }

  /// Writes a file as a whole.
  ///
  /// - Throws: `RecordError.writeFailed`; a file of that name is then as it was.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try AtomicFile(path)
    try file.append(bytes)
    try file.commit()
  }

  /// Adds bytes.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    if buffer.count + bytes.count > Self.capacity { try flush() }
    if bytes.count > Self.capacity { return try write(bytes) }
    buffer.append(contentsOf: bytes)
  }

  /// Adds bytes.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try append($0) }
  }

  /// Adds text as UTF-8.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func append(_ text: String) throws {
    var text = text
    try text.withUTF8 { try append(UnsafeRawBufferPointer($0)) }
  }

  /// Adds what a writer holds, and empties it.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func append(draining writer: inout JSONWriter) throws {
    try writer.drain { try append($0) }
  }

  /// Gives the file its name. Nothing can be added after it.
  ///
  /// - Throws: `RecordError.writeFailed`; nothing of the new file then remains.
  package func commit() throws {
    do {
      try flush()
      guard let temporary else {
        discard()
        return
      }
      guard fsync(descriptor) == 0 else { throw failure() }
      let closed = close(descriptor)
      descriptor = -1
      try UnfinishedWrites.end(temporary) {
        guard closed == 0, rename(temporary, target) == 0 else {
          let error = failure()
          unlink(temporary)
          throw error
        }
      }
      synchronizeFolder(splitPath(target).folder)
    } catch {
      discard()
      throw error
    }
  }

  /// Gives up: nothing remains. Without effect after `commit()`.
  package func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let temporary { UnfinishedWrites.end(temporary) { _ = unlink(temporary) } }
  }

  private func flush() throws {
    try buffer.withUnsafeBytes { try write($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let written = retrying { Glibc.write(descriptor, part.baseAddress, part.count) }
      guard written >= 0 else { throw failure() }
      rest = rest.dropFirst(written)
    }
  }

  private func failure() -> RecordError {
    RecordError.writeFailed(path: path, reason: systemReason(errno))
  }

  private static func resolved(_ path: String) -> String {
    guard let text = realpath(path, nil) else { return path }
    defer { free(text) }
    return String(cString: text)
  }
}
