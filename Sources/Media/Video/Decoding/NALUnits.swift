/// The NAL units of a packet of H.264 or HEVC, one after the other.
struct NALUnits: Sequence, IteratorProtocol {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let lengthSize: Int
  private var place: Int

  /// - Parameter lengthSize: bytes of the length before each unit; 0 where start codes part them.
  init(_ bytes: UnsafeBufferPointer<UInt8>, lengthSize: Int) {
    self.bytes = bytes
    self.lengthSize = lengthSize
    place = 0
    if lengthSize == 0 { place = afterStartCode(from: 0) }
  }

  /// The bytes of the next unit, its header first; a unit that is cut short ends with the packet.
  mutating func next() -> Slice<UnsafeBufferPointer<UInt8>>? {
    if lengthSize == 0 { return nextByStartCode() }
    guard place + lengthSize <= bytes.count else { return nil }
    var length = 0
    for byte in bytes[place..<place + lengthSize] { length = length << 8 | Int(byte) }
    let start = place + lengthSize
    let end = Swift.min(bytes.count, start + length)
    place = end
    return bytes[start..<end]
  }

  private mutating func nextByStartCode() -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard place < bytes.count else { return nil }
    let start = place
    place = afterStartCode(from: start)
    return bytes[start..<(place < bytes.count ? Swift.max(start, place - 3) : bytes.count)]
  }

  /// The place behind the next 00 00 01; the end where there is none.
  private func afterStartCode(from start: Int) -> Int {
    var place = start
    while place + 3 <= bytes.count {
      if bytes[place + 2] > 1 {
        place += 3
      } else if bytes[place] == 0, bytes[place + 1] == 0, bytes[place + 2] == 1 {
        return place + 3
      } else {
        place += 1
      }
    }
    return bytes.count
  }

  /// How many bytes stand before a unit, by the decoder's configuration record; 0 for start codes.
  static func lengthSize(of configuration: UnsafeBufferPointer<UInt8>, isHEVC: Bool) -> Int {
    // A record begins with its version, start codes begin with 0.
    guard let version = configuration.first, version == 1 else { return 0 }
    let place = isHEVC ? 21 : 4
    return configuration.count > place ? Int(configuration[place] & 3) + 1 : 0
  }
}
