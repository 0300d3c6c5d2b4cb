import Datasets
import Foundation
import Metrics
import Records
import TestSupport
import Testing

@Suite struct RankingFileTests {
  /// COCO-like: numbers as ids, two of which are also numbers of texts.
  private func coco() throws -> RetrievalReferences {
    try RetrievalReferences(
      side: .image, images: [391895, 2, 4],
      files: ["val2014/COCO_val2014_000000391895.jpg", "val2014/B.jpg", "val2014/C.jpg"],
      texts: (0..<6).map { "\($0)" }, imageOfText: [0, 0, 1, 1, 2, 2])
  }

  private func clips() throws -> RetrievalReferences {
    try RetrievalReferences(
      side: .video, images: ["video7", "video9"], files: ["video7.mp4", "video9.mp4"],
      texts: ["x", "y"], textNames: ["ret0", "ret1"], imageOfText: [0, 1])
  }

  private func read(
    _ text: String, _ set: RetrievalReferences
  ) throws -> (RetrievalRanks, [Problem]) {
    let scratch = try TemporaryFolder()
    let read = try RetrievalPredictionFile.read(try scratch.write("mine.json", text), for: set)
    return (read.ranks, read.problems)
  }

  private func message(_ text: String, _ set: RetrievalReferences) throws -> String {
    "\(try #require(throws: (any Error).self) { try read(text, set) })"
  }

  @Test func bothDirections() throws {
    let (ranks, problems) = try read(
      """
      [{"query": "image:391895", "ranking": [5, "text:1", 0]},
       {"ranking": ["text:2", "B.jpg#1"], "query": "image:2", "score": [1, 2]},
       {"query": "image:4", "ranking": [0, 1, 2]},
       {"query": "text:3", "ranking": [391895, "val2014/B.jpg", "C"]},
       {"query": "C.jpg#0", "ranking": ["image:4"]},
       {"query": "text:0", "ranking": []}]
      """, try coco())
    #expect(ranks.origin == .rankings)
    #expect(ranks.ofImages?.queries == [0, 1, 2])
    #expect(ranks.ofImages?.ranks == [1, 0, nil])
    #expect(ranks.ofImages?.best == [[5, 1, 0], [2, 3], [0, 1, 2]])
    #expect(ranks.ofTexts?.queries == [0, 3, 4])
    #expect(ranks.ofTexts?.ranks == [nil, 1, 0])
    #expect(problems.map(\.code) == ["unranked"])
    #expect(problems[0].count == 2 && problems[0].examples == ["image:4", "text:0"])
  }

  /// Names of the same letters in other code points are other images.
  @Test func namesAreBytes() throws {
    let set = try RetrievalReferences(
      side: .image, images: ["caf\u{E9}", "cafe\u{301}"],
      files: ["caf\u{E9}.jpg", "cafe\u{301}.jpg"], texts: ["x", "y"], imageOfText: [0, 1])
    let (ranks, _) = try read(
      """
      [{"query": "cafe\\u0301", "ranking": [1, 0]}, {"query": "caf\\u00e9.jpg", "ranking": [1, 0]},
       {"query": "text:1", "ranking": ["caf\\u00e9.jpg", "cafe\\u0301.jpg"]}]
      """, set)
    #expect(ranks.ofImages?.queries == [0, 1])
    #expect(ranks.ofImages?.ranks == [1, 0])
    #expect(ranks.ofTexts?.ranks == [1])
  }

