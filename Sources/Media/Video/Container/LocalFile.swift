import CLibAV
import Glibc
import Records

/// A regular file as FFmpeg reads it: through our descriptor, so that no name is ever taken for a
/// protocol, a pattern or a playlist, and nothing but this file is opened.
final class LocalFile {
  /// The name under which the file was opened; errors show it.
  let path: String
  /// How many bytes it had when it was opened.
  let size: Int64
  /// FFmpeg's side; valid as long as this object lives.
  private(set) var context: UnsafeMutablePointer<AVIOContext>?

  private let descriptor: Int32
  private var position: Int64 = 0
  /// How many bytes may still be read, those read before included.
  private var budget: Int64 = 0
  /// Why reading failed last; nil where it did not.
  private var failure: String?

  /// As large as that of FFmpeg's own file protocol.
  private static let bufferSize = 32768

  /// Opens a regular file. A pipe or a device is refused without waiting for what it has.
  ///
  /// - Throws: `RecordError` where it is missing, unreadable or not a regular file; `MediaError.empty`.
  init(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR {
        throw RecordError.missingFile(path: path, remedy: "check the path")
      }
      throw RecordError.unreadable(path: path, reason: systemReason(errno))
    }
    var status = stat()
    let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    guard isRegular, status.st_size > 0 else {
      close(descriptor)
      if isRegular { throw MediaError.empty(file: path) }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw RecordError.unreadable(
        path: path,
        reason: isFolder
          ? systemReason(EISDIR)
          : "it is a pipe or a device, and a video is read more than once: save it as a file")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int64(status.st_size)
    // From here on the object is whole: should it fail, `deinit` closes the descriptor.
    renewBudget()
    guard let buffer = av_malloc(Self.bufferSize) else {
      throw RecordError.unreadable(path: path, reason: systemReason(ENOMEM))
    }
    context = avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Int32(Self.bufferSize), 0,
      Unmanaged.passUnretained(self).toOpaque(), readBytes, nil, moveTo)
    guard context != nil else {
      av_free(buffer)
      throw RecordError.unreadable(path: path, reason: systemReason(ENOMEM))
    }
  }

  deinit {
    // FFmpeg may have put another buffer in the place of ours.
    if let context { av_freep(&context.pointee.buffer) }
    avio_context_free(&context)
    close(descriptor)
  }

  /// Allows for another task that reads the file. Indices that lead back to themselves would be read
  /// without end; a sound file is read twice, and a buffer anew for each of its packets at worst.
  func renewBudget() {
    let (share, overflow) = size.multipliedReportingOverflow(by: 64)
    budget = overflow ? .max : max(share, 1 << 28)
  }

  /// What an error number of FFmpeg means: what went wrong here if something did, its text otherwise.
  func reason(for status: Int32) -> String { failure ?? LibAVFailure.text(status) }

  /// Reads bytes for a look of our own, apart from FFmpeg's reading.
  ///
  /// - Returns: fewer than `count` at the end of the file, none where it cannot be read.
  func bytes(at offset: Int64, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      repeat {
        filled = pread(descriptor, buffer.baseAddress, count, off_t(offset))
      } while filled < 0 && errno == EINTR
      filled = max(0, filled)
    }
  }

  fileprivate func read(into buffer: UnsafeMutablePointer<UInt8>, _ count: Int32) -> Int32 {
    guard budget > 0 else {
      failure = "its index leads round in circles"
      return -EIO
    }
    while true {
      let got = pread(descriptor, buffer, Int(count), off_t(position))
      if got > 0 {
        position += Int64(got)
        budget -= Int64(got)
        return Int32(got)
      }
      if got == 0 { return clibav_eof }
      if errno != EINTR {
        let number = errno
        failure = systemReason(number)
        return -number
      }
    }
  }

  fileprivate func move(to offset: Int64, _ whence: Int32) -> Int64 {
    let origin: Int64
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: return size
    case SEEK_SET: origin = 0
    case SEEK_CUR: origin = position
    case SEEK_END: origin = size
    default: return Int64(-EINVAL)
    }
    let (target, overflow) = origin.addingReportingOverflow(offset)
    guard !overflow, target >= 0 else { return Int64(-EINVAL) }
    position = target
    return target
  }
}

/// FFmpeg calls it to read on.
private func readBytes(
  _ opaque: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int32
) -> Int32 {
  guard let opaque, let buffer else { return -EINVAL }
  return Unmanaged<LocalFile>.fromOpaque(opaque).takeUnretainedValue().read(into: buffer, count)
}

/// FFmpeg calls it to move, and to ask for the size.
private func moveTo(_ opaque: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32) -> Int64 {
  guard let opaque else { return Int64(-EINVAL) }
  return Unmanaged<LocalFile>.fromOpaque(opaque).takeUnretainedValue().move(to: offset, whence)
}
