import Foundation
import Metrics
import Resources
import TestSupport
import Testing

/// METEOR with small data of our own; the counts are counted by hand.
@Suite("METEOR")
struct METEORTests {
  private static let cache: Result<TemporaryFolder, any Error> = Result {
    let cache = try TemporaryFolder()
    try Resources.addMETEOR(
      from: SmallMETEOR.write(to: cache), environment: ["MPLUG_EVAL_CACHE": cache.path])
    return cache
  }

  private func metric(threads: Int? = nil) throws -> METEOR {
    let path = try Self.cache.get().path
    let data = try Resources.meteor(environment: ["MPLUG_EVAL_CACHE": path])
    return METEOR(resources: try #require(data), threads: threads)
  }

  private func align(_ hypothesis: String, _ references: String...) throws -> METEORAlignment {
    let corpus = try CaptionCorpus(hypotheses: [hypothesis], references: [references])
    return try #require(try metric().alignments(of: corpus).first)
  }

  /// A match as text: places and lengths in the reference and in the hypothesis, and the module.
  private func matches(_ hypothesis: String, _ reference: String) throws -> [String] {
    try align(hypothesis, reference).matches.map {
      "\($0.referenceStart)+\($0.referenceLength) \($0.hypothesisStart)+\($0.hypothesisLength) "
        + "\($0.module)"
    }
  }

  @Test func countsAndFormula() throws {
    let alignment = try align("a dog runs", "a dog sleeps")
    var expected = [Double](repeating: 0, count: 23)
    expected.replaceSubrange(0..<8, with: [3, 3, 1, 1, 1, 1, 1, 1])
    expected.replaceSubrange(20..<23, with: [1, 2, 2])
    #expect(alignment.statistics == expected)
    // P = R = (0.75 + 0.25) / (0.75 · 2 + 0.25), fragmentation 1 / 2.
    let f = 1 / 1.75
    #expect(abs(alignment.score - f * (1 - 0.6 * pow(0.5, 0.2))) < 1e-15)
  }

  @Test(arguments: [
    ("a boy", "a lad", "0+1 0+1 exact, 1+1 1+1 synonym"),
    ("a boy", "a girl", "0+1 0+1 exact"),
    // The stem of both; the base form of one.
    ("walks", "walking", "0+1 0+1 stem"),
    ("boys", "lad", "0+1 0+1 synonym"),
    ("men", "guy", "0+1 0+1 synonym"),
    ("ran", "sprint", "0+1 0+1 synonym"),
    // An irregular form whose base has no synsets.
    ("oxen", "ox", ""),
    ("tv", "television set", "0+2 0+1 paraphrase"),
    ("television set", "tv", "0+1 0+2 paraphrase"),
    ("tv set", "television set", "0+2 0+2 paraphrase"),
    ("near it", "next to it", "0+2 0+1 paraphrase, 2+1 1+1 exact"),
    ("beside it", "next to it", "0+2 0+1 paraphrase, 2+1 1+1 exact"),
    ("caf\u{E9}", "bar", "0+1 0+1 paraphrase"),
    // Java's hashes are equal.
    ("c5", "as", "0+1 0+1 exact"),
    ("", "a", ""),
    ("a", "", ""),
  ])
  func modules(_ hypothesis: String, _ reference: String, _ expected: String) throws {
    #expect(try matches(hypothesis, reference).joined(separator: ", ") == expected)
  }

  @Test func aPairOfTheTableInBothDirectionsIsListedTwice() throws {
    // Neither match is certain then; three words and one gain 1 + 0, so the search takes one.
    #expect(try matches("before", "in front of") == ["0+3 0+1 paraphrase"])
  }

  @Test func aSingleContestedWordIsNotWorthAChunk() throws {
    // Stem and synonym both: not certain, and a half word gains nothing in the search.
    #expect(try matches("runs", "run") == [])
    #expect(try matches("guys", "man") == ["0+1 0+1 synonym"])
  }

  @Test func wordsAreNormalized() throws {
    let alignment = try align("5\u{A0}1/2 isn't vs. no. X", "u.s. a-b-c 's")
    #expect(alignment.hypothesis == ["5", "1", "/", "2", "isn", "'t", "vs.", "no", ".", "x"])
    #expect(alignment.reference == ["us", "a", "b-c", "'", "s"])
  }

  @Test func barsDivideReferences() throws {
    let alignment = try align("a ||| dog", "a cat ||| a dog|||")
    #expect(alignment.hypothesis == ["a", "dog"])
    #expect(alignment.reference == ["a", "dog"])
    #expect(alignment.score == 1)
  }

  @Test func theFirstOfEqualReferencesCounts() throws {
    let alignment = try align("a dog", "x", "a cat", "a cow", "y")
    #expect(alignment.reference == ["a", "cat"])
  }

  @Test func longCaptionsHaveMoreWordsThanOneRowOfBits() throws {
    let words = (0..<150).map { "w\($0 % 70)" }
    let text = words.joined(separator: " ")
    let alignment = try align(text, "x " + text)
    #expect(alignment.statistics[21] == 150)
    #expect(alignment.statistics[22] == 150)
    #expect(alignment.statistics[20] == 1)
  }

  @Test func theCorpusValueComesFromSums() throws {
    let corpus = try CaptionCorpus(
      hypotheses: ["a dog runs", "the cat", "", "boys of tv"],
      references: [
        ["a dog sleeps"], ["the cat", "cat"], ["a"], ["a lad", "television set of men"],
      ])
    let score = try #require(try metric().scores(of: corpus).first)
    try MetricLaws.check(score, samples: 4)
    let rows = score.statistics.rows
    // The second segment is perfect: its chunk does not count.
    #expect(rows[23 + 20] == 0)
    #expect(rows[23 + 21] == 2)
    #expect(score.samples?[1] == 1)
    #expect(score.samples?[2] == 0)
    let mean = (score.samples ?? []).reduce(0, +) / 4
    #expect(score.value != mean)
    #expect(score.name == "METEOR")
    // What run folders keep gives it again.
    guard
      case .sums(METEOR.card.name, 23, let value) = METEOR.corpusRule(
        of: "METEOR", signature: score.signature)
    else {
      Issue.record("METEOR is a function of sums")
      return
    }
    #expect(SampleStatistics(width: 23, rows: rows, value: value).whole == score.value)
    #expect(score.notes.count == 1)
  }

  @Test func noMatchAtAllIsZero() throws {
    let corpus = try CaptionCorpus(hypotheses: ["", "x"], references: [["y"], ["z"]])
    let score = try #require(try metric().scores(of: corpus).first)
    #expect(score.value == 0)
    #expect(score.samples == [0, 0])
  }

  @Test func signature() throws {
    let corpus = try CaptionCorpus(
      hypotheses: ["a"], references: [["a", "b"]], tokenization: "none")
    let score = try #require(try metric().scores(of: corpus).first)
    let path = try Self.cache.get().path
    let data = try #require(try Resources.meteor(environment: ["MPLUG_EVAL_CACHE": path]))
    #expect(
      score.signature.description
        == "METEOR|nrefs:2|tok:none|meteor:1.5|lang:en|norm:yes|alpha:0.85|beta:0.2|gamma:0.6|"
        + "delta:0.75|weights:1,0.6,0.8,0.6|data:\(data.digest.prefix(8))")
  }

