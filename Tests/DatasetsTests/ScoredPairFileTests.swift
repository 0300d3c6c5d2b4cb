import Datasets
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// Scored pairs of re-rankings as predictions.
@Suite struct ScoredPairFileTests {
  /// Some pairs with scores, and the letter of each, by image.
  private typealias Rows = [[(text: Int, score: Float, letter: Character)]]

  private func read(
    _ lines: String, _ set: RetrievalReferences
  ) throws -> (ranks: RetrievalRanks, problems: [Problem]) {
    let scratch = try TemporaryFolder()
    let read = try RetrievalPredictionFile.read(
      scratch.write("predictions.jsonl", lines), for: set)
    #expect(read.file.role == "predictions" && read.file.bytes == lines.utf8.count)
    return (read.ranks, read.problems)
  }

  private func message(_ lines: String, _ set: RetrievalReferences? = nil) throws -> String {
    let set = try set ?? ScoreMatrixFileTests.set()
    return "\(try #require(throws: (any Error).self) { try read(lines, set) })"
  }

  private func line(_ image: SampleID, _ row: Rows.Element, lists: Bool = true) throws -> String {
    var object = JSONObject([
      ("image", image.json), ("texts", .array(row.map { .int($0.text) })),
      ("scores", .array(row.map { .double(Double($0.score)) })),
    ])
    if lists { object["lists"] = .string(String(row.map(\.letter))) }
    object["media"] = .strings(["0123"])
    return String(decoding: try JournalLines.line(object), as: UTF8.self)
  }

  /// Few different scores, so that many are equal, some of them −100 and below.
  private func random(
    _ random: inout TestRandom, images: Int, texts: Int, letters: [Character]
  ) -> Rows {
    (0..<images).map { _ in
      (0..<texts).compactMap { text in
        guard random.below(3) > 0 else { return nil }
        let score = random.below(12) == 0 ? -101 + Float(random.below(3)) : Float(random.below(5))
        return (text, score * 0.1, letters[random.below(letters.count)])
      }
    }
  }

  private func dense(_ rows: Rows, texts: Int) -> Data {
    var toText = [Float](repeating: -100, count: rows.count * texts)
    var toImage = toText
    for (image, row) in rows.enumerated() {
      for pair in row {
        if pair.letter != "t" { toText[image * texts + pair.text] = pair.score }
        if pair.letter != "v" { toImage[pair.text * rows.count + image] = pair.score }
      }
    }
    return ScoreFiles.safetensors([
      (name: "i2t", shape: [rows.count, texts], scores: toText),
      (name: "t2i", shape: [texts, rows.count], scores: toImage),
    ])
  }

  private func expectEqual(_ found: QueryRanks?, _ expected: QueryRanks?, _ seed: UInt64) throws {
    let (found, expected) = (try #require(found), try #require(expected))
    #expect(found.queries == expected.queries, "\(seed)")
    #expect(found.ranks == expected.ranks, "\(seed)")
    #expect(found.decidedByTies == expected.decidedByTies, "\(seed)")
    #expect(found.best == expected.best, "\(seed)")
  }

  private func scores(_ ranks: RetrievalRanks) throws -> [String] {
    try
      (RetrievalRecall().scores(of: ranks) + MedianRank().scores(of: ranks)
      + MeanRank().scores(of: ranks)).map { "\($0.name) \($0.value) \($0.signature)" }
  }

  @Test func asTwoFullMatricesWithTheScoreOfUnscoredPairs() throws {
    var (ties, sparse, changes) = (0, 0, 0)
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = TestRandom(seed: seed)
      let images = 1 + random.below(30)
      let texts = images + random.below(60)
      let imageOfText = (0..<texts).map { $0 < images ? $0 : random.below(images) }
      let set = try RetrievalReferences(
        side: .image, images: (0..<images).map { .int(100 + 7 * $0) },
        files: (0..<images).map { "\($0).jpg" }, texts: Array(repeating: "", count: texts),
        imageOfText: imageOfText)
      let rows = self.random(
        &random, images: images, texts: texts, letters: seed % 4 == 0 ? ["b"] : ["v", "t", "b"])
      var lines = try zip(set.images, rows).map { try line($0, $1, lists: seed % 4 != 0) }
      // The order of the lines is no matter.
      lines.swapAt(0, random.below(images))
      let found = try read(lines.joined(), set)
      let scratch = try TemporaryFolder()
      let expected = try RetrievalPredictionFile.read(
        scratch.write("scores.safetensors", dense(rows, texts: texts)), for: set)
      try expectEqual(found.ranks.ofImages, expected.ranks.ofImages, seed)
      try expectEqual(found.ranks.ofTexts, expected.ranks.ofTexts, seed)
      #expect(found.ranks.origin == expected.ranks.origin)
      #expect(try scores(found.ranks) == scores(expected.ranks))
      #expect(found.problems.isEmpty && expected.problems.isEmpty)
      ties += expected.ranks.ofTexts?.decidedByTies.count ?? 0
      sparse += rows.reduce(0) { $0 + texts - $1.count }
      // The negative twin: without the first pair of a right text another order comes out, unless
      // the text was last all the same.
      guard let pair = rows[0].firstIndex(where: { imageOfText[$0.text] == 0 && $0.score > 0.3 })
      else { continue }
      var changed = rows
      changed[0].remove(at: pair)
      let other = try read(zip(set.images, changed).map { try line($0, $1) }.joined(), set)
      let whole = try read(zip(set.images, rows).map { try line($0, $1) }.joined(), set)
      if other.ranks.ofImages?.best != whole.ranks.ofImages?.best
        || other.ranks.ofTexts?.best != whole.ranks.ofTexts?.best
      {
        changes += 1
      }
    }
    #expect(changes > 15)
    #expect(ties > 50 && sparse > 1000)
  }

