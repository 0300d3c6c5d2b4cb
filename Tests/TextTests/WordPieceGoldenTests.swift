import Foundation
import Records
import TestSupport
import Testing
import Text

/// Ids, tokens and texts of the original's tokenizer, each identical.
@Suite struct WordPieceGoldenTests {
  @Test func everyLineOfTheSmallVocabulary() throws {
    let tokenizer = try WordPieceFixtures.small()
    let cases = try WordPieceFixtures.cases("tokenizer")
    #expect(cases.count == 61)
    for golden in cases {
      let text = try #require(golden["text"]?.string)
      #expect(tokenizer.ids(of: text).ids == golden["ids"]?.ids, "\(text.debugDescription)")
      let tokens = tokenizer.tokens(of: text).map { Array($0.utf8) }
      #expect(tokens == golden["tokens"]?.array?.compactMap { $0.string.map { Array($0.utf8) } })
    }
  }

  @Test(
    .enabled(
      if: WordPieceFixtures.real != nil, "MPLUG_EVAL_VOCAB names bert-base-uncased's vocab.txt"))
  func everyLineOfTheRealVocabulary() throws {
    let file = try #require(WordPieceFixtures.real)
    let tokenizer = try WordPieceFixtures.tokenizer(file)
    let path = WordPieceFixtures.folder.appendingPathComponent("bert-base-uncased.json").path
    let golden = try JSONFile.read(path)
    #expect(try SHA256.hexDigest(ofFile: file.path) == golden["sha256"]?.string)
    let cases = try #require(golden["cases"]?.array)
    #expect(cases.count == 135 && tokenizer.vocabulary.count == 30522)
    for golden in cases {
      let text = try #require(golden["text"]?.string)
      let ids = try #require(golden["ids"]?.ids)
      #expect(tokenizer.ids(of: text).ids == ids, "\(text.debugDescription)")
      let decoded = try #require(golden["decoded"]?.string)
      #expect(Array(tokenizer.decoded(ids).utf8) == Array(decoded.utf8))
    }
  }

  @Test func padding() throws {
    let tokenizer = try WordPieceFixtures.small()
    for golden in try WordPieceFixtures.cases("padding") {
      let arguments = try #require(golden["arguments"])
      let isCut = arguments["truncation"]?.bool ?? false
      let length = isCut ? arguments["max_length"]?.int : nil
      let texts = (golden["texts"]?.array ?? []).compactMap(\.string)
      let rows = texts.map { tokenizer.ids(of: $0, limit: length) }
      let padded = WordPiecePadding(
        rows.map(\.ids), to: arguments["padding"]?.string == "max_length" ? length : nil)
      #expect(padded.ids == golden["input_ids"]?.rows)
      #expect(padded.mask.map { $0.map { $0 ? 1 : 0 } } == golden["attention_mask"]?.rows)
      #expect(rows.contains(where: \.isCut) == isCut)
    }
  }

  @Test func decoding() throws {
    let tokenizer = try WordPieceFixtures.small()
    for golden in try WordPieceFixtures.cases("decode") {
      let ids = try #require(golden["ids"]?.ids)
      let (decoded, answer) = (golden["decoded"]?.string, golden["answer"]?.string)
      #expect(Array(tokenizer.decoded(ids).utf8) == decoded.map { Array($0.utf8) })
      #expect(Array(tokenizer.text(of: ids).utf8) == answer.map { Array($0.utf8) })
    }
  }

  /// What the original's basic tokenizer (Unicode 14.0) makes of every code point, one digest for
  /// all.
  @Test func everyCodePoint() throws {
    let tokenizer = try WordPieceFixtures.small()
    var hash = SHA256()
    for value in 0..<0x110000 as Range<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let words = tokenizer.words(of: "x\(scalar)y\(scalar)").joined(separator: " ")
      hash.update(Array("\(String(value, radix: 16)) \(words)\n".utf8))
    }
    #expect(hash.hexDigest == "c5ad9ef133c2f939ba2d14eb7e876a5e17390c70a9d29d09a236fcbcc42a1aac")
  }

  /// NFD sorts marks of category Mc, which stay, across marks of category Mn, which go.
  @Test(arguments: [
    ("a\u{302E}\u{1B44}", "a\u{1B44}\u{302E}"), ("a\u{302E}\u{301}\u{1B44}", "a\u{1B44}\u{302E}"),
    ("a\u{302E}b\u{1B44}", "a\u{302E}b\u{1B44}"), ("a\u{302E} \u{1B44}", "a\u{302E} \u{1B44}"),
    // A vowel sign of class 0 is a barrier though it goes.
    ("a\u{302E}\u{947}\u{1B44}", "a\u{302E}\u{1B44}"),
    ("\u{1D160}\u{1715}", "\u{1D158}\u{1715}\u{1D165}\u{1D16E}"), ("\u{AC01}", "ᄀ\u{1161}\u{11A8}"),
  ])
  func marksAreSorted(_ text: String, _ words: String) throws {
    let found = try WordPieceFixtures.small().words(of: text).joined(separator: " ")
    #expect(Array(found.utf8) == Array(words.utf8))
  }

  /// Changed input changes the ids.
  @Test func negativeTwin() throws {
    let tokenizer = try WordPieceFixtures.small()
    #expect(tokenizer.ids(of: "yes[SEP]").ids != tokenizer.ids(of: "yes[sep]").ids)
    #expect(tokenizer.ids(of: "a man").ids != tokenizer.ids(of: "a mat").ids)
    #expect(tokenizer.ids(of: "red bus").ids != tokenizer.ids(of: "redbus").ids)
    #expect(tokenizer.decoded([101, 807]) != tokenizer.decoded([101, 808]))
  }
}
