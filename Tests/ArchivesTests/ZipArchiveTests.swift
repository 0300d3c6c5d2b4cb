import Archives
import Records
import TestSupport
import Testing

@Suite struct ZipArchiveTests {
  typealias Entry = ZipBuilder.Entry

  static let text = Array(String(repeating: "a cat sat on the mat. ", count: 500).utf8)

  static func archive(_ change: (inout ZipBuilder) -> Void = { _ in }) throws -> ZipArchive {
    var builder = ZipBuilder(entries: [
      Entry("folder/", []), Entry("folder/stored.bin", [1, 2, 3]),
      Entry("folder/deflated.txt", text, deflated: true),
    ])
    change(&builder)
    return try ZipArchive(bytes: builder.bytes(), name: "test.zip")
  }

  static func read(_ archive: ZipArchive, _ name: String) throws -> [UInt8] {
    try archive.bytes(of: #require(archive.member(named: name)), limit: 1 << 20)
  }

  @Test func membersInOrder() throws {
    let archive = try Self.archive()
    #expect(
      archive.members.map(\.name) == ["folder/", "folder/stored.bin", "folder/deflated.txt"])
    #expect(archive.members.map(\.size) == [0, 3, Self.text.count])
    #expect(archive.members.map(\.isStored) == [true, true, false])
    #expect(archive.member(named: "folder/Stored.bin") == nil)
    #expect(try Self.read(archive, "folder/stored.bin") == [1, 2, 3])
    #expect(try Self.read(archive, "folder/deflated.txt") == Self.text)
    #expect(try Self.read(archive, "folder/") == [])
  }

  @Test func storedMembersInPlace() throws {
    let archive = try Self.archive()
    let member = try #require(archive.member(named: "folder/stored.bin"))
    #expect(try Array(archive.stored(member)) == [1, 2, 3])
    let other = try #require(archive.member(named: "folder/deflated.txt"))
    #expect(throws: ArchiveError.self) { try archive.stored(other) }
  }

  @Test func zip64AndDescriptorsAndComments() throws {
    let archive = try Self.archive {
      $0.isZip64 = true
      $0.comment = Array("PK\u{5}\u{6} in the comment".utf8)
      for place in $0.entries.indices { $0.entries[place].isZip64 = true }
      $0.entries[1].hasDescriptor = true
    }
    #expect(try Self.read(archive, "folder/stored.bin") == [1, 2, 3])
    #expect(try Self.read(archive, "folder/deflated.txt") == Self.text)
    let described = try Self.archive {
      for place in $0.entries.indices { $0.entries[place].hasDescriptor = true }
    }
    #expect(try Self.read(described, "folder/deflated.txt") == Self.text)
  }

  @Test func archiveInAnArchive() throws {
    var inner = ZipBuilder()
    inner.entries = [Entry("a", Self.text, deflated: true)]
    let outer = try Self.archive { $0.entries.append(Entry("in.zip", inner.bytes())) }
    let archive = try ZipArchive(bytes: Self.read(outer, "in.zip"), name: "test.zip/in.zip")
    #expect(try Self.read(archive, "a") == Self.text)
    #expect(archive.name == "test.zip/in.zip")
  }

  /// Each wrong archive with words of its message.
  static let wrong: [(String, @Sendable (inout ZipBuilder) -> Void)] = [
    ("member 'folder/deflated.txt': damaged", { $0.entries[2].header = 0 }),
    ("its header has another name", { $0.entries[2].localName = "folder/deflated.tx" }),
    ("reach into the directory", { $0.entries[2].packedSize = 1000 }),
    ("the directory has more than its entries", { $0.countShift = -1 }),
    ("4 entries do not fit the directory", { $0.countShift = 1 }),
    (
      "overlaps the member",
      {
        $0.entries.swapAt(1, 2)
        $0.entries[1].packedSize = $0.entries[1].packed.count + 20
      }
    ),
    ("stored, and yet", { $0.entries[1].size = 4 }),
    ("no header of a member stands here", { $0.entries[1].header = 1 << 31 }),
  ]

