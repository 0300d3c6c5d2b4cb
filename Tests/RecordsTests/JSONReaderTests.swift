import Records
import Testing

@Suite struct JSONReaderTests {
  @Test func readsWithTypes() throws {
    let text = """
      {"info": {"version": "1.0"}, "annotations": [
        {"question_id": 262148000, "answers": [{"answer": "a \\"b\\" \\u00e9\\ud83d\\ude00", "answer_id": 1}],
         "bbox": [1.5, -2e3, 0], "ok": true, "not": false, "none": null}]}
      """
    var reader = try JSONReader(MappedFile(bytes: Array(text.utf8), name: "a.json"))
    var found: [String] = []
    try reader.readObject { key, reader in
      switch key {
      case "annotations":
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
            case "none": try reader.readNull()
            default: Issue.record("unexpected \(key.string)")
            }
          }
        }
      default: try reader.skip()
      }
    }
    try reader.finish()
    #expect(
      found == ["262148000", "a \"b\" é😀", "1.5", "-2000.0", "0.0", "true", "false"])
  }
}
