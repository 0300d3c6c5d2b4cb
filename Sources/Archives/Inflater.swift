import CZlib

/// Unpacks deflate streams (RFC 1951) through zlib.
final class Inflater {
  /// What stands around the stream.
  enum Wrapping: Int32 {
    /// Nothing, as in zip archives.
    case raw = -15
    /// A gzip header and a checksum, which zlib verifies.
    case gzip = 31
  }

  /// What `step` came to.
  enum Progress {
    /// The output is full or the input is used up.
    case more
    /// The stream has ended.
    case ended
  }

  private let file: String
  private let member: String?
  /// zlib keeps a pointer to it, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Throws: `ArchiveError` where there is no memory for it.
  init(_ wrapping: Wrapping, file: String, member: String?) throws {
    self.file = file
    self.member = member
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(
      stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      throw ArchiveError.unsupported(
        file: file, member: member, feature: "zlib's answer \(status)",
        remedy: "check the installed zlib and the free memory")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Begins a new stream.
  func reset() { inflateReset(stream) }

  /// Unpacks from `input` at `used` into `output`; counts both on. A stream that breaks off is the
  /// caller's to see: more is wanted and no input is left.
  ///
  /// - Parameter offset: where the input stands in the file, for errors.
  /// - Throws: `ArchiveError.damaged`.
  func step(
    _ input: UnsafeRawBufferPointer, used: inout Int, into output: UnsafeMutableRawBufferPointer,
    filled: inout Int, offset: Int
  ) throws -> Progress {
    while true {
      let taken = min(input.count - used, Int(UInt32.max))
      let room = min(output.count - filled, Int(UInt32.max))
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress.map { ($0 + used).assumingMemoryBound(to: UInt8.self) })
      stream.pointee.avail_in = UInt32(taken)
      stream.pointee.next_out = output.baseAddress.map {
        ($0 + filled).assumingMemoryBound(to: UInt8.self)
      }
      stream.pointee.avail_out = UInt32(room)
      let status = inflate(stream, Z_NO_FLUSH)
      used += taken - Int(stream.pointee.avail_in)
      filled += room - Int(stream.pointee.avail_out)
      switch status {
      case Z_STREAM_END: return .ended
      case Z_OK where used < input.count && filled < output.count: continue
      case Z_OK, Z_BUF_ERROR: return .more
      default:
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib says \(status)"
        throw damaged(offset + used, "the compressed data is broken (\(reason))")
      }
    }
  }

  /// Unpacks a whole stream of known size.
  ///
  /// - Throws: `ArchiveError.damaged`, also where the stream is shorter or longer.
  func bytes(_ input: UnsafeRawBufferPointer, offset: Int, size: Int) throws -> [UInt8] {
    // Deflate packs at most 1032 bytes into one; more than that need not be allocated for.
    guard size / 1032 <= input.count else {
      throw damaged(offset, "\(input.count) bytes cannot unpack to \(size)")
    }
    var used = 0
    var ended = false
    // One byte more than wanted shows a stream that goes on.
    let content = try [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, filled in
      let output = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: size + 1)
      ended =
        try step(input, used: &used, into: output, filled: &filled, offset: offset) == .ended
    }
    guard ended, content.count == size else {
      let found = content.count > size ? "more than \(size)" : "only \(content.count)"
      throw damaged(offset + used, "it unpacks to \(found) bytes, \(size) were promised")
    }
    guard used == input.count else {
      throw damaged(offset + used, "its data ends \(input.count - used) bytes early")
    }
    return content
  }

  private func damaged(_ offset: Int, _ reason: String) -> ArchiveError {
    .damaged(file: file, member: member, offset: offset, reason: reason)
  }
}
