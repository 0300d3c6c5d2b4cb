import CZlib

/// Writes zip archives for tests, field by field, so that any field can be wrong.
package struct ZipBuilder {
  package struct Entry {
    package var name: String
    package var content: [UInt8]
    package var method = 0
    package var packed: [UInt8]
    package var flags = 0
    package var hasDescriptor = false
    package var isZip64 = false
    /// What the directory says; the header says it too unless there is a descriptor.
    package var checksum: UInt32
    /// Where the directory says the header stands; nil for where it does.
    package var header: Int?
    /// The name in the local header; nil for the same.
    package var localName: String?
    /// The size that is stated; nil for the true one.
    package var size: Int?
    /// The packed size that is stated; nil for the true one.
    package var packedSize: Int?

    package init(_ name: String, _ content: [UInt8], deflated: Bool = false) {
      self.name = name
      self.content = content
      method = deflated ? 8 : 0
      packed = deflated ? Deflate.raw(content) : content
      checksum = content.withUnsafeBufferPointer {
        UInt32(crc32_z(0, $0.baseAddress, $0.count))
      }
    }
  }

  package init(entries: [Entry] = []) { self.entries = entries }

  package var entries: [Entry]
  package var comment: [UInt8] = []
  package var isZip64 = false
  /// Changes the count in the end record.
  package var countShift = 0

  /// The archive.
  package func bytes() -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let header = out.count
      let size = entry.size ?? entry.content.count
      let packedSize = entry.packedSize ?? entry.packed.count
      let sizes = entry.isZip64 ? (0xFFFF_FFFF, 0xFFFF_FFFF) : (packedSize, size)
      let large = number(size, 8) + number(packedSize, 8)
      let localExtra = entry.isZip64 ? number(1, 2) + number(16, 2) + large : []
      let flags = entry.flags | (entry.hasDescriptor ? 8 : 0)
      let localName = Array((entry.localName ?? entry.name).utf8)
      out += number(0x0403_4B50, 4) + number(20, 2) + number(flags, 2) + number(entry.method, 2)
      out += number(0, 4)
      out +=
        entry.hasDescriptor
        ? number(0, 12)
        : number(Int(entry.checksum), 4) + number(sizes.0, 4) + number(sizes.1, 4)
      out += number(localName.count, 2) + number(localExtra.count, 2) + localName + localExtra
      out += entry.packed
      if entry.hasDescriptor {
        out += number(0x0807_4B50, 4) + number(Int(entry.checksum), 4)
        out += number(packedSize, 4) + number(size, 4)
      }
      let stated = entry.header ?? header
      let extra = entry.isZip64 ? number(1, 2) + number(24, 2) + large + number(stated, 8) : []
      directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(flags, 2)
      directory += number(entry.method, 2) + number(0, 4) + number(Int(entry.checksum), 4)
      directory += number(sizes.0, 4) + number(sizes.1, 4)
      directory += number(entry.name.utf8.count, 2) + number(extra.count, 2) + number(0, 2)
      directory += number(0, 2) + number(0, 2) + number(0, 4)
      directory += number(entry.isZip64 ? 0xFFFF_FFFF : stated, 4)
      directory += Array(entry.name.utf8) + extra
    }
    let start = out.count
    out += directory
    let count = entries.count + countShift
    if isZip64 {
      let place = out.count
      out += number(0x0606_4B50, 4) + number(44, 8) + number(45, 2) + number(45, 2)
      out += number(0, 4) + number(0, 4) + number(count, 8) + number(count, 8)
      out += number(directory.count, 8) + number(start, 8)
      out += number(0x0706_4B50, 4) + number(0, 4) + number(place, 8) + number(1, 4)
      out += number(0x0605_4B50, 4) + number(0, 4) + number(0xFFFF, 2) + number(0xFFFF, 2)
      out += number(0xFFFF_FFFF, 4) + number(0xFFFF_FFFF, 4)
    } else {
      out += number(0x0605_4B50, 4) + number(0, 4) + number(count, 2) + number(count, 2)
      out += number(directory.count, 4) + number(start, 4)
    }
    return out + number(comment.count, 2) + comment
  }

  private func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: $0 < 8 ? value >> (8 * $0) : 0) }
  }
}

/// Packs bytes through zlib.
package enum Deflate {
  package static func raw(_ content: [UInt8]) -> [UInt8] { pack(content, windowBits: -15) }
  package static func gzip(_ content: [UInt8]) -> [UInt8] { pack(content, windowBits: 31) }

  private static func pack(_ content: [UInt8], windowBits: Int32) -> [UInt8] {
    var input = content
    var output = [UInt8](repeating: 0, count: content.count + content.count / 100 + 100)
    var stream = z_stream()
    let size = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        deflateInit2_(
          &stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
          Int32(MemoryLayout<z_stream>.size))
        deflate(&stream, Z_FINISH)
        deflateEnd(&stream)
        return Int(stream.total_out)
      }
    }
    return Array(output.prefix(size))
  }
}
