import Glibc

/// A file that is being written, with a buffer before it.
package struct FileWriter: ~Copyable {
  /// The path for error messages.
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  private static let bufferSize = 1 << 20

  /// Makes a new file; one of that name is an error, since the name must be a temporary one.
  ///
  /// - Parameter reportedAs: The path that errors name.
  /// - Throws: `RecordError.writeFailed`.
  init(creating path: String, reportedAs name: String) throws {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    self.path = name
    guard descriptor >= 0 else {
      throw RecordError.writeFailed(path: name, reason: systemReason(errno))
    }
    buffer.reserveCapacity(Self.bufferSize)
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package mutating func append(_ bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Appends text.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package mutating func append(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Hands everything to the disk.
  ///
  /// - Throws: `RecordError.writeFailed`.
  mutating func synchronize() throws {
    try flush()
    guard fsync(descriptor) == 0 else {
      throw RecordError.writeFailed(path: path, reason: systemReason(errno))
    }
  }

  private mutating func flush() throws {
    var done = 0
    while done < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        retrying { write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done) }
      }
      guard count >= 0 else {
        throw RecordError.writeFailed(path: path, reason: systemReason(errno))
      }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
