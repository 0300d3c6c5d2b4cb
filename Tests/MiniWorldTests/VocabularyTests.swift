import MiniWorld
import Testing
import Text

/// The mini world's vocabulary: the ids of BERT, the words of its texts, letters for all others.
@Suite struct VocabularyTests {
  private let vocabulary = MiniVocabulary()

  private func pieces(_ text: String) throws -> [String] {
    let read = try WordPieceVocabulary(
      lines: vocabulary.entries, name: "vocab.txt", size: 1024, hasBoxes: true)
    return WordPieceTokenizer(read).tokens(of: text)
  }

  @Test func textsOfOtherScenesAreWholeWords() throws {
    for id in 0..<40 {
      var generator = SceneGenerator(seed: 77, name: "\(id)")
      let scene = generator.scene(id: id)
      var captions = Captions(of: scene, seed: 77)
      var questions = Questions(about: scene, seed: 77)
      let texts = captions(5).map(\.text) + questions(4).map(\.text)
      for text in texts {
        let pieces = try pieces(text)
        #expect(!pieces.contains { $0.hasPrefix("##") || $0 == "[UNK]" }, "\(text): \(pieces)")
      }
    }
  }

  @Test func otherWordsAreSpelled() throws {
    let pieces = try pieces("zebra42 quiz!")
    #expect(!pieces.contains("[UNK]"))
    #expect(pieces.contains { $0.hasPrefix("##") })
    #expect(try self.pieces("\u{4E16}").contains("[UNK]"))
  }
}
