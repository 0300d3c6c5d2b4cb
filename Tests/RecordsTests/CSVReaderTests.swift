import Records
import Testing

@Suite struct CSVReaderTests {
  private func records(_ bytes: [UInt8]) throws -> [CSVRecord] {
    var reader = try CSVReader(MappedFile(bytes: bytes, name: "f.csv"))
    var records: [CSVRecord] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }

  private func records(_ text: String) throws -> [CSVRecord] { try records(Array(text.utf8)) }

  private func message(_ text: String) throws -> String {
    try #require(throws: CSVError.self) { try records(text) }.description
  }

  @Test func fieldsAndLines() throws {
    #expect(try records("") == [])
    #expect(try records("\n\r\n\n") == [])
    #expect(try records("a") == [CSVRecord(line: 1, fields: ["a"])])
    #expect(
      try records("key,id\nret0, video1 \n") == [
        CSVRecord(line: 1, fields: ["key", "id"]),
        CSVRecord(line: 2, fields: ["ret0", " video1 "]),
      ])
    #expect(try records("a,\n,b\n,\n").map(\.fields) == [["a", ""], ["", "b"], ["", ""]])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEnds(_ end: String) throws {
    let text = "a,b" + end + end + "\"c" + end + "d\",e" + end + "f"
    #expect(
      try records(text) == [
        CSVRecord(line: 1, fields: ["a", "b"]), CSVRecord(line: 3, fields: ["c\(end)d", "e"]),
        CSVRecord(line: 5, fields: ["f"]),
      ])
  }

  @Test func quotes() throws {
    #expect(
      try records("\"a,b\",\"\",\"say \"\"hi\"\"\"").map(\.fields) == [["a,b", "", "say \"hi\""]])
    #expect(try records("\u{FEFF}\"é\"").map(\.fields) == [["é"]])
  }

  @Test func errorsNameTheLine() throws {
    #expect(try message("a,b\nc,d\"e\n").hasPrefix("f.csv:2: a quote inside a field"))
    #expect(try message("a\n\"b\"c").hasPrefix("f.csv:2: text behind a closing quote"))
    #expect(try message("a\n\"b\nc\nd").hasPrefix("f.csv:2: a field that begins here has no clos"))
    #expect(
      try message("\"" + String(repeating: "a", count: 1 << 21) + "\"").contains("no closing quote")
    )
    let error = try #require(throws: CSVError.self) { try records([0x61, 0x0A, 0xFF, 0x2C]) }
    #expect(error.line == 2 && error.message.contains("UTF-8"))
  }

  @Test func foreignContentIsNamed() throws {
    #expect(try message("<html>").contains("web page"))
    #expect(try message("version https://git-lfs.github.com/spec/v1\nsize 7\n").contains("Git LFS"))
  }
}
