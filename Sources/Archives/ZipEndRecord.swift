/// Where the directory of a zip archive stands, by the records at the end of the file.
struct ZipEndRecord {
  /// Where the first entry of the directory stands.
  let directoryOffset: Int
  /// How many bytes the directory has.
  let directorySize: Int
  /// How many entries it has.
  let count: Int

  private static let signature = 0x0605_4B50
  private static let zip64LocatorSignature = 0x0706_4B50
  private static let zip64Signature = 0x0606_4B50
  private static let size = 22
  private static let zip64LocatorSize = 20
  private static let zip64Size = 56

  /// Finds and checks the records.
  ///
  /// - Throws: `ArchiveError`.
  init(_ data: LittleEndianBytes, file: String) throws {
    let end = try Self.find(data, file: file)
    func damaged(_ offset: Int, _ reason: String) -> ArchiveError {
      .damaged(file: file, member: nil, offset: offset, reason: reason)
    }
    guard let disk = data.u16(end + 4), let directoryDisk = data.u16(end + 6),
      let countHere = data.u16(end + 8), let count = data.u16(end + 10),
      let size = data.u32(end + 12), let offset = data.u32(end + 16)
    else { throw damaged(end, "the end record is cut off") }
    var fields = (offset: offset, size: size, count: count)
    var limit = end
    let locator = end - Self.zip64LocatorSize
    let hasLocator = data.u32(locator) == Self.zip64LocatorSignature
    if hasLocator {
      guard let place = data.u64(locator + 8), data.holds(Self.zip64Size, at: place),
        place + Self.zip64Size <= locator, data.u32(place) == Self.zip64Signature,
        let large = data.u64(place + 32), let largeSize = data.u64(place + 40),
        let largeOffset = data.u64(place + 48)
      else { throw damaged(locator, "the zip64 end record is not where its locator says") }
      guard count == 0xFFFF || count == large, size == 0xFFFF_FFFF || size == largeSize,
        offset == 0xFFFF_FFFF || offset == largeOffset
      else { throw damaged(place, "the zip64 end record contradicts the end record") }
      guard data.u32(place + 16) == 0, data.u32(place + 20) == 0, data.u64(place + 24) == large
      else { throw Self.split(file) }
      fields = (largeOffset, largeSize, large)
      limit = place
    } else if offset == 0xFFFF_FFFF || size == 0xFFFF_FFFF {
      throw damaged(end, "the zip64 end record that it needs is missing")
    }
    guard disk == 0 || hasLocator && disk == 0xFFFF,
      directoryDisk == 0 || hasLocator && directoryDisk == 0xFFFF,
      countHere == count
    else { throw Self.split(file) }
    guard fields.offset <= limit, fields.size == limit - fields.offset else {
      throw damaged(
        limit,
        "the directory does not end where the end record begins (offset "
          + "\(fields.offset), size \(fields.size))")
    }
    directoryOffset = fields.offset
    directorySize = fields.size
    self.count = fields.count
  }

  private static func split(_ file: String) -> ArchiveError {
    .unsupported(
      file: file, member: nil, feature: "an archive in several parts",
      remedy: "join the parts with 'zip -s 0 IN.zip --out OUT.zip'")
  }

  /// The end record stands last, but for a comment whose length it states.
  private static func find(_ data: LittleEndianBytes, file: String) throws -> Int {
    var place = data.count - size
    let first = max(0, place - 0xFFFF)
    while place >= first {
      if data.u32(place) == signature, data.u16(place + 20) == data.count - size - place {
        return place
      }
      place -= 1
    }
    let beginsAsZip = data.u32(0) == 0x0403_4B50
    throw ArchiveError.notAnArchive(
      file: file, expected: "a zip archive",
      found: beginsAsZip ? "one whose end is missing" : "\(data.count) bytes of something else",
      remedy: beginsAsZip ? "the file is cut off, get it anew" : "name another file")
  }
}
