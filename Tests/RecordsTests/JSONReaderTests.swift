import Records
import Testing

@Suite struct JSONReaderTests {
  @Test func readsWithTypes() throws {
    var reader = try JSONReader(document(sample))
    var found: [String] = []
    try reader.readObject { key, reader in
      guard "annotations" ~= key else { return try reader.skip() }
      try reader.readArray { reader in
        try reader.readObject { key, reader in
          switch key {
          case "question_id": found.append("\(try reader.readInt())")
          case "answers":
            try reader.readArray { reader in
              try reader.readObject { key, reader in
                switch key {
                case "answer": found.append(try reader.readString())
                default: try reader.skip()
                }
              }
            }
          case "bbox": try reader.readArray { found.append("\(try $0.readDouble())") }
          case "ok", "not": found.append("\(try reader.readBool())")
          case "null": try reader.readNull()
          case "\t/\u{8}": found.append(try reader.readString())
          default: Issue.record("unexpected \(key.string)")
          }
        }
      }
    }
    try reader.finish()
    #expect(
      found == [
        "262148000", "café \"é\" 日本 😀 😀", "1.5", "-2000.0", "0.0", "-0.0", "473.07", "1e-07",
        "true", "-1", "false", "\u{C}\n\r\\",
      ])
  }

  @Test func wrongKindsAreNamed() throws {
    func message(_ text: String, _ read: (inout JSONReader) throws -> Void) throws -> String {
      var reader = try JSONReader(document(text))
      return try #require(jsonError { try read(&reader) }).description
    }
    #expect(
      try message(" \"yes\"") { _ = try $0.readInt() }
        == "a.json:1:2: expected an integer, found a string \"yes\", near « \"yes\"»")
    #expect(try message("1.0") { _ = try $0.readInt() }.contains("an integer, found 1.0"))
    #expect(try message("1e2") { _ = try $0.readInt() }.contains("an integer, found 1e2"))
    #expect(
      try message("9223372036854775808") { _ = try $0.readInt() }
        .contains("expected an integer of 64 bits, found 9223372036854775808"))
    #expect(try message("[1]") { _ = try $0.readString() }.contains("a string, found an array"))
    #expect(try message("12") { _ = try $0.readBool() }.contains("or false, found the number 12"))
    #expect(try message("true") { try $0.readNull() }.contains("expected null, found true"))
    #expect(try message("{}") { try $0.readArray { try $0.skip() } }.contains("an array, found an"))
    #expect(try message("null") { try $0.readObject { try $1.skip() } }.contains("found null"))
  }

  @Test func anUnreadValueIsFound() throws {
    var reader = try JSONReader(document("{\"a\": 1}"))
    let error = try #require(jsonError { try reader.readObject { _, _ in } })
    #expect(error.message.contains("neither read nor skipped"))
    #expect(error.column == 7)
  }

  @Test func anErrorOfATypedReaderHasItsPlace() throws {
    var reader = try JSONReader(document("[1,\n  \"日本\", 7]"))
    var places: [String] = []
    try reader.readArray { reader in
      let (line, column) = reader.place(at: reader.offset)
      places.append("\(line):\(column)")
      #expect(reader.error("no").line == line)
      try reader.skip()
    }
    #expect(places == ["1:2", "2:3", "2:9"])
  }

  @Test func kindsAreSeen() throws {
    var reader = try JSONReader(document("[{}, [], \"\", -1, 0, true, false, null]"))
    var kinds: [JSONReader.Kind] = []
    try reader.readArray {
      kinds.append(try $0.peek())
      try $0.skip()
    }
    #expect(kinds == [.object, .array, .string, .number, .number, .bool, .bool, .null])
  }

  @Test func byteOrderMarkIsPassed() throws {
    let value = try parse([0xEF, 0xBB, 0xBF] + Array("[1]".utf8))
    #expect(value == [1])
    let error = try #require(jsonError { try skip([0xEF, 0xBB, 0xBF] + Array("[x]".utf8)) })
    #expect(error.column == 2)
  }

  /// A special byte at each distance from the start, for the eight-byte steps.
  @Test func stringsOfAllLengths() throws {
    for length in 0..<40 {
      let plain = String(repeating: "x", count: length)
      for (written, meant) in [
        ("", ""), ("\\n", "\n"), ("é", "é"), ("😀", "😀"), ("\u{7F}", "\u{7F}"),
      ] {
        var reader = try JSONReader(document("\"\(plain)\(written)\(plain)\""))
        #expect(try reader.readString() == plain + meant + plain)
        try reader.finish()
      }
      #expect(jsonError { try skip(Array("\"\(plain)\u{1}\(plain)\"".utf8)) }?.column == length + 2)
    }
  }

  @Test func allEscapedUnitsDecode() throws {
    for unit in UInt32(0)...0xFFFF where !(0xD800...0xDFFF).contains(unit) {
      let digits = String(unit, radix: 16)
      let text = "\"\\u" + String(repeating: "0", count: 4 - digits.count) + digits + "\""
      var reader = try JSONReader(document(text))
      let scalars = try reader.readString().unicodeScalars.map(\.value)
      #expect(scalars == [unit])
    }
  }

  @Test func aHugeStringIsRead() throws {
    let text = String(repeating: "0123456789 \\\" é ", count: 1 << 18)
    var reader = try JSONReader(document("[\"\(text)\"]"))
    var count = 0
    try reader.readArray { count = try $0.readStringBytes { $0.count } }
    #expect(count == 16 << 18)
  }

  @Test func pagesAreGivenBackWithoutLoss() throws {
    try withFolder { folder in
      let text = (0..<1_500_000).map { "\($0)" }.joined(separator: ", ")
      try AtomicFile.write(Array("[\(text)]".utf8), to: folder + "/a.json")
      var reader = try JSONReader(MappedFile(folder + "/a.json", sequential: true))
      var next = 0
      try reader.readArray {
        let value = try $0.readInt()
        guard value == next else { throw $0.error("expected \(next), found \(value)") }
        next += 1
      }
      try reader.finish()
      #expect(next == 1_500_000)
    }
  }
}
