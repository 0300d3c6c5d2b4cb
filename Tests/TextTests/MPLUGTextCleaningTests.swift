import Records
import TestSupport
import Testing
import Text

/// The reference's cleaning functions, identical for every golden text.
@Suite struct MPLUGTextCleaningTests {
  private func expectSame(_ found: String, _ golden: JSONValue?) {
    #expect(Array(found.utf8) == golden?.string.map { Array($0.utf8) }, "\(found.debugDescription)")
  }

  @Test func goldenTexts() throws {
    let cases = try WordPieceFixtures.cases("cleaning")
    #expect(cases.count == 26)
    for golden in cases {
      let text = try #require(golden["text"]?.string)
      for limit in [3, 30, 50] {
        let found = MPLUGTextCleaning.question(text, words: limit)
        expectSame(found, golden["pre_question_\(limit)"])
      }
      for limit in [3, 30, 40] {
        let found = MPLUGTextCleaning.caption(text, words: limit)
        expectSame(found, golden["pre_caption_\(limit)"])
      }
    }
  }

  @Test func goldenQuestions() throws {
    let annotations = try WordPieceFixtures.cases("vqa_annotations")
    for golden in try WordPieceFixtures.cases("vqa_questions") {
      let (ocr, objects) = (golden["add_ocr"]?.bool == true, golden["add_object"]?.bool == true)
      for (index, annotation) in annotations.enumerated() {
        let read = (ocr ? annotation["ocr"]?.array : nil) ?? []
        let found = MPLUGTextCleaning.question(
          annotation["question"]?.string ?? "", ocr: read.compactMap { $0[1]?.string },
          objectLabel: objects ? annotation["object_label"]?.string : nil)
        expectSame(found, golden["questions"]?[index])
      }
    }
  }

  @Test func goldenPhrases() throws {
    let tokenizer = try WordPieceFixtures.small()
    let cases = try WordPieceFixtures.cases("grounding_phrases")
    #expect(cases.count == 9 && cases.contains { $0["error"] != nil })
    for golden in cases {
      let phrase = try #require(golden["phrase"]?.string)
      guard golden["error"] == nil else {
        #expect(throws: GroundingPhraseError.self) {
          try GroundingPhrase(phrase, tokenizer: tokenizer)
        }
        continue
      }
      let found = try GroundingPhrase(phrase, tokenizer: tokenizer)
      #expect(found.ids == golden["input_ids"]?.ids, "\(phrase)")
      #expect(found.mask.map { $0 ? 1 : 0 } == golden["input_mask"]?.ids)
      #expect(found.realIDs == found.ids.filter { $0 != 0 } && found.realIDs.last == 102)
    }
  }

  /// The pair's mark counts with spaces on both sides, behind stripping, on one line.
  @Test(arguments: [
    ("a ||| b", true), ("a |||", false), ("||| b", false), ("a|||b", false), ("\ta ||| b\n", true),
    ("x\na ||| b", false),
  ])
  func pairs(_ phrase: String, isPair: Bool) throws {
    let tokenizer = try WordPieceFixtures.small()
    if isPair {
      let error = #expect(throws: GroundingPhraseError.self) {
        try GroundingPhrase(phrase, tokenizer: tokenizer)
      }
      #expect(error == .pair(phrase: "a ||| b"))
    } else {
      #expect(try GroundingPhrase(phrase, tokenizer: tokenizer).ids.count == 20)
    }
  }

  @Test func longPhrasesAreCut() throws {
    let tokenizer = try WordPieceFixtures.small()
    let words = { String(repeating: "dog ", count: $0) }
    let (fits, cut) = (
      try GroundingPhrase(words(18), tokenizer: tokenizer),
      try GroundingPhrase(words(19), tokenizer: tokenizer)
    )
    #expect(fits.ids == cut.ids && !fits.isCut && cut.isCut && fits.ids.last == 102)
  }

  @Test(arguments: [
    ("a picture of a dog", "a dog ."), ("a dog", "a dog ."),
    ("a picture of a video of a cat", "a cat ."), ("a picture of", "."),
  ])
  func videoCaptions(_ decoded: String, _ caption: String) {
    #expect(MPLUGTextCleaning.videoCaption(decoded) == caption)
  }

  @Test func negativeTwin() {
    #expect(MPLUGTextCleaning.question("a  b", words: 2) == "a ")
    #expect(MPLUGTextCleaning.caption("a  b", words: 2) == "a b")
    #expect(MPLUGTextCleaning.question("\u{39F}\u{3A3}", words: 2) == "\u{3BF}\u{3C2}")
    #expect(MPLUGTextCleaning.caption("<person>  <Person>x", words: 9) == "person personx")
    #expect(MPLUGTextCleaning.caption("", words: 9) == "")
    #expect(MPLUGTextCleaning.question("a b", words: 0) == "")
  }
}