  /// Numbers are images if all are, else texts if all are, else what each alone can be.
  @Test func bareNumbersAreDecidedByTheFile() throws {
    let set = try coco()
    let images = try read(
      """
      {"query": 391895, "ranking": [0]}
      {"query": 2, "ranking": [2]}
      {"query": "4", "ranking": [2, 5]}
      """, set
    ).0
    #expect(images.ofImages?.ranks == [0, 0, 1] && images.ofTexts == nil)
    let texts = try read(
      """
      {"query": 2, "ranking": [2]}
      {"query": 4, "ranking": [2, 4]}
      {"query": 0, "ranking": [391895]}
      """, set
    ).0
    #expect(texts.ofTexts?.queries == [0, 2, 4])
    #expect(texts.ofTexts?.ranks == [0, 0, 1] && texts.ofImages == nil)
    let mixed = try read(
      """
      {"query": 391895, "ranking": [0]}
      {"query": 0, "ranking": [391895]}
      {"query": "text:2", "ranking": [2]}
      """, set
    ).0
    #expect(mixed.ofImages?.ranks == [0] && mixed.ofTexts?.ranks == [0, 0])
    #expect(
      try message(
        """
        {"query": 391895, "ranking": [0]}
        {"query": 0, "ranking": [391895]}
        {"query": 2, "ranking": [2]}
        """, set
      ).contains("1 queries not in the reference set (first: 2); a query is an image"))
  }

  @Test func clipsByTheirNames() throws {
    let (ranks, problems) = try read(
      """
      {"query": "ret1", "ranking": ["video7.mp4", "video9"]}
      {"query": 0, "ranking": ["video:video7"]}
      {"query": "video9", "ranking": ["ret1", "ret0"]}
      """, try clips())
    #expect(ranks.ofTexts?.ranks == [0, 1])
    #expect(ranks.ofImages?.queries == [1] && ranks.ofImages?.ranks == [0])
    #expect(problems.isEmpty)
  }

  @Test func longRankingsKeepTheBest() throws {
    let set = try RetrievalReferences(
      side: .image, images: ["a"], files: ["a.jpg"], texts: (0..<50).map { "\($0)" },
      imageOfText: Array(repeating: 0, count: 50))
    let order = Array((0..<50).reversed())
    let (ranks, _) = try read("[{\"query\": \"a\", \"ranking\": \(order)}]", set)
    #expect(ranks.ofImages?.best == [Array(order.prefix(10))])
  }

  @Test func wrongRecords() throws {
    let set = try coco()
    for (text, says) in [
      (
        #"[{"query": 1.5, "ranking": []}]"#, ":1:12: record 0: \"query\" must be an integer or a st"
      ),
      (
        #"[{"query": null, "ranking": []}]"#, "\"query\" must be an integer or a string, found null"
      ),
      (#"[{"query": 2}]"#, ":1:2: record 0: \"ranking\" is missing"),
      (#"[{"ranking": [1]}]"#, "\"query\" is missing"),
      (#"[{"image_id": 2, "caption": "x"}]"#, "is missing (it has image_id, caption)"),
      (#"[{"query": 2, "ranking": 5}]"#, "\"ranking\" must be a list of ids, found the number 5"),
      (#"[{"query": 2, "query": 4, "ranking": []}]"#, "\"query\" stands twice in one record"),
      (#"[{"query": 2, "ranking": [], "ranking": []}]"#, "\"ranking\" stands twice in one record"),
      (#"[{"query": 2, "ranking": [0, 9]}]"#, ":1:30: record 0: the candidate 9 is not in the"),
      (#"[{"query": 2, "ranking": ["image:2"]}]"#, "an image ranks texts: write them as text:N"),
      (#"[{"query": "text:2", "ranking": ["text:1"]}]"#, "a text ranks images"),
      (#"[{"query": 2, "ranking": [0, 1, "text:0"]}]"#, "the candidate text:0 stands twice in one"),
      (#"[{"query": 2, "ranking": [[0]]}]"#, "a candidate must be an integer or a string"),
      (#"[{"query": 2, "ranking": [true]}]"#, "found true"),
      (
        #"[{"query": "nobody.jpg", "ranking": []}]"#,
        "1 queries not in the reference set (first: nob"
      ),
      (#"[{"query": "text:6", "ranking": []}]"#, "(first: text:6)"),
      (#"[{"query": "text:-1", "ranking": []}]"#, "(first: text:-1)"),
      (#"[{"query": "C.jpg#2", "ranking": []}]"#, "(first: C.jpg#2)"),
      (
        "[{\"query\": 2, \"ranking\": []},\n{\"query\": \"B.jpg\", \"ranking\": []}]",
        ":2: query image:2 occurs twice, in records 0 and 1"
      ),
      ("[]", "holds no ranking"), (#"[{"query": 2, "ranking": [0"#, "truncated"),
      (#"{"query": 2, "ranking": [0]} {"query": 4, "ranking": []}"#, "expected a new line"),
      ("7", "expected an object"),
    ] as [(String, String)] {
      let found = try message(text, set)
      #expect(found.contains(says), "\(says): \(found)")
      #expect(found.contains("mine.json"))
    }
  }
}
