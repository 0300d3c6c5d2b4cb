import CZlib

/// zlib's stream of a PNG's data, fed and emptied in the steps in which Pillow does it: where an
/// error shows depends on them.
final class PNGInflater {
  /// What zlib said of a step without an error.
  enum Status {
    case more
    case ended
  }

  /// zlib keeps a pointer to it, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    isReady = inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isReady { inflateEnd(stream) }
    stream.deallocate()
  }

  /// Whether something is left of what it was fed.
  var hasInput: Bool { stream.pointee.avail_in > 0 }

  /// Takes up input, which must stay where it is until the next call; what was left is dropped.
  func feed(_ input: UnsafeBufferPointer<UInt8>) {
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.pointee.avail_in = UInt32(input.count)
  }

  /// Unpacks into a row.
  ///
  /// - Parameters:
  ///   - size: the bytes of the row, of which `filled` are there; that is counted on.
  /// - Returns: nil for an error in the data.
  func fill(_ row: inout [UInt8], upTo size: Int, filled: inout Int) -> Status? {
    guard isReady else { return nil }
    return row.withUnsafeMutableBufferPointer { row in
      stream.pointee.next_out = row.baseAddress.map { $0 + filled }
      stream.pointee.avail_out = UInt32(size - filled)
      let status = inflate(stream, Z_NO_FLUSH)
      guard status >= 0 else { return nil }
      filled = size - Int(stream.pointee.avail_out)
      return status == Z_STREAM_END ? .ended : .more
    }
  }
}
