import CLibAV

/// A file in memory that FFmpeg writes, going back in it where it likes.
///
/// FFmpeg's own buffer of that kind overwrites what stands behind the place at which it is closed.
final class MemoryFile {
  /// What was written so far; complete after `flush()`.
  private(set) var bytes: [UInt8] = []
  /// For FFmpeg; nil if there was no memory.
  private(set) var context: UnsafeMutablePointer<AVIOContext>?
  private var position = 0

  private static let bufferSize = 1 << 15
  /// Far more than any clip of ours.
  private static let limit = 1 << 30

  init() {
    guard let buffer = av_malloc(Self.bufferSize) else { return }
    context = avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Int32(Self.bufferSize), 1,
      Unmanaged.passUnretained(self).toOpaque(), nil,
      { @Sendable file, bytes, count in
        guard let file, let bytes, count >= 0 else { return -1 }
        let target = Unmanaged<MemoryFile>.fromOpaque(file).takeUnretainedValue()
        return target.write(UnsafeBufferPointer(start: bytes, count: Int(count))) ? count : -1
      },
      { @Sendable file, offset, whence in
        guard let file else { return -1 }
        return Unmanaged<MemoryFile>.fromOpaque(file).takeUnretainedValue().seek(offset, whence)
      })
    if context == nil { av_free(buffer) }
  }

  deinit {
    // FFmpeg may have put another buffer in the place of ours.
    if let context { av_freep(&context.pointee.buffer) }
    avio_context_free(&context)
  }

  /// Writes what FFmpeg still holds.
  func flush() {
    if let context { avio_flush(context) }
  }

  private func write(_ new: UnsafeBufferPointer<UInt8>) -> Bool {
    guard position + new.count <= Self.limit else { return false }
    let over = min(new.count, max(0, bytes.count - position))
    if position > bytes.count {
      bytes.append(contentsOf: repeatElement(0, count: position - bytes.count))
    }
    bytes.replaceSubrange(position..<position + over, with: new.prefix(over))
    bytes.append(contentsOf: new.dropFirst(over))
    position += new.count
    return true
  }

  private func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
    let start: Int
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: return Int64(bytes.count)
    case SEEK_SET: start = 0
    case SEEK_CUR: start = position
    case SEEK_END: start = bytes.count
    default: return -1
    }
    let target = Int64(start) + offset
    guard target >= 0, target <= Self.limit else { return -1 }
    position = Int(target)
    return target
  }
}
