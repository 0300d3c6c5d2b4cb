/// BMP: the headers, and that the pixels are as many as the headers say.
enum BMPProbe: MediaProbe {
  static func recognises(_ start: [UInt8]) -> Bool {
    // Two letters are little to go by: the reserved bytes and the size of the second header too.
    start.count >= 18 && start.starts(with: Array("BM".utf8))
      && start[6..<10].allSatisfy { $0 == 0 }
      && [12, 40, 52, 56, 64, 108, 124].contains(start[14..<18].littleEndian)
  }

  static func check(_ file: ProbeFile) throws {
    let header = try file.bytes(at: 0, exactly: 26, of: "the header")
    let pixels = header[10..<14].littleEndian
    let isOld = header[14] == 12
    let width = isOld ? header[18..<20].littleEndian : signed(header[18..<22])
    let height = isOld ? header[20..<22].littleEndian : abs(signed(header[22..<26]))
    guard width > 0, height > 0 else {
      throw MediaDamage.damaged(what: "the picture has no width or no height", offset: 18)
    }
    guard pixels <= file.size else {
      throw MediaDamage.truncated(what: "the pixels begin at byte \(pixels)", offset: file.size)
    }
    let rest = try file.bytes(at: isOld ? 24 : 28, exactly: isOld ? 2 : 6, of: "the header")
    // Only pixels that are not compressed have a length that can be known.
    let compression = isOld ? 0 : rest[2..<6].littleEndian
    guard compression == 0 || compression == 3 else { return }
    let row = (width * rest[..<2].littleEndian + 31) / 32 * 4
    let (bytes, isTooMuch) = row.multipliedReportingOverflow(by: height)
    guard !isTooMuch, bytes <= file.size - pixels else {
      throw MediaDamage.truncated(
        what: "\(width)x\(height) pixels begin at byte \(pixels)", offset: file.size)
    }
  }

  private static func signed(_ bytes: ArraySlice<UInt8>) -> Int {
    Int(Int32(truncatingIfNeeded: bytes.littleEndian))
  }
}
