/// The checksum of PNG (ISO 3309, reflected polynomial EDB88320), four bytes a step.
struct CRC32 {
  private var state: UInt32 = 0xFFFF_FFFF

  /// The checksum of what was added.
  var value: UInt32 { ~state }

  /// Adds bytes.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBufferPointer { bytes in
      Self.tables.withUnsafeBufferPointer { tables in
        var state = state
        var index = 0
        while index + 4 <= bytes.count {
          state ^=
            UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8
            | UInt32(bytes[index + 2]) << 16 | UInt32(bytes[index + 3]) << 24
          state =
            tables[768 + Int(state & 255)] ^ tables[512 + Int(state >> 8 & 255)]
            ^ tables[256 + Int(state >> 16 & 255)] ^ tables[Int(state >> 24)]
          index += 4
        }
        while index < bytes.count {
          state = state >> 8 ^ tables[Int((state ^ UInt32(bytes[index])) & 255)]
          index += 1
        }
        self.state = state
      }
    }
  }

  /// The effect of a byte that is followed by none, one, two or three others: 256 entries each.
  private static let tables: [UInt32] = {
    var tables = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    for index in 256..<1024 {
      let before = tables[index - 256]
      tables.append(before >> 8 ^ tables[Int(before & 255)])
    }
    return tables
  }()
}
