import Records
import Testing

@Suite struct SHA256Tests {
  /// Source: FIPS 180-4's examples and NIST's short message vectors.
  static let vectors: [(String, String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
        + "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test(arguments: SHA256.Body.allCases) func publishedDigests(_ body: SHA256.Body) {
    for (text, expected) in Self.vectors {
      var hash = SHA256(body: body)
      hash.update(Array(text.utf8))
      #expect(hash.hexDigest == expected)
      #expect(hash.hexDigest == expected, "asking must not change the state")
    }
  }

  @Test func bodiesAndSplitsAgree() {
    var generator = SeededGenerator(state: 3)
    for count in Array(0...260) + [1000, 4096, 65_537] {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var scalar = SHA256(body: .scalar)
      scalar.update(bytes)
      for body in SHA256.Body.allCases {
        var split = SHA256(body: body)
        var start = 0
        while start < count {
          let end = Int.random(in: start...min(count, start + 150), using: &generator)
          split.update(Array(bytes[start..<end]))
          start = end
        }
        #expect(split.digest == scalar.digest)
      }
      #expect(SHA256.hexDigest(of: bytes) == scalar.hexDigest)
    }
  }

  @Test func filesGiveTheDigestOfTheirBytes() throws {
    try withFolder { folder in
      let bytes = (0..<9_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try AtomicFile.write(bytes, to: folder + "/f")
      #expect(try SHA256.hexDigest(ofFile: folder + "/f") == SHA256.hexDigest(of: bytes))
      #expect(throws: RecordError.self) { try SHA256.hexDigest(ofFile: folder + "/none") }
    }
  }
}
