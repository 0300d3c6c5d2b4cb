/// The directory of a zip archive while it is read.
struct ZipDirectory {
  private let data: LittleEndianBytes
  private let file: String
  private let end: ZipEndRecord

  /// An entry, with where its local header stands.
  struct Entry {
    var name: UnsafeBufferPointer<UInt8>
    var flags: Int
    var method: Int
    var checksum: Int
    var packedSize: Int
    var size: Int
    var header: Int

    /// For errors and for callers: UTF-8, or else one character a byte.
    var text: String {
      String(validating: name, as: UTF8.self)
        ?? String(String.UnicodeScalarView(name.map { Unicode.Scalar($0) }))
    }
    var isEncrypted: Bool { flags & 1 != 0 }
    var hasDescriptor: Bool { flags & 8 != 0 }
    var hidesHeader: Bool { flags & 0x2000 != 0 }
  }

  /// - Throws: `ArchiveError`.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws {
    data = LittleEndianBytes(bytes: bytes)
    self.file = file
    end = try ZipEndRecord(data, file: file)
  }

  /// All members, each checked against its local header, none in the way of another.
  ///
  /// - Throws: `ArchiveError`.
  func members() throws -> [ZipArchive.Member] {
    let entrySize = 46
    guard end.count <= end.directorySize / entrySize else {
      throw ArchiveError.damaged(
        file: file, member: nil, offset: end.directoryOffset,
        reason: "\(end.count) entries do not fit the directory's \(end.directorySize) bytes")
    }
    var members: [ZipArchive.Member] = []
    members.reserveCapacity(end.count)
    var headers: [Int] = []
    headers.reserveCapacity(end.count)
    var place = end.directoryOffset
    for _ in 0..<end.count {
      let (entry, next) = try entry(at: place)
      let offset = try content(of: entry)
      members.append(
        .init(
          name: entry.text, size: entry.size, packedSize: entry.packedSize, offset: offset,
          method: entry.method, checksum: UInt32(truncatingIfNeeded: entry.checksum),
          isEncrypted: entry.isEncrypted))
      headers.append(entry.header)
      place = next
    }
    guard place == end.directoryOffset + end.directorySize else {
      throw ArchiveError.damaged(
        file: file, member: nil, offset: place, reason: "the directory has more than its entries")
    }
    try checkOverlaps(members, headers)
    return members
  }

  private func damaged(_ entry: Entry, _ offset: Int, _ reason: String) -> ArchiveError {
    .damaged(file: file, member: entry.text, offset: offset, reason: reason)
  }

  /// Reads an entry; gives also where the next one stands.
  private func entry(at place: Int) throws -> (entry: Entry, next: Int) {
    let limit = end.directoryOffset + end.directorySize
    guard data.u32(place) == 0x0201_4B50, let flags = data.u16(place + 8),
      let method = data.u16(place + 10), let checksum = data.u32(place + 16),
      let packedSize = data.u32(place + 20), let size = data.u32(place + 24),
      let nameSize = data.u16(place + 28), let extraSize = data.u16(place + 30),
      let commentSize = data.u16(place + 32), let header = data.u32(place + 42),
      place + 46 + nameSize + extraSize + commentSize <= limit
    else {
      throw ArchiveError.damaged(
        file: file, member: nil, offset: place, reason: "no entry of the directory stands here")
    }
    var entry = Entry(
      name: name(at: place + 46, nameSize), flags: flags, method: method, checksum: checksum,
      packedSize: packedSize, size: size, header: header)
    // Zip64: those of the three numbers that are all ones stand in an extra field, in this order.
    if packedSize == 0xFFFF_FFFF || size == 0xFFFF_FFFF || header == 0xFFFF_FFFF {
      let extra = place + 46 + nameSize
      guard var field = zip64Field(in: extra..<extra + extraSize) else {
        throw damaged(entry, place, "its zip64 sizes are missing")
      }
      func next() throws -> Int {
        guard field.count >= 8, let number = data.u64(field.lowerBound) else {
          throw damaged(entry, field.lowerBound, "its zip64 sizes are missing or beyond 64 bits")
        }
        field = field.lowerBound + 8..<field.upperBound
        return number
      }
      if size == 0xFFFF_FFFF { entry.size = try next() }
      if packedSize == 0xFFFF_FFFF { entry.packedSize = try next() }
      if header == 0xFFFF_FFFF { entry.header = try next() }
    }
    return (entry, place + 46 + nameSize + extraSize + commentSize)
  }

  /// The range of the zip64 field's content among the extra fields.
  private func zip64Field(in extra: Range<Int>) -> Range<Int>? {
    var place = extra.lowerBound
    while extra.upperBound - place >= 4, let kind = data.u16(place), let size = data.u16(place + 2)
    {
      guard size <= extra.upperBound - place - 4 else { return nil }
      if kind == 1 { return place + 4..<place + 4 + size }
      place += 4 + size
    }
    return nil
  }

  private func name(at place: Int, _ size: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: data.bytes[place..<place + size])
  }

  /// Checks the local header of an entry; where its content begins.
  private func content(of entry: Entry) throws -> Int {
    let place = entry.header
    guard place <= end.directoryOffset, data.u32(place) == 0x0403_4B50,
      let flags = data.u16(place + 6), let method = data.u16(place + 8),
      let checksum = data.u32(place + 14), let packedSize = data.u32(place + 18),
      let size = data.u32(place + 22), let nameSize = data.u16(place + 26),
      let extraSize = data.u16(place + 28), data.holds(30 + nameSize + extraSize, at: place)
    else { throw damaged(entry, place, "no header of a member stands here") }
    let start = place + 30 + nameSize + extraSize
    guard start <= end.directoryOffset, entry.packedSize <= end.directoryOffset - start else {
      throw damaged(entry, start, "its \(entry.packedSize) bytes reach into the directory")
    }
    guard entry.method != ZipArchive.Method.stored || entry.packedSize == entry.size else {
      throw damaged(
        entry, place, "stored, and yet \(entry.packedSize) bytes hold \(entry.size)")
    }
    if entry.hidesHeader && entry.isEncrypted { return start }
    guard name(at: place + 30, nameSize).elementsEqual(entry.name) else {
      throw damaged(entry, place + 30, "its header has another name")
    }
    guard method == entry.method, flags & 1 == entry.flags & 1 else {
      throw damaged(entry, place, "its header has another compression or encryption")
    }
    // With a descriptor behind the content the header may leave these at zero.
    var large: [Int] = []
    if let field = zip64Field(in: place + 30 + nameSize..<start) {
      large = stride(from: field.lowerBound, to: field.upperBound - 7, by: 8).map {
        data.u64($0) ?? -1
      }
    }
    func agrees(_ short: Int, _ long: Int) -> Bool {
      short == long || entry.hasDescriptor && short == 0
        || short == 0xFFFF_FFFF && (large.contains(long) || entry.hasDescriptor)
    }
    guard agrees(size, entry.size), agrees(packedSize, entry.packedSize),
      checksum == entry.checksum || entry.hasDescriptor && checksum == 0
    else { throw damaged(entry, place, "its header has another size or checksum") }
    return start
  }

  /// Two members on the same bytes: what a decompression bomb does, and no honest archive.
  private func checkOverlaps(_ members: [ZipArchive.Member], _ headers: [Int]) throws {
    let order = headers.indices.sorted { headers[$0] < headers[$1] }
    for (first, second) in zip(order, order.dropFirst()) {
      guard members[first].offset + members[first].packedSize <= headers[second] else {
        throw ArchiveError.damaged(
          file: file, member: members[second].name, offset: headers[second],
          reason: "it overlaps the member '\(members[first].name)'")
      }
    }
  }
}