  @Test func neitherThreadsNorOrderMatter() throws {
    var random = TestRandom(seed: 5)
    let words =
      ["a", "the", "boy", "lad", "boys", "runs", "run", "sprint", "in", "front", "of"]
      + ["before", "tv", "set", "television", "next", "to", "near", "it", "'s", "caf\u{E9}"]
    func sentence() -> String {
      (0...random.below(20)).map { _ in words[random.below(words.count)] }
        .joined(separator: " ")
    }
    let hypotheses = (0..<200).map { _ in sentence() }
    let references = (0..<200).map { _ in (0...random.below(4)).map { _ in sentence() } }
    let corpus = try CaptionCorpus(hypotheses: hypotheses, references: references)
    let one = try metric(threads: 1).scores(of: corpus)[0]
    for threads in [2, 3, 16] {
      let other = try metric(threads: threads).scores(of: corpus)[0]
      #expect(other.value.bitPattern == one.value.bitPattern)
      #expect(other.samples == one.samples)
      #expect(other.statistics.rows == one.statistics.rows)
    }
    let backwards = try CaptionCorpus(
      hypotheses: hypotheses.reversed(), references: references.reversed())
    let reversed = try metric().scores(of: backwards)[0]
    #expect(reversed.value.bitPattern == one.value.bitPattern)
    #expect(reversed.samples == one.samples?.reversed())
    // A single image gives what it gives among others.
    for image in [0, 17, 199] {
      let alone = try CaptionCorpus(
        hypotheses: [hypotheses[image]], references: [references[image]])
      #expect(try metric().scores(of: alone)[0].samples?[0] == one.samples?[image])
    }
  }
}
