extension ImageOrientation {
  /// Reads what EXIF says; `upright` where it says nothing or is damaged, which is never an error.
  ///
  /// - Parameter exif: The data, with or without `Exif` and two zeros before them.
  ///
  /// Source: Pillow 9.5, `Image.Exif.load` and `TiffImagePlugin.ImageFileDirectory_v2.load`.
  /// Quirks kept: a value of any type of number counts; of several values the first does, of several
  /// entries the last; an entry that points beyond the data ends the list.
  package init(exif: some Collection<UInt8>) {
    let bytes = Array(exif)
    let start = bytes.starts(with: "Exif\0\0".utf8) ? 6 : 0
    let value = EXIFDirectory(Array(bytes[start...]))?.orientation
    self = value.flatMap { Int(exactly: $0) }.flatMap(ImageOrientation.init(rawValue:)) ?? .upright
  }
}

/// The first directory of EXIF data, which are a TIFF file.
private struct EXIFDirectory {
  private let bytes: [UInt8]
  private let littleEndian: Bool
  private let offset: Int

  /// Nil where the header is none.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 8 else { return nil }
    self.bytes = bytes
    switch Array(bytes[..<4]) {
    // The last of each were written by programs that confused the order.
    case [0x49, 0x49, 0x2A, 0], [0x49, 0x49, 0, 0x2A]: littleEndian = true
    case [0x4D, 0x4D, 0, 0x2A], [0x4D, 0x4D, 0x2A, 0], [0x4D, 0x4D, 0, 0x2B]:
      littleEndian = false
    default: return nil
    }
    offset = Int(Self.number(bytes[4..<8], littleEndian))
  }

  /// The value of the entry, whatever number it is.
  var orientation: Double? {
    guard let count = number(at: offset, length: 2) else { return nil }
    var found: Double?
    var place = offset + 2
    for _ in 0..<count {
      guard let tag = number(at: place, length: 2), let type = number(at: place + 2, length: 2),
        let values = number(at: place + 4, length: 4), let data = number(at: place + 8, length: 4)
      else { break }
      if let size = Self.sizes[type], values > 0 {
        let length = Int(values) * size
        let start = length > 4 ? Int(data) : place + 8
        guard start + length <= bytes.count else { break }
        if tag == 0x0112 { found = value(type, at: start) }
      }
      place += 12
    }
    return found
  }

  /// Bytes of a value of each type that there is.
  private static let sizes: [UInt64: Int] = [
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8,
  ]

  /// A number of a type; nil for text and plain bytes.
  private func value(_ type: UInt64, at place: Int) -> Double? {
    func unsigned(_ offset: Int, _ length: Int) -> UInt64 {
      number(at: place + offset, length: length) ?? 0
    }
    func signed(_ offset: Int) -> Double {
      Double(Int32(truncatingIfNeeded: unsigned(offset, 4)))
    }
    switch type {
    case 3: return Double(unsigned(0, 2))
    case 4, 13: return Double(unsigned(0, 4))
    case 5: return Double(unsigned(0, 4)) / Double(unsigned(4, 4))
    case 6: return Double(Int8(truncatingIfNeeded: unsigned(0, 1)))
    case 8: return Double(Int16(truncatingIfNeeded: unsigned(0, 2)))
    case 9: return signed(0)
    case 10: return signed(0) / signed(4)
    case 11: return Double(Float(bitPattern: UInt32(unsigned(0, 4))))
    case 12: return Double(bitPattern: unsigned(0, 8))
    case 16: return Double(unsigned(0, 8))
    default: return nil
    }
  }

  private func number(at place: Int, length: Int) -> UInt64? {
    guard place >= 0, place + length <= bytes.count else { return nil }
    return Self.number(bytes[place..<place + length], littleEndian)
  }

  private static func number(_ bytes: ArraySlice<UInt8>, _ littleEndian: Bool) -> UInt64 {
    let ordered = littleEndian ? Array(bytes.reversed()) : Array(bytes)
    return ordered.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
