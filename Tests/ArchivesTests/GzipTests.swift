import Archives
import Records
import TestSupport
import Testing

@Suite struct GzipTests {
  static let text = Array(String(repeating: "forty thousand words. ", count: 40_000).utf8)

  static func unpack(_ bytes: [UInt8], limit: Int = 1 << 22) throws -> [UInt8] {
    var content: [UInt8] = []
    try bytes.withUnsafeBufferPointer {
      try Gzip.read($0, name: "test.gz", limit: limit) { content.append(contentsOf: $0) }
    }
    return content
  }

  @Test func wholeContents() throws {
    #expect(try Self.unpack(Deflate.gzip(Self.text)) == Self.text)
    #expect(try Self.unpack(Deflate.gzip([])) == [])
    #expect(
      try Self.unpack(Deflate.gzip([1, 2]) + Deflate.gzip([]) + Deflate.gzip([3])) == [1, 2, 3])
    #expect(try Self.unpack(Deflate.gzip([1, 2]) + [0, 0, 0]) == [1, 2])
  }

  @Test func piecesAreInOrderAndBounded() throws {
    var pieces: [Int] = []
    var content: [UInt8] = []
    try Deflate.gzip(Self.text).withUnsafeBufferPointer {
      try Gzip.read($0, name: "test.gz", limit: Self.text.count) {
        pieces.append($0.count)
        content.append(contentsOf: $0)
      }
    }
    #expect(content == Self.text)
    #expect(pieces.count == 4 && pieces.allSatisfy { $0 > 0 })
  }

  @Test func limit() throws {
    let packed = Deflate.gzip(Self.text)
    #expect(
      throws: ArchiveError.tooLarge(file: "test.gz", member: nil, size: nil, limit: 1000)
    ) { try Self.unpack(packed, limit: 1000) }
    #expect(try Self.unpack(packed, limit: Self.text.count).count == Self.text.count)
  }

  @Test func everyTruncationIsRefused() throws {
    let packed = Deflate.gzip(Array("a small content".utf8))
    for count in 0..<packed.count {
      #expect(throws: ArchiveError.self, "\(count)") {
        try Self.unpack(Array(packed.prefix(count)))
      }
    }
  }

  @Test func damage() throws {
    var packed = Deflate.gzip(Self.text)
    packed[packed.count - 6] ^= 1
    #expect(throws: ArchiveError.self) { try Self.unpack(packed) }
    #expect(throws: ArchiveError.self) { try Self.unpack(Deflate.gzip([1]) + [1]) }
    #expect(throws: ArchiveError.self) { try Self.unpack(Array("{}".utf8)) }
  }

  @Test func randomChangesNeverCrash() throws {
    let packed = Deflate.gzip(Array("some text to pack, some text to pack".utf8))
    var random = TestRandom(seed: 2)
    var refused = 0
    for _ in 0..<3000 {
      var bytes = packed
      bytes[random.below(bytes.count)] = UInt8(random.below(256))
      do { _ = try Self.unpack(bytes) } catch is ArchiveError { refused += 1 }
    }
    #expect(refused > 1000)
  }
}
