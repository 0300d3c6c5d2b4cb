import Foundation
import Records
import TestSupport
import Testing
import Text

/// What holds for every text.
@Suite struct WordPieceLawTests {
  /// Random texts of letters, marks, special tokens and any code point.
  private func texts(_ count: Int) -> [String] {
    var random = TestRandom(seed: 5)
    let parts = ["[SEP]", "[CLS]", "[", "##", "dog", "The ", " ", "\n", "\u{301}", "\u{302E}", "é"]
    return (0..<count).map { _ in
      (0..<random.below(30)).map { _ -> String in
        switch random.below(3) {
        case 0: parts[random.below(parts.count)]
        case 1: Unicode.Scalar(UInt32(random.below(0x300))).map(String.init) ?? ""
        default: Unicode.Scalar(UInt32(random.below(0x110000))).map(String.init) ?? ""
        }
      }.joined()
    }
  }

  @Test func idsStayInTheVocabulary() throws {
    let tokenizer = try WordPieceFixtures.small()
    let known = Int32(tokenizer.vocabulary.count)
    for text in texts(3000) {
      let (ids, isCut) = tokenizer.ids(of: text)
      #expect(ids.first == 101 && !isCut)
      #expect(ids.allSatisfy { $0 >= 0 && $0 < known })
      #expect(ids.dropFirst().map(tokenizer.vocabulary.token) == tokenizer.tokens(of: text))
    }
  }

  @Test func aLimitKeepsTheBeginning() throws {
    let tokenizer = try WordPieceFixtures.small()
    for text in texts(200) {
      let all = tokenizer.ids(of: text).ids
      for limit in 0...all.count + 1 {
        let (ids, isCut) = tokenizer.ids(of: text, limit: limit)
        #expect(ids == Array(all.prefix(limit)) && isCut == (all.count > limit))
      }
    }
  }

  /// Words do not see each other: the ids of two texts with a space between them are those of each.
  @Test func spacesSeparate() throws {
    let tokenizer = try WordPieceFixtures.small()
    let texts = texts(400)
    for (first, second) in zip(texts, texts.dropFirst()) {
      let both = tokenizer.ids(of: first + " " + second).ids
      #expect(both == tokenizer.ids(of: first).ids + tokenizer.ids(of: second).ids.dropFirst())
    }
  }

  /// An id that no token has reads as unknown, like in the original; none crashes.
  @Test func decodingTakesEveryID() throws {
    let tokenizer = try WordPieceFixtures.small()
    #expect(tokenizer.decoded([-1, .max, .min, 100_000]) == "[UNK] [UNK] [UNK] [UNK]")
    #expect(tokenizer.text(of: [101, 0, 102]) == "" && tokenizer.text(of: []) == "")
    #expect(tokenizer.text(of: [103, 102, 100]) == "[MASK]  [UNK]")
    var random = TestRandom(seed: 9)
    for _ in 0..<500 {
      let ids = (0..<random.below(20)).map { _ in Int32(random.below(720)) }
      #expect(!tokenizer.text(of: ids).contains("[SEP]"))
    }
  }

  @Test func longWordsAreUnknown() throws {
    let tokenizer = try WordPieceFixtures.small()
    let letter = String(repeating: "a", count: 100)
    #expect(tokenizer.tokens(of: letter).count > 1)
    #expect(tokenizer.tokens(of: letter + "a") == ["[UNK]"])
    // Counted after accents are gone, in code points.
    #expect(tokenizer.tokens(of: letter + "\u{301}") == tokenizer.tokens(of: letter))
    let million = String(repeating: "é\u{302E}", count: 500_000)
    #expect(tokenizer.ids(of: million).ids == [101, 100])
  }
}
