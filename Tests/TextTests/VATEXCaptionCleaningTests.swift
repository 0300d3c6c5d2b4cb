import Foundation
import Records
import TestSupport
import Testing
import Text

/// `String`'s own equality would let canonical equivalents pass.
private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct VATEXCaptionCleaningTests {
  @Test(.enabled(if: Golden.folder != nil)) func captionsOfTheReferenceProgram() throws {
    let vatex = try #require(Golden.folder).appendingPathComponent("metrics/vatex").path
    let submission = try #require(try JSONFile.read("\(vatex)/submission.json").object)
    let cleaned = try #require(try JSONFile.read("\(vatex)/expected.json")["cleaned"]?.object)
    #expect(submission.members.count == 300)
    var changed = 0
    for member in submission.members {
      let raw = try #require(member.value.string)
      let expected = try #require(cleaned[member.key]?.string)
      #expect(bytes(VATEXCaptionCleaning.cleaned(raw)) == bytes(expected), "\(member.key)")
      if bytes(raw) != bytes(expected) { changed += 1 }
    }
    // The negative twin: captions as they came are not what is expected.
    #expect(changed > 20)
  }

  @Test(arguments: [
    ("a dog runs .", "a dog runs ."), ("", ""), ("a picture of", "a picture of"),
    ("a picture of ", ""), ("a picture of a dog .", "a dog ."),
    ("we see a picture of a picture of a dog .", "a dog ."),
    // Looked for without the space, cut with it: found, not cut, and the search is over.
    ("a picture ofa dog .", "a picture ofa dog ."),
    ("a video ofa video clip of x", "a video ofa video clip of x"),
    // One of the four alone, in the order of the chain and not of the caption.
    ("a video clip of a video of x", "x"), ("a video of a video clip of x", "a video clip of x"),
    ("a video showing a video clip of x", "x"),
    ("a video tutorial on a video showing x", "x"),
    ("a video tutorial on how to bake", "how to bake"),
    ("a picture of a video showing a cat .", "a cat ."),
    // The prompt goes first: what it leaves is what the chain sees.
    ("a video of a picture of a cat", "a cat"),
    // The last occurrence counts.
    ("a video of x and a video of y", "y"),
    ("A picture of a dog", "A picture of a dog"), ("a  picture of a dog", "a  picture of a dog"),
    // Bytes, not characters: a combining mark behind the space changes nothing.
    ("a picture of \u{301}e", "\u{301}e"), ("cafe\u{301} a video of cafe\u{301}", "cafe\u{301}"),
  ])
  func chain(_ caption: String, _ expected: String) {
    #expect(bytes(VATEXCaptionCleaning.cleaned(caption)) == bytes(expected))
  }
}
