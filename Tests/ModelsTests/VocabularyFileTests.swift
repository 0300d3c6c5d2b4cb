import Foundation
import Models
import Records
import TestSupport
import Testing
import Text

/// A vocabulary read from its file.
@Suite struct VocabularyFileTests {
  @Test func reading() throws {
    let path = Golden.fixtures.appendingPathComponent("model/vocab.txt").path
    let vocabulary = try WordPieceVocabulary(path: path, size: 704, hasBoxes: true)
    #expect(vocabulary.name == path && vocabulary.token(344) == "[unused339]")
    #expect(throws: VocabularyError.wrongSize(file: path, expected: 705, found: 704)) {
      try WordPieceVocabulary(path: path, size: 705)
    }
    #expect(throws: RecordError.self) { try WordPieceVocabulary(path: path + "x") }
    #expect(throws: RecordError.self) { try WordPieceVocabulary(path: "/") }
  }
}
