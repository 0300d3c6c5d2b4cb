/// A box of an MP4 or MOV file: a length, a name, content.
struct MOVBox {
  /// Its four letters.
  let name: String
  /// Where its content is, cut down to what holds the box.
  let content: Range<Int64>
  /// Where its length says that it ends.
  let claimedEnd: Int64

  /// Whether its name is of letters and digits.
  var hasPlainName: Bool { name.utf8.count == 4 && name.utf8.allSatisfy(Self.isPlain) }

  private let file: LocalFile

  /// Whether it is longer than what holds it.
  var isCut: Bool { claimedEnd > content.upperBound }

  /// Reads the box that begins at a place.
  ///
  /// - Returns: nil where there is none.
  init?(_ file: LocalFile, at place: Int64, in range: Range<Int64>) {
    let header = file.bytes(at: place, count: 16)
    guard header.count >= 8 else { return nil }
    let room = range.upperBound - place
    var length = Int64(Self.number(header, 0))
    var headerLength: Int64 = 8
    if length == 1, header.count == 16, room >= 16 {
      headerLength = 16
      length = Int64(
        clamping: UInt64(Self.number(header, 8)) << 32 | UInt64(Self.number(header, 12)))
    } else if length == 0 {
      length = room
    }
    guard length >= headerLength else { return nil }
    name = String(decoding: header[4..<8], as: UTF8.self)
    content = place + headerLength..<place + min(length, room)
    claimedEnd = length > Int64.max - place ? .max : place + length
    self.file = file
  }

  /// The first numbers of its content, of four bytes each; 0 for those that are not there.
  func fields(_ count: Int) -> [Int] {
    let bytes = file.bytes(at: content.lowerBound, count: 4 * count)
    return (0..<count).map { 4 * $0 + 4 <= bytes.count ? Self.number(bytes, 4 * $0) : 0 }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
