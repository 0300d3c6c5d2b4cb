import Foundation
import TestSupport
import Testing
import Text

@Suite("English stemmer")
struct EnglishStemmerTests {
  @Test(arguments: [
    "caresses caress", "flies fli", "dies die", "mules mule", "denied deni", "gas gas",
    "this this", "kiwis kiwi", "agreed agre", "owned own", "humbled humbl", "sized size",
    "meeting meet", "hopping hop", "hoping hope", "feed feed", "by by", "say say", "cry cri",
    "enjoying enjoy", "boyish boyish", "generously generous", "communism communism",
    "itemization item", "sensational sensat", "traditional tradit", "reference refer",
    "colonizer colon", "plotted plot", "skies sky", "only onli", "inning inning",
    "evening even", "biologist biologist", "realization realiz", "intern intern",
    "emergency emerg", "'tis tis", "dog's dog", "dogs' dog", "''s ", "naïve naïv", "à à",
  ])
  func stems(_ pair: String) {
    let parts = pair.split(separator: " ", omittingEmptySubsequences: false)
    #expect(EnglishStemmer.stem(String(parts[0])) == String(parts[1]))
  }

  @Test(.enabled(if: Golden.folder != nil)) func officialStems() throws {
    let folder = try #require(Golden.folder)
    let text = try String(
      contentsOf: folder.appendingPathComponent("metrics/meteor/stems.tsv"), encoding: .utf8)
    let pairs = text.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let wrong = pairs.filter { EnglishStemmer.stem($0[0]) != $0[1] }
    #expect(pairs.count == 8214)
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(10))")
    // The negative twin: another word has another stem.
    #expect(pairs.allSatisfy { EnglishStemmer.stem($0[0] + "qx") != $0[1] })
  }
}
