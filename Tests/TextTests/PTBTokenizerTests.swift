import Foundation
import TestSupport
import Testing
import Text

@Suite("PTB tokenizer: agreement with the official one")
struct PTBTokenizerTests {
  let tokenizer = PTBTokenizer()

  @Test("our own captions, each a document of its own")
  func isolatedFixtures() throws {
    let file = Golden.fixtures.appendingPathComponent("tokenizer/isolated.jsonl")
    try checkIsolated(decodeLines(PTBCaption.self, Golden.bytes(file)), atLeast: 150)
  }

  @Test("our own documents, in which captions influence each other")
  func documentFixtures() throws {
    let file = Golden.fixtures.appendingPathComponent("tokenizer/documents.jsonl")
    let documents = try decodeLines(PTBDocument.self, Golden.bytes(file))
    #expect(documents.count >= 25)
    check(documents)
  }

  @Test(
    "golden captions, one document a file", .enabled(if: Golden.folder != nil),
    arguments: ["real.jsonl", "adversarial.jsonl"])
  func goldenFiles(name: String) throws {
    let records = try decodeLines(PTBCaption.self, golden(name))
    let captions = records.map(\.caption)
    #expect(records.count >= 3000)
    #expect(differences(tokenizer.lex(captions), records.map(\.ptb), of: captions) == [])
    #expect(
      differences(tokenizer.tokenize(captions), records.map(\.tokenized), of: captions) == [])
  }

  @Test("golden captions, each a document of its own", .enabled(if: Golden.folder != nil))
  func goldenIsolated() throws {
    try checkIsolated(decodeLines(PTBCaption.self, golden("isolated.jsonl")), atLeast: 500)
  }

  @Test("golden documents", .enabled(if: Golden.folder != nil))
  func goldenDocuments() throws {
    let documents = try JSONDecoder().decode([PTBDocument].self, from: golden("documents.json"))
    #expect(documents.count >= 270)
    check(documents)
  }

  @Test("golden line ends inside captions, lexed as they stand", .enabled(if: Golden.folder != nil))
  func goldenLineBreaks() throws {
    let cases = try JSONDecoder().decode([PTBLineBreaks].self, from: golden("line_breaks.json"))
    #expect(cases.count == 8)
    for item in cases {
      // The official caller replaces line feeds, and only those.
      let captions = item.captions.map { caption in
        String(decoding: caption.utf8.map { $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self)
      }
      let lines = tokenizer.lexDocument(captions.joined(separator: "\n"))
      #expect(differences(lines, item.ptbLines, of: item.ptbLines) == [], "\(item.name)")
    }
  }

  private func golden(_ name: String) throws -> Data {
    let folder = try #require(Golden.folder)
    return try Golden.bytes(folder.appendingPathComponent("metrics/tokenizer/\(name)"))
  }

  private func checkIsolated(_ records: [PTBCaption], atLeast count: Int) throws {
    let captions = records.map(\.caption)
    #expect(records.count >= count)
    #expect(differences(tokenizer.lexIsolated(captions), records.map(\.ptb), of: captions) == [])
    #expect(
      differences(tokenizer.tokenizeIsolated(captions), records.map(\.tokenized), of: captions)
        == [])
  }

  private func check(_ documents: [PTBDocument]) {
    for document in documents {
      let captions = document.captions
      #expect(differences(tokenizer.lex(captions), document.ptb, of: captions) == [])
      #expect(differences(tokenizer.tokenize(captions), document.tokenized, of: captions) == [])
    }
  }
}