  @Test func listsJSONAndIDs() throws {
    let set = try ScoreMatrixFileTests.set()
    let records = [
      #"{"image":"a","texts":[0,3],"scores":[0.9,0.7],"lists":"bt"}"#,
      #"{"lists":"","scores":[],"texts":[],"image":"b.jpg"}"#,
      #"{"image":"image:c","texts":[3],"scores":[1e0],"lists":"v","remarks":[]}"#,
    ]
    for text in [
      "[\(records.joined(separator: ","))]", records.joined(separator: "\n"),
      records.joined(separator: "\n") + "\n\n",
    ] {
      let ranks = try read(text, set).ranks
      // Image 1 has no score at all: the higher index comes first.
      #expect(ranks.ofImages?.ranks == [0, 1, 0])
      // Text 3 was looked for with image 0, not with its own.
      #expect(ranks.ofTexts?.ranks == [0, 1, 1, 1])
      #expect(ranks.ofImages?.best[0] == [0, 3, 2, 1])
      #expect(ranks.ofImages?.decidedByTies == [1])
      #expect(ranks.ofTexts?.decidedByTies == [1, 2, 3])
    }
  }

  /// An image without a line is no query, nor are its texts; for the others it was not scored.
  @Test func anImageIsMissing() throws {
    let set = try ScoreMatrixFileTests.set()
    let rows: Rows = [[(0, 1, "b")], [(1, 0.5, "b"), (2, 0.25, "t")], [(3, 1, "b")]]
    let lines = try zip(set.images, rows).map { try line($0, $1) }
    let ranks = try read(lines[0] + lines[2], set).ranks
    #expect(ranks.ofImages?.queries == [0, 2])
    #expect(ranks.ofTexts?.queries == [0, 3])
    #expect(ranks.ofImages?.ranks == [0, 0] && ranks.ofTexts?.ranks == [0, 0])
    #expect(ranks.ofTexts?.best[1] == [2, 1, 0])
    #expect(try read(lines.joined(), set).ranks.ofTexts?.queries == [0, 1, 2, 3])
  }

  @Test func whatIsWrong() throws {
    let good = #"{"image":"a","texts":[0,3],"scores":[0.9,0.7],"lists":"bt"}"# + "\n"
    func bad(_ change: String, _ by: String) -> String {
      good + good.replacing(#""a""#, with: #""b""#).replacing(change, with: by)
    }
    for (lines, says) in [
      (bad("[0,3]", "[0,4]"), "predictions.jsonl:2:25: record 1: there is no text 4"),
      (bad("[0,3]", "[-1,3]"), "there is no text -1: the set has the texts 0 to 3"),
      (bad("[0,3]", "[3,3]"), "the text 3 stands behind 3; write each text once"),
      (bad("[0,3]", "[3,0]"), "the text 0 stands behind 3"),
      (bad("[0,3]", "[0,3.0]"), "expected an integer, found 3.0"),
      (bad("[0,3]", "[0]"), "1 \"texts\", 2 \"scores\" and 2 \"lists\"; each text has one"),
      (bad("[0.9,0.7]", "[0.9]"), "2 \"texts\", 1 \"scores\""),
      (bad(#","lists":"bt""#, "").replacing("[0.9,0.7]}", with: "[0.9]}"), "1 \"scores\"; each"),
      (bad(#""bt""#, #""bvt""#), "3 \"lists\""),
      (bad(#""bt""#, #""bx""#), "must be letters v, t or b, found a string \"bx\""),
      (bad(#""bt""#, "7"), "must be letters v, t or b, found the number 7"),
      (bad("0.9", "null"), "a score must be a number, found null"),
      (bad("0.9", "NaN"), "NaN is not JSON"),
      (bad("0.9", "1e999"), "too large"),
      (bad("0.9", "1e39"), "record 1: the number 1e39 is too large for a float32"),
      (bad("[0.9,0.7]", "0.9"), "\"scores\" must be a list, found the number 0.9"),
      (bad("[0,3]", "{}"), "\"texts\" must be a list, found an object"),
      (bad(#","scores":[0.9,0.7]"#, ""), "\"scores\" is missing"),
      (bad(#""texts":[0,3],"#, ""), "\"texts\" is missing"),
      (bad(#""image":"b","#, ""), "\"image\" is missing"),
      (bad(#""image":"b""#, #""image":[1]"#), "\"image\" must be an integer or a string"),
      (bad(#""scores""#, #""texts":[],"scores""#), "\"texts\" stands twice"),
      (bad(#""b""#, #""z""#), "1 images not in the reference set (first: z)"),
      (good + good, "image a occurs twice, in records 0 and 1"),
      (good + good.replacing(#""a""#, with: #""a.jpg""#), "image a occurs twice"),
      (String(good.dropLast(9)), "truncated"),
    ] {
      let message = try message(lines)
      #expect(message.contains(says), "\(message) | \(says)")
      #expect(!message.contains("\n"))
    }
    // What is right is right.
    let fine = try read(
      bad("b", "b") + good.replacing(#""a""#, with: #""c""#),
      .init(
        side: .image, images: ["a", "b", "c"], files: ["", "", ""], texts: ["", "", "", ""],
        imageOfText: [0, 1, 2, 2]))
    #expect(fine.ranks.ofImages?.queries == [0, 1, 2])
  }
}
