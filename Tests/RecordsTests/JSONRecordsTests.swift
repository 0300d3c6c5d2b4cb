import Records
import Testing

@Suite struct JSONRecordsTests {
  private func numbers(_ text: String) throws -> [Int] {
    var found: [Int] = []
    let count = try forEachRecord(in: document(text)) { reader, index in
      #expect(index == found.count)
      try reader.readObject { _, reader in found.append(try reader.readInt()) }
    }
    #expect(count == found.count)
    return found
  }

  @Test(arguments: [
    "[{\"a\": 1}, {\"a\": 2}]", "{\"a\": 1}\n{\"a\": 2}\n", "\n{\"a\": 1}\r\n\n  \n{\"a\": 2}",
    "\u{FEFF}[{\"a\":1},{\"a\":2}]\n",
  ])
  func listsAndLinesGiveTheSame(_ text: String) throws {
    #expect(try numbers(text) == [1, 2])
  }

  @Test func emptyOnes() throws {
    #expect(try numbers("") == [])
    #expect(try numbers("\n\n") == [])
    #expect(try numbers("[]") == [])
  }

  @Test func errorsHaveTheirLine() throws {
    let halfLine = try #require(jsonError { _ = try numbers("{\"a\": 1}\n{\"a\": 2") })
    #expect("\(halfLine.line):\(halfLine.column)" == "2:8")
    #expect(halfLine.message.contains("truncated"))
    let oneLine = try #require(jsonError { _ = try numbers("{\"a\": 1} {\"a\": 2}") })
    #expect(oneLine.message.contains("expected a new line after a record, found an object"))
    #expect(oneLine.column == 10)
    #expect(jsonError { _ = try numbers("[{\"a\": 1}]\n[]") }?.line == 2)
  }
}
