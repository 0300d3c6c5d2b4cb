import Records

/// A zip archive (PKWARE APPNOTE 6.3) over a mapped file: the directory is read and checked when it
/// is opened, the contents when they are asked for.
///
/// Zip64 and data descriptors are read. Members that overlap or lie out of range are refused for the
/// whole archive; encryption, a compression method other than deflate and a repeated name are
/// refused when such a member is asked for.
package struct ZipArchive: Sendable {
  /// One file in the archive.
  package struct Member: Sendable, Hashable {
    /// The path in the archive, parts separated by `/`; it ends in `/` for a folder.
    package let name: String
    /// How many bytes the content has.
    package let size: Int
    /// How many bytes it takes in the archive.
    package let packedSize: Int
    /// Whether the content stands in the archive as it is.
    package var isStored: Bool { method == Method.stored }
    /// Where the first byte stands in the file.
    package let offset: Int

    let method: Int
    let checksum: UInt32
    let isEncrypted: Bool
  }

  /// Numbers of compression methods.
  enum Method {
    static let stored = 0
    static let deflated = 8
  }

  /// The name of the archive in errors.
  package var name: String { file.path }
  /// All members in the order of the directory.
  package let members: [Member]

  let file: MappedFile
  /// The place of each name; by its bytes, since `String` takes some different ones for equal.
  private let places: [[UInt8]: Int]
  private let repeated: Set<[UInt8]>

  /// Reads the directory of an archive.
  ///
  /// - Throws: `ArchiveError`.
  package init(_ file: MappedFile) throws {
    self.file = file
    members = try file.withBytes { try ZipDirectory($0, file: file.path).members() }
    var places = [[UInt8]: Int](minimumCapacity: members.count)
    var repeated: Set<[UInt8]> = []
    for (place, member) in members.enumerated() {
      let key = Array(member.name.utf8)
      if places.updateValue(place, forKey: key) != nil { repeated.insert(key) }
    }
    self.places = places
    self.repeated = repeated
  }

  /// Reads the directory of an archive that is in memory, such as one out of another archive.
  ///
  /// - Parameter name: what errors call it.
  /// - Throws: `ArchiveError`.
  package init(bytes: [UInt8], name: String) throws {
    try self.init(MappedFile(bytes: bytes, name: name))
  }

  /// The member of a name; nil where there is none.
  package func member(named name: String) -> Member? {
    places[Array(name.utf8)].map { members[$0] }
  }

  /// The content of a stored member, where it stands: valid as long as the archive lives. Its
  /// checksum is not computed, since that would read it all.
  ///
  /// - Throws: `ArchiveError` for a member that is compressed or encrypted, or whose name another
  ///   one has too.
  package func stored(_ member: Member) throws -> UnsafeRawBufferPointer {
    try checkReadable(member)
    guard member.isStored else {
      throw ArchiveError.unsupported(
        file: name, member: member.name, feature: "a compressed member in place",
        remedy: "write the archive without compression ('zip -0')")
    }
    return packed(member)
  }

  /// The content of a member, stored or deflated, checked against its CRC-32.
  ///
  /// - Parameter limit: the largest content that the caller is ready to hold.
  /// - Throws: `ArchiveError`.
  package func bytes(of member: Member, limit: Int) throws -> [UInt8] {
    try checkReadable(member)
    guard member.size <= limit else {
      throw ArchiveError.tooLarge(
        file: name, member: member.name, size: member.size, limit: limit)
    }
    let content =
      try withExtendedLifetime(file) {
        try member.isStored ? Array(packed(member)) : inflated(member)
      }
    let found = content.withUnsafeBytes { CRC32.of($0) }
    guard found == member.checksum else {
      throw ArchiveError.wrongChecksum(
        file: name, member: member.name, expected: member.checksum, found: found)
    }
    return content
  }

  /// The directory saw to it that the range lies in the file.
  private func packed(_ member: Member) -> UnsafeRawBufferPointer {
    let range = member.offset..<member.offset + member.packedSize
    return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(file.bytes)[range])
  }

  private func inflated(_ member: Member) throws -> [UInt8] {
    let inflater = try Inflater(.raw, file: name, member: member.name)
    return try inflater.bytes(packed(member), offset: member.offset, size: member.size)
  }

  private func checkReadable(_ member: Member) throws {
    if repeated.contains(Array(member.name.utf8)) {
      throw ArchiveError.damaged(
        file: name, member: member.name, offset: member.offset,
        reason: "several members have this name")
    }
    if member.isEncrypted {
      throw ArchiveError.unsupported(
        file: name, member: member.name, feature: "an encrypted member",
        remedy: "write the archive without a password")
    }
    guard member.method == Method.stored || member.method == Method.deflated else {
      throw ArchiveError.unsupported(
        file: name, member: member.name,
        feature: "the compression method \(Self.methodName(member.method))",
        remedy: "write the archive with deflate, as 'zip' does")
    }
  }

  private static func methodName(_ method: Int) -> String {
    let names = [
      1: "shrink", 2: "reduce", 3: "reduce", 4: "reduce", 5: "reduce", 6: "implode",
      9: "deflate64", 12: "bzip2", 14: "LZMA", 20: "zstd", 93: "zstd", 94: "MP3", 95: "xz",
      96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES",
    ]
    return names[method].map { "\(method) (\($0))" } ?? "\(method)"
  }
}
