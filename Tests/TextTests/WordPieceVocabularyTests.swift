import Foundation
import Records
import TestSupport
import Testing
import Text

/// What a vocabulary file must be.
@Suite struct WordPieceVocabularyTests {
  /// The vocabulary of the golden models, which has the tokens of boxes.
  private func lines() throws -> [String] {
    let file = Golden.fixtures.appendingPathComponent("model/vocab.txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").map(String.init)
  }

  private func vocabulary(_ bytes: [UInt8], size: Int? = nil) throws -> WordPieceVocabulary {
    try bytes.withUnsafeBufferPointer { try WordPieceVocabulary(file: $0, name: "v", size: size) }
  }

  /// Line ends are those of Python's text files, and the last may be missing.
  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEnds(_ end: String) throws {
    let lines = try lines()
    for tail in ["", end] {
      let found = try vocabulary(Array((lines.joined(separator: end) + tail).utf8))
      #expect(found.count == lines.count && found.id(of: "[MASK]") == 103)
      #expect(found.token(Int32(lines.count - 1)) == lines.last)
    }
  }

  @Test func anEmptyLineIsAToken() throws {
    let lines = try lines()
    let found = try vocabulary(Array((lines.joined(separator: "\n") + "\n\n").utf8))
    #expect(found.count == lines.count + 1 && found.token(Int32(lines.count)) == "")
  }

  @Test func size() throws {
    let lines = try lines()
    #expect(
      try WordPieceVocabulary(lines: lines, name: "v", size: 704, hasBoxes: true).count == 704)
    #expect(throws: VocabularyError.wrongSize(file: "v", expected: 30522, found: 704)) {
      try WordPieceVocabulary(lines: lines, name: "v", size: 30522)
    }
  }

  @Test func specialTokensHaveTheirPlaces() throws {
    var lines = try lines()
    #expect(throws: VocabularyError.misplaced(file: "v", token: "[PAD]", expected: 0, found: nil)) {
      try WordPieceVocabulary(lines: [], name: "v")
    }
    lines.swapAt(102, 103)
    let error = #expect(throws: VocabularyError.self) {
      try WordPieceVocabulary(lines: lines, name: "v")
    }
    #expect(error == .misplaced(file: "v", token: "[SEP]", expected: 102, found: 103))
    #expect(
      "\(error, default: "")".contains("v: [SEP] has the id 103 (line 104), expected at id 102"))
  }

  /// A file with a byte order mark has another first token.
  @Test func byteOrderMark() throws {
    let text = "\u{FEFF}" + (try lines().joined(separator: "\n"))
    #expect(throws: VocabularyError.misplaced(file: "v", token: "[PAD]", expected: 0, found: nil)) {
      try vocabulary(Array(text.utf8))
    }
  }

  @Test func boxTokensOnlyWhereNeeded() throws {
    var lines = try lines()
    #expect(lines[500] == "[unused495]")
    lines[500] = "zzzz"
    _ = try WordPieceVocabulary(lines: lines, name: "v")
    #expect(
      throws: VocabularyError.misplaced(file: "v", token: "[unused495]", expected: 500, found: nil)
    ) { try WordPieceVocabulary(lines: lines, name: "v", hasBoxes: true) }
  }

  @Test func repeatedTokens() throws {
    var lines = try lines()
    lines[700] = lines[690]
    #expect(throws: VocabularyError.duplicate(file: "v", token: lines[690], lines: [691, 701])) {
      try WordPieceVocabulary(lines: lines, name: "v")
    }
  }

  @Test func notUTF8() throws {
    var bytes = Array(try lines().joined(separator: "\n").utf8)
    bytes[7] = 0xFF
    #expect(throws: VocabularyError.notUTF8(file: "v", line: 2)) { try vocabulary(bytes) }
    #expect(throws: VocabularyError.tooLarge(file: "v", bytes: 1 << 26 + 1, limit: 1 << 26)) {
      try vocabulary([UInt8](repeating: 0x0A, count: 1 << 26 + 1))
    }
  }
}
