import CZlib

/// The checksum of zip and gzip.
enum CRC32 {
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    return UInt32(truncatingIfNeeded: start.map { crc32_z(0, $0, bytes.count) } ?? 0)
  }
}
