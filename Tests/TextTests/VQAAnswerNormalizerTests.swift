import Foundation
import TestSupport
import Testing
import Text

/// A line of golden text; `String`'s own equality would let canonical equivalents pass.
private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite("VQA answers")
struct VQAAnswerNormalizerTests {
  private let normalizer = VQAAnswerNormalizer()

  struct Line: Decodable {
    let text: String
    let punctuation: String
    let normalized: String
  }

  @Test(.enabled(if: Golden.folder != nil)) func officialLines() throws {
    let folder = try #require(Golden.folder)
    let file = try Golden.bytes(folder.appendingPathComponent("metrics/vqa/normalize.jsonl"))
    var count = 0
    for line in file.split(separator: 0x0A) {
      let golden = try JSONDecoder().decode(Line.self, from: Data(line))
      #expect(
        bytes(normalizer.punctuation(golden.text)) == bytes(golden.punctuation), "\(golden.text)")
      #expect(
        bytes(normalizer.normalize(golden.text)) == bytes(golden.normalized), "\(golden.text)")
      count += 1
    }
    #expect(count == 974)
  }

  @Test(arguments: [
    ("\u{A0}\tyes\nsir \r", "yes sir"), ("", ""), (" \n", ""), ("a\tb", "a b"),
    ("\u{2003}x\u{301} ", "x\u{301}"),
  ])
  func strip(_ text: String, _ expected: String) {
    #expect(bytes(normalizer.strip(text)) == bytes(expected))
  }

  // A mark beside a space goes everywhere, another becomes a space; a comma in a number lets all
  // marks go; periods stay before digits.
  @Test(arguments: [
    ("a-b", "a b"), ("a- b-c", "a bc"), ("-b", " b"), ("1,000-2", "10002"),
    ("1,000 a/b", "1000 ab"), ("1, 000-2", "1 000 2"), ("u.s.", "us"), ("2.5", "2.5"),
    ("5.", "5"), (".5", ".5"), ("it's 5%", "it's 5%"), ("٣,٤-a", "٣٤a"), (".٣", ".٣"),
    (String(repeating: ".", count: 34), ".."), ("x.,5", "x 5"),
  ])
  func punctuation(_ text: String, _ expected: String) {
    #expect(bytes(normalizer.punctuation(text)) == bytes(expected))
  }

  @Test(arguments: [
    ("The Dog", "dog"), ("none", "0"), ("TEN  dogs", "10 dogs"), ("a the an", ""),
    ("dont", "don't"), ("Im", "im"), ("somebody'd", "somebodyd"), ("lets", "lets"),
    ("ow's'at", "'ow's'at"), ("One\u{2003}two", "1 2"), ("eleven", "eleven"),
    // Capital sigma at the end of a word, and where a full stop hides that it is not the end.
    ("\u{39F}\u{3A3}", "\u{3BF}\u{3C2}"), ("\u{391}\u{3A3}.\u{3A3}", "\u{3B1}\u{3C3}.\u{3C2}"),
    ("\u{130}", "i\u{307}"),
  ])
  func words(_ text: String, _ expected: String) {
    #expect(bytes(normalizer.words(text)) == bytes(expected))
  }

  @Test func anotherTextIsAnother() {
    #expect(normalizer.normalize("two dogs") != normalizer.normalize("two cats"))
    // Stripping first matters: a mark at the end of the bare text has no space beside it.
    #expect(normalizer.normalize(" -5 a-b") == "5 ab")
    #expect(normalizer.normalize(normalizer.strip(" -5 a-b")) == "5 b")
  }

  @Test func canonicalEquivalentsStayDifferent() {
    #expect(bytes(normalizer.normalize("é")) != bytes(normalizer.normalize("e\u{301}")))
  }
}
