import CZlib

/// PNG's checksum.
enum PNGChecksum {
  /// CRC-32, as zlib takes it.
  static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32_z(0, bytes.baseAddress, bytes.count))
  }
}
