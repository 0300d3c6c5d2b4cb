/// Numbers at places of a buffer, least significant byte first; nil where they would reach beyond
/// its end.
struct LittleEndianBytes {
  let bytes: UnsafeBufferPointer<UInt8>

  var count: Int { bytes.count }

  func u16(_ place: Int) -> Int? { number(place, UInt16.self).map { Int($0) } }

  func u32(_ place: Int) -> Int? { number(place, UInt32.self).map { Int($0) } }

  /// Nil also for what does not fit a signed 64-bit integer: no file has such a size or offset.
  func u64(_ place: Int) -> Int? { number(place, UInt64.self).flatMap { Int(exactly: $0) } }

  /// Whether `size` bytes lie at `place`.
  func holds(_ size: Int, at place: Int) -> Bool {
    place >= 0 && size >= 0 && place <= count && size <= count - place
  }

  private func number<Number: FixedWidthInteger>(
    _ place: Int, _ type: Number.Type
  ) -> Number? {
    guard holds(MemoryLayout<Number>.size, at: place) else { return nil }
    return Number(
      littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: place, as: type))
  }
}
