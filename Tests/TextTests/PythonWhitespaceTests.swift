import Testing
import Text

@Suite("Python's white space")
struct PythonWhitespaceTests {
  /// What Python 3 strips, from its documentation of `str.isspace` and Unicode's bidirectional
  /// types.
  static let spaces: [ClosedRange<UInt32>] = [
    0x09...0x0D, 0x1C...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A,
    0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
  ]

  private func pieces(
    _ text: String, _ cut: (UnsafeBufferPointer<UInt8>) -> [Range<Int>]
  ) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      cut(bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }
  }

  @Test("exactly the white space of the Basic Multilingual Plane separates words")
  func everyScalar() {
    for value in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isSpace = Self.spaces.contains { $0.contains(value) }
      let text = "a\(scalar)b"
      if (pieces(text, PythonWhitespace.split).count == 2) != isSpace {
        Issue.record("U+\(String(value, radix: 16))")
      }
      let stripped = pieces("\(scalar)a\(scalar)") { [PythonWhitespace.strip($0)] }
      if (stripped[0].utf8.count == 1) != isSpace {
        Issue.record("strip U+\(String(value, radix: 16))")
      }
    }
  }

  @Test("split never yields an empty word")
  func split() {
    #expect(pieces("", PythonWhitespace.split) == [])
    #expect(pieces(" \t\u{3000}", PythonWhitespace.split) == [])
    #expect(pieces("  a\u{A0}b\n c ", PythonWhitespace.split) == ["a", "b", "c"])
    // A space before a combining mark is a space.
    #expect(pieces("a \u{301}b", PythonWhitespace.split).count == 2)
  }

  @Test("split at spaces yields empty pieces")
  func splitAtSpaces() {
    #expect(pieces("", PythonWhitespace.splitAtSpaces) == [""])
    #expect(pieces(" a  b\t", PythonWhitespace.splitAtSpaces) == ["", "a", "", "b\t"])
  }

  @Test("strip takes white space of any width from both ends only")
  func strip() {
    let ends = "\u{2029}\u{A0} \u{85}"
    #expect(pieces(ends + "a b" + ends) { [PythonWhitespace.strip($0)] } == ["a b"])
    #expect(pieces(ends) { [PythonWhitespace.strip($0)] } == [""])
    #expect(pieces("") { [PythonWhitespace.strip($0)] } == [""])
    // Ends like U+3000 does, in UTF-8, and is no space.
    #expect(pieces("a\u{3040}") { [PythonWhitespace.strip($0)] } == ["a\u{3040}"])
  }
}
