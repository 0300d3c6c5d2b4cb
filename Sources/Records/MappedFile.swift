import Glibc

/// The bytes of a file, mapped read-only where the system can map it and read otherwise.
///
/// The file must not be shortened by another program while it is mapped: the system then answers
/// an access beyond the new end with a signal.
package final class MappedFile: Sendable {
  /// The name under which the file was opened; errors show it.
  package let path: String

  /// All bytes of the file, valid as long as this object lives: `MappedFile(path).bytes` is already
  /// invalid, and after the last use of a variable so are its bytes. `withBytes` cannot go wrong.
  package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// How many bytes the file has.
  package let count: Int

  /// Never nil, also for an empty file.
  var start: UnsafePointer<UInt8> { UnsafePointer(memory) }

  /// Nothing writes to it after `init`.
  private nonisolated(unsafe) let memory: UnsafeMutablePointer<UInt8>
  private let isMapped: Bool

  /// How many bytes are read of what cannot be mapped: a pipe or a device may have no end.
  private static let streamLimit = 1 << 30

  /// Whether opening the path again gives the same bytes: not for a pipe.
  package let canBeReadAgain: Bool

  /// Opens a file of any kind, a pipe and `/dev/stdin` included; it may be empty.
  ///
  /// - Parameter sequential: tells the system that the bytes are read once from first to last.
  /// - Throws: `RecordError`: there is no such file, or it cannot be read.
  package init(_ path: String, sequential: Bool = false) throws {
    let descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR {
        throw RecordError.missingFile(path: path, remedy: "check the path")
      }
      throw RecordError.unreadable(path: path, reason: systemReason(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw RecordError.unreadable(path: path, reason: systemReason(errno))
    }
    self.path = path
    let size = Int(status.st_size)
    canBeReadAgain = status.st_mode & S_IFMT == S_IFREG
    if status.st_mode & S_IFMT == S_IFREG, size > 0,
      let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED
    {
      if sequential { madvise(address, size, MADV_SEQUENTIAL) }
      memory = address.assumingMemoryBound(to: UInt8.self)
      count = size
      isMapped = true
    } else {
      (memory, count) = try Self.contents(of: descriptor, path: path)
      isMapped = false
    }
  }

  /// Reads what is left of an open descriptor, such as standard input's 0, and leaves it open.
  ///
  /// - Parameter name: what errors call it.
  /// - Throws: `RecordError.unreadable`.
  package init(reading descriptor: Int32, name: String) throws {
    path = name
    (memory, count) = try Self.contents(of: descriptor, path: name)
    isMapped = false
    canBeReadAgain = false
  }

  /// Lends all bytes of the file.
  package func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(self) { try body(bytes) }
  }

  /// Takes bytes that are in memory for a file.
  ///
  /// - Parameter name: what errors call it.
  package init(bytes: [UInt8], name: String) {
    path = name
    memory = Self.copy(bytes)
    count = bytes.count
    isMapped = false
    canBeReadAgain = true
  }

  deinit {
    if isMapped { munmap(memory, count) } else { free(memory) }
  }

  /// Gives the pages before an offset back to the system, so that they no longer count as memory in
  /// use. Reading them again is legal and only costs the time of mapping them again.
  package func release(upTo offset: Int) { release(0..<offset) }

  /// Gives the whole pages of a range back to the system, as `release(upTo:)`.
  package func release(_ range: Range<Int>) {
    guard isMapped else { return }
    let page = Int(getpagesize())
    let first = (range.lowerBound + page - 1) / page * page
    let length = min(range.upperBound, count) / page * page - first
    if length > 0 { madvise(memory + first, length, MADV_DONTNEED) }
  }

  private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<UInt8> {
    guard let memory = malloc(max(1, bytes.count)) else { fatalError("no memory is left") }
    let start = memory.bindMemory(to: UInt8.self, capacity: max(1, bytes.count))
    bytes.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { start.initialize(from: first, count: source.count) }
    }
    return start
  }

  /// The bytes of a stream in memory of `malloc`, which may be longer than they are.
  private static func contents(
    of descriptor: Int32, path: String
  ) throws -> (memory: UnsafeMutablePointer<UInt8>, count: Int) {
    var memory: UnsafeMutableRawPointer?
    var (count, capacity) = (0, 0)
    func unreadable(_ reason: String) -> RecordError {
      free(memory)
      return RecordError.unreadable(path: path, reason: reason)
    }
    while true {
      if count == capacity {
        guard capacity < streamLimit else {
          throw unreadable(
            "it goes on after \(streamLimit) bytes and cannot be mapped: save it as a regular file")
        }
        capacity = max(1 << 18, 2 * capacity)
        guard let larger = realloc(memory, capacity) else {
          throw unreadable(systemReason(ENOMEM))
        }
        memory = larger
      }
      let place = count
      let got = retrying { read(descriptor, memory.map { $0 + place }, capacity - place) }
      guard got >= 0 else { throw unreadable(systemReason(errno)) }
      if got == 0, let memory { return (memory.assumingMemoryBound(to: UInt8.self), count) }
      count += got
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes behind a byte order mark of UTF-8; all where there is none.
  package var withoutByteOrderMark: Slice<UnsafeBufferPointer<UInt8>> {
    let mark = JSONReader.byteOrderMark
    return dropFirst(starts(with: mark) ? mark.count : 0)
  }
}
