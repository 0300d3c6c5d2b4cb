import Media
import TestSupport
import Testing

@Suite struct ImageOrientationTests {
  /// A picture whose pixels are numbered.
  private func picture(_ rows: [[UInt8]]) -> RGBImage {
    RGBImage(
      width: rows[0].count, height: rows.count,
      bytes: rows.flatMap { $0.flatMap { [$0, $0 + 100, $0 + 200] } })
  }

  @Test(
    arguments: [
      (1, [[1, 2, 3], [4, 5, 6]]), (2, [[3, 2, 1], [6, 5, 4]]), (3, [[6, 5, 4], [3, 2, 1]]),
      (4, [[4, 5, 6], [1, 2, 3]]), (5, [[1, 4], [2, 5], [3, 6]]), (6, [[4, 1], [5, 2], [6, 3]]),
      (7, [[6, 3], [5, 2], [4, 1]]), (8, [[3, 6], [2, 5], [1, 4]]),
    ] as [(Int, [[UInt8]])])
  func pixelsMoveAsInPillow(_ value: Int, _ shown: [[UInt8]]) throws {
    let orientation = try #require(ImageOrientation(rawValue: value))
    #expect(picture([[1, 2, 3], [4, 5, 6]]).oriented(orientation) == picture(shown))
    #expect(orientation.swapsSides == (shown.count == 3))
  }

  /// An entry of a directory.
  private struct Entry {
    var tag: UInt16 = 0x0112
    var type: UInt16 = 3
    var count: UInt32 = 1
    /// What stands in the last four bytes; numbers in the file's order.
    var value: Value = .short(1)

    enum Value { case short(UInt16), long(UInt32), bytes([UInt8]) }
  }

  private func exif(
    _ entries: [Entry], little: Bool, head: [UInt8]? = nil, claimed: UInt16? = nil,
    extra: [UInt8] = []
  ) -> [UInt8] {
    func number(_ value: some FixedWidthInteger) -> [UInt8] {
      let bytes = withUnsafeBytes(of: value.bigEndian) { Array($0) }
      return little ? bytes.reversed() : bytes
    }
    let head = head ?? (little ? Array("II*\0".utf8) : Array("MM\0*".utf8))
    let body = entries.flatMap { entry -> [UInt8] in
      let value =
        switch entry.value {
        case .short(let short): number(short) + [0, 0]
        case .long(let long): number(long)
        case .bytes(let bytes): bytes
        }
      return number(entry.tag) + number(entry.type) + number(entry.count) + value
    }
    return head + number(UInt32(8)) + number(claimed ?? UInt16(entries.count)) + body
      + number(UInt32(0)) + extra
  }

  @Test(arguments: [true, false]) func bothByteOrdersAreRead(little: Bool) {
    for value in 1...8 {
      let data = exif(
        [
          Entry(tag: 0x010F, type: 2, value: .bytes([65, 0, 0, 0])),
          Entry(value: .short(UInt16(value))),
        ], little: little)
      #expect(ImageOrientation(exif: data).rawValue == value)
      #expect(ImageOrientation(exif: Array("Exif\0\0".utf8) + data).rawValue == value)
    }
  }

  @Test(arguments: [true, false]) func anyNumberCounts(little: Bool) {
    func orientation(_ entry: Entry, extra: [UInt8] = []) -> Int {
      ImageOrientation(exif: exif([entry], little: little, extra: extra)).rawValue
    }
    let six: [UInt8] = little ? [6, 0, 0, 0] : [0, 0, 0, 6]
    let twelve: [UInt8] = little ? [12, 0, 0, 0] : [0, 0, 0, 12]
    let two: [UInt8] = little ? [2, 0, 0, 0] : [0, 0, 0, 2]
    let float: [UInt8] = little ? [0, 0, 0xC0, 0x40] : [0x40, 0xC0, 0, 0]
    #expect(orientation(Entry(type: 4, value: .long(6))) == 6)
    #expect(orientation(Entry(type: 9, value: .long(6))) == 6)
    #expect(orientation(Entry(type: 13, value: .long(6))) == 6)
    #expect(orientation(Entry(type: 8)) == 1)
    #expect(orientation(Entry(type: 6, value: .bytes([6, 0, 0, 0]))) == 6)
    #expect(orientation(Entry(type: 11, value: .bytes(float))) == 6)
    // Directory, entry and end take 26 bytes.
    #expect(orientation(Entry(type: 5, value: .long(26)), extra: twelve + two) == 6)
    #expect(orientation(Entry(type: 10, value: .long(26)), extra: twelve + two) == 6)
    #expect(orientation(Entry(type: 5, value: .long(26)), extra: six + [0, 0, 0, 0]) == 1)
    #expect(
      orientation(Entry(count: 4, value: .long(26)), extra: Array(repeating: 3, count: 8)) == 1)
    // Text and bytes are no numbers, and 0 and 9 no orientations.
    for type in [1, 2, 7, 99] as [UInt16] {
      #expect(orientation(Entry(type: type, value: .bytes([6, 0, 0, 0]))) == 1)
    }
    #expect(orientation(Entry(value: .short(0))) == 1)
    #expect(orientation(Entry(value: .short(9))) == 1)
    #expect(orientation(Entry(count: 0, value: .short(6))) == 1)
  }

  @Test func listsAreReadAsPillowReadsThem() {
    let six = Entry(value: .short(6))
    let outside = Entry(tag: 0x010F, type: 2, count: 500, value: .long(26))
    func orientation(_ entries: [Entry], claimed: UInt16? = nil) -> Int {
      ImageOrientation(exif: exif(entries, little: true, claimed: claimed)).rawValue
    }
    #expect(orientation([six, Entry(value: .short(3))]) == 3)
    // What points beyond the data ends the list.
    #expect(orientation([six, outside]) == 6)
    #expect(orientation([outside, six]) == 1)
    #expect(orientation([six], claimed: 65_535) == 6)
    #expect(orientation([six], claimed: 0) == 1)
  }

  @Test func damagedDataSayNothing() {
    let whole = exif([Entry(value: .short(6))], little: true)
    #expect(ImageOrientation(exif: [UInt8]()) == .upright)
    for count in 0..<22 { #expect(ImageOrientation(exif: whole[..<count]) == .upright) }
    #expect(ImageOrientation(exif: whole[..<22]) == .quarterTurned)
    let heads: [(String, Int)] = [
      ("II\0*", 6), ("MM*\0", 1), ("II+\0", 1), ("XX*\0", 1), ("Exif", 1),
    ]
    for (head, value) in heads {
      let data = exif([Entry(value: .short(6))], little: true, head: Array(head.utf8))
      #expect(ImageOrientation(exif: data).rawValue == value, "\(head)")
    }
    var random = TestRandom(seed: 3)
    var kept = 0
    for _ in 0..<2_000 {
      if ImageOrientation(exif: random.damage(whole)) == .quarterTurned { kept += 1 }
    }
    #expect(kept > 100 && kept < 1_900)
  }
}
