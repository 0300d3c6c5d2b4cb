import Foundation
import TestSupport
import Testing
import Text

@Suite("PTB tokenizer: laws and limits")
struct PTBTokenizerLawTests {
  let tokenizer = PTBTokenizer()

  private func captions() throws -> [String] {
    let file = Golden.fixtures.appendingPathComponent("tokenizer/isolated.jsonl")
    return try decodeLines(PTBCaption.self, Golden.bytes(file)).map(\.caption)
  }

  // MARK: Negative twins

  @Test(
    "a changed caption changes its tokens",
    arguments: [
      ("a dog's life", "a dogs life"), ("Ark. hills", "ark. hills"),
      ("vitamin C. The end", "vitamin C. the end"),
      ("cafe\u{301}", "caf\u{E9}"), ("hi :) x", "hi :) 1"), ("1/2 cup", "1 / 2 cup"),
    ])
  func negativeTwin(caption: String, twin: String) {
    let tokens = tokenizer.tokenizeIsolated([caption, twin])
    #expect(!tokens[0].utf8.elementsEqual(tokens[1].utf8))
  }

  @Test("a comparison notices one wrong code point")
  func comparisonIsSharp() {
    #expect(differences(["caf\u{E9}"], ["cafe\u{301}"], of: ["x"]).count == 1)
    #expect(differences(["a"], ["a", "b"], of: ["x", "y"]).count == 1)
  }

  // MARK: What was asked before, and by whom, does not matter

  @Test("a used tokenizer, a fresh one and one used backwards agree")
  func history() throws {
    let captions = try captions()
    let expected = PTBTokenizer().tokenize(captions)
    _ = tokenizer.tokenize(captions.reversed())
    #expect(differences(tokenizer.tokenize(captions), expected, of: captions) == [])
    let single = captions.map { tokenizer.tokenize([$0])[0] }
    #expect(differences(tokenizer.tokenizeIsolated(captions), single, of: captions) == [])
  }

  @Test("calls at the same time agree")
  func concurrency() async throws {
    let captions = try captions()
    let expected = PTBTokenizer().tokenize(captions)
    let tokenizer = tokenizer
    await withTaskGroup(of: [String].self) { group in
      for _ in 0..<16 { group.addTask { tokenizer.tokenize(captions) } }
      for await found in group {
        #expect(differences(found, expected, of: captions) == [])
      }
    }
  }

  // MARK: Captions stay where they are

  @Test("no caption, empty captions")
  func empty() {
    #expect(tokenizer.tokenize([]) == [])
    #expect(tokenizer.lex([]) == [])
    #expect(tokenizer.tokenizeIsolated([]) == [])
    #expect(tokenizer.tokenize([""]) == [""])
    #expect(tokenizer.tokenize(["", "a", ""]) == ["", "a", ""])
    #expect(tokenizer.tokenize([" ", "...", "\u{0}", "😀"]) == ["", "", "", ""])
  }

  @Test(
    "a line end inside a caption is a space",
    arguments: [
      "\n", "\r", "\r\n", "\u{B}", "\u{C}", "\u{2028}", "\u{2029}",
    ])
  func lineEnds(lineEnd: String) {
    let captions = ["a dog\(lineEnd)on a bench .", "two cats", "three"]
    #expect(tokenizer.tokenize(captions) == ["a dog on a bench", "two cats", "three"])
    #expect(tokenizer.tokenizeIsolated(captions) == ["a dog on a bench", "two cats", "three"])
    #expect(tokenizer.captionsWithLineBreaks(captions) == (lineEnd == "\n" ? [] : [0]))
  }

  @Test("captions with line ends are named by their place")
  func namedLineEnds() {
    let captions = ["a", "b\u{2029}", "c\u{85}", "\u{C}", "d\ne", "\u{20AC}\u{2027}\u{202A}"]
    #expect(tokenizer.captionsWithLineBreaks(captions) == [1, 3])
    // U+0085 is an ellipsis to the lexer.
    #expect(tokenizer.lex(["c\u{85}d"]) == ["c ... d"])
  }

  @Test("a tag that a later caption closes does not swallow captions")
  func openTags() {
    let captions = ["a", "b <a b=\"x", "c", "d\"> e", "f =.[^x= g", "h <>] i", "<b c='d'> j"]
    #expect(
      tokenizer.lex(captions) == [
        "a", "b < a b = `` x", "c", "d '' > e", "f = . -lsb- ^ x = g", "h < > -rsb- i",
        "<b\u{A0}c='d'> j",
      ])
    #expect(tokenizer.captionsWithOpenTags(captions) == [1, 4])
    #expect(tokenizer.captionsWithOpenTags(["a", "<b>", "< \""]) == [])
    // The lexer by itself swallows them, as the original does.
    #expect(
      tokenizer.lexDocument("a\nb <a b=\"x y\nc\"> e\nf")
        == ["a", "b <a\u{A0}b=\"x\u{A0}y\u{A0}c\"> e", "f"])
  }

  @Test("every caption has its line, whatever the captions are")
  func lineCounts() {
    let pieces = [
      "<a b=\"", "\">", "'", "=.[^x=", "<>]", "A.", "The ", "\r", "\n", ":)", "&amp", ";", "<!a",
      "1/",
      "e.", "@", "\u{301}", "😀", " ", "etc.", "x", "",
    ]
    var state: UInt32 = 7
    func next() -> String {
      state = state &* 1_664_525 &+ 1_013_904_223
      return pieces[Int(state >> 16) % pieces.count]
    }
    for count in 1...60 {
      let captions = (0..<count).map { _ in (0..<8).map { _ in next() }.joined() }
      #expect(tokenizer.tokenize(captions).count == count)
      #expect(tokenizer.lexDocument(captions.joined()).isEmpty == false)
    }
  }

  // MARK: Long captions

  @Test(
    "a megabyte in one caption",
    arguments: [
      "a", "a,", "<a ", "<!a", "<a b=\"x ' ", "=.[^x=", "A. ", "1.", "a-", "'s", "é", "😀",
      "http://",
    ])
  func longCaption(piece: String) {
    let caption = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
    #expect(tokenizer.tokenize([caption, "two cats"]).last == "two cats")
  }

  @Test("scans that are given up change nothing")
  func longScans() {
    // Each comma's scan for an address runs to the end of the caption, or to the `@`.
    let run = String(repeating: "a,", count: 2000)
    let plain = Array(repeating: "a ,", count: 2000).joined(separator: " ")
    #expect(tokenizer.lex([run]) == [plain])
    #expect(tokenizer.lex([run + "b@c d"]) == [run + "b@c d"])
    #expect(tokenizer.lex([run + " " + run + "b@c"]) == [plain + " " + run + "b@c"])
    #expect(tokenizer.lex([run + "(" + run + "b@c"]) == [plain + " -lrb- " + run + "b@c"])
  }
}