  @Test func wrongDirectories() throws {
    for (words, change) in Self.wrong {
      let error = #expect(throws: ArchiveError.self) { try Self.archive(change) }
      #expect("\(try #require(error))".contains(words), "\(words)")
    }
  }

  @Test func wrongMembers() throws {
    let cases: [(String, (inout Entry) -> Void)] = [
      ("has the checksum", { $0.checksum ^= 1 }),
      ("an encrypted member is not read", { $0.flags = 1 }),
      ("compression method 12 (bzip2) is not read", { $0.method = 12 }),
      ("it unpacks to more than 10999 bytes", { $0.size = 10_999 }),
      ("it unpacks to only 11000 bytes", { $0.size = 11_001 }),
      ("cannot unpack to 11000000", { $0.size = 11_000_000 }),
      ("the compressed data is broken", { $0.packed[0] = 0xFF }),
      ("only", { $0.packed.removeLast(5) }),
      ("ends 3 bytes early", { $0.packed += [0, 0, 0] }),
    ]
    for (words, change) in cases {
      let archive = try Self.archive { change(&$0.entries[2]) }
      let error = #expect(throws: ArchiveError.self) {
        let member = try #require(archive.member(named: "folder/deflated.txt"))
        return try archive.bytes(of: member, limit: 1 << 30)
      }
      #expect("\(try #require(error))".contains(words), "\(error.map { "\($0)" } ?? "")")
      #expect("\(try #require(error))".contains("test.zip, member 'folder/deflated.txt'"))
      #expect(try Self.read(archive, "folder/stored.bin") == [1, 2, 3])
    }
  }

  @Test func repeatedNamesAndLimits() throws {
    let archive = try Self.archive {
      $0.entries.append(Entry("twice", [1]))
      $0.entries.append(Entry("twice", [2]))
    }
    #expect(throws: ArchiveError.self) { try Self.read(archive, "twice") }
    let member = try #require(archive.member(named: "folder/deflated.txt"))
    #expect(
      throws: ArchiveError.tooLarge(
        file: "test.zip", member: member.name, size: 11_000, limit: 10_999)
    ) { try archive.bytes(of: member, limit: 10_999) }
    #expect(try archive.bytes(of: member, limit: 11_000) == Self.text)
  }

  @Test func everyTruncationIsRefused() throws {
    var builder = ZipBuilder(entries: [Entry("a", Self.text, deflated: true), Entry("b", [1])])
    builder.isZip64 = true
    let whole = builder.bytes()
    for count in 0..<whole.count {
      #expect(throws: ArchiveError.self, "\(count)") {
        try ZipArchive(bytes: Array(whole.prefix(count)), name: "cut.zip")
      }
    }
  }

  /// Whatever the bytes, there is a content or an error.
  @Test func randomChangesNeverCrash() throws {
    var builder = ZipBuilder(entries: [
      Entry("a", Self.text, deflated: true), Entry("b", [1, 2]), Entry("c/d", Array(0...255)),
    ])
    var random = TestRandom(seed: 1)
    var read = 0
    var refused = 0
    for round in 0..<4000 {
      builder.isZip64 = round % 2 == 0
      builder.entries[0].isZip64 = round % 3 == 0
      builder.entries[1].hasDescriptor = round % 5 == 0
      var bytes = builder.bytes()
      for _ in 0...random.below(4) {
        bytes[random.below(bytes.count)] = [0, 0xFF, UInt8(random.below(256))][random.below(3)]
      }
      do {
        let archive = try ZipArchive(bytes: bytes, name: "fuzz.zip")
        for member in archive.members { _ = try archive.bytes(of: member, limit: 1 << 16) }
        read += 1
      } catch is ArchiveError {
        refused += 1
      }
    }
    #expect(read > 0 && refused > 1000)
  }
}
