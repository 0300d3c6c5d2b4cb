import Foundation
import Media
import Models
import Records
import Tensors
import TestSupport
import Testing

/// Retrieval of the tiny models over pictures and videos, against the original's.
@Suite struct RetrievalTaskTests {
  /// A retrieval that is ready to be scored.
  private struct Prepared {
    let tasks: GoldenTasks
    let settings: TaskProtocol
    let gallery: TextGallery
    let features: [VisualFeatures]
    let shortlists: Shortlists

    var embeddings: [Float] { features.flatMap { $0.embedding ?? [] } }

    func scores(
      _ visuals: Range<Int>? = nil, asked: (Int) -> Void = { _ in },
      progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> MatchingScores {
      try tasks.model.scores(
        of: shortlists, gallery, visuals: visuals ?? 0..<features.count, settings,
        features: {
          asked($0)
          return features[$0]
        }, progress: progress)
    }
  }

  /// - Parameters:
  ///   - part: `retrieval` or `video_retrieval`.
  ///   - batch: how many pictures are encoded at a time.
  private func prepare(
    _ name: String, _ part: String, batch: Int = 8, engine: Engine = Engine(),
    change: (inout TaskProtocol, inout [String]) -> Void = { _, _ in }
  ) throws -> Prepared {
    let task = part == "retrieval" ? ModelTask.retrieval : .videoRetrieval
    let tasks = try GoldenTasks(name, [task], engine: engine)
    var settings = try tasks.settings(task)
    let k = try #require(try tasks.manifest(part)["k_test"]?.int)
    settings.output = .matching(MatchingRule(shortlist: k, addsSimilarity: task.isVideo))
    var texts = try tasks.strings(part, "captions_raw")
    change(&settings, &texts)
    let gallery = try tasks.model.gallery(
      of: texts.enumerated().map { TextInput(sample: "t\($0)", $1) }, settings)
    let features: [VisualFeatures]
    if task.isVideo {
      features = try tasks.model.features(of: tasks.videos(part, settings), settings)
    } else {
      let pictures = try tasks.pictures(part, settings)
      features = try stride(from: 0, to: pictures.count, by: batch).flatMap {
        try tasks.model.features(
          of: Array(pictures[$0..<min($0 + batch, pictures.count)]), settings)
      }
    }
    let shortlists = try tasks.model.shortlists(
      of: features.map { $0.embedding ?? [] }, and: gallery, settings)
    return Prepared(
      tasks: tasks, settings: settings, gallery: gallery, features: features,
      shortlists: shortlists)
  }

  @Test(arguments: GoldenTasks.names, ["retrieval", "video_retrieval"])
  func scoreMatrices(_ name: String, _ part: String) throws {
    let prepared = try prepare(name, part)
    let golden = try prepared.tasks.golden.tensors(part)
    let isVideo = part != "retrieval"
    #expect(
      largestDifference(
        prepared.embeddings, golden.floats(isVideo ? "video_feat" : "image_feat")) < 1e-4)
    #expect(
      largestDifference(prepared.gallery.embeddings.floats, golden.floats("text_feat")) < 1e-4)
    let scores = try prepared.scores()
    let forward = golden.floats(isVideo ? "score_v2t" : "score_i2t")
    let backward = golden.floats(isVideo ? "score_t2v" : "score_t2i")
    for (found, expected) in [(scores.visuals, forward), (scores.texts, backward)] {
      let dense = found.flatMap(\.dense)
      #expect(largestDifference(dense, expected) < 1e-3)
      // The shortlists are the same: what is on none is exactly −100.
      #expect(dense.map { $0 == -100 } == expected.map { $0 == -100 })
      #expect(dense.contains(-100))
    }
    // Rankings are what recall is made of.
    #expect(rankings(scores.visuals.map(\.dense)) == rankings(rows(forward, scores.texts.count)))
    #expect(rankings(scores.texts.map(\.dense)) == rankings(rows(backward, scores.visuals.count)))
    // Similarities of the shortlists.
    let similarity = rows(golden.floats("similarity"), scores.texts.count)
    for (visual, entries) in prepared.shortlists.textsOfVisual.enumerated() {
      for entry in entries {
        #expect(abs(entry.similarity - similarity[visual][Int(entry.index)]) < 1e-4)
      }
    }
  }

  private func rows(_ numbers: [Float], _ width: Int) -> [[Float]] {
    stride(from: 0, to: numbers.count, by: width).map { Array(numbers[$0..<$0 + width]) }
  }

  private func rankings(_ rows: [[Float]]) -> [[Int]] {
    rows.map { row in
      row.indices.sorted { row[$0] > row[$1] || (row[$0] == row[$1] && $0 < $1) }
    }
  }

  /// A pair that both sides want is computed once, features are asked for once.
  @Test(arguments: ["retrieval", "video_retrieval"])
  func eachPairIsScoredOnce(_ part: String) throws {
    let prepared = try prepare("tiny-large", part)
    var (asked, reports): ([Int], [(Int, Int)]) = ([], [])
    let scores = try prepared.scores(asked: { asked.append($0) }) { reports.append(($0, $1)) }
    #expect(asked == Array(prepared.features.indices))
    var wanted = Set<[Int]>()
    var both = 0
    for (visual, entries) in prepared.shortlists.textsOfVisual.enumerated() {
      for entry in entries { wanted.insert([visual, Int(entry.index)]) }
    }
    for (text, entries) in prepared.shortlists.visualsOfText.enumerated() {
      for entry in entries {
        if !wanted.insert([Int(entry.index), text]).inserted { both += 1 }
      }
    }
    #expect(scores.pairs == wanted.count && both > 0)
    #expect(reports.map(\.0) == reports.map(\.0).sorted() && reports.last?.0 == wanted.count)
    #expect(reports.allSatisfy { $0.1 == wanted.count })
    // Both ways the same number.
    for (visual, row) in scores.visuals.enumerated() {
      for (text, score) in zip(row.candidates, row.scores) {
        let back = scores.texts[text].dense[visual]
        #expect(back == score || back == -100)
      }
    }
  }

  @Test(arguments: GoldenTasks.names)
  func batchesEnginesAndShardsDoNotMatter(_ name: String) throws {
    let whole = try prepare(name, "retrieval").scores()
    for engine in Engines.all {
      for batch in [1, 2] {
        let prepared = try prepare(name, "retrieval", batch: batch, engine: engine)
        #expect(try prepared.scores() == whole)
      }
    }
    let prepared = try prepare(name, "retrieval")
    for ends in [[0, 4], [0, 1, 4], [0, 2, 3, 4], [0, 0, 4]] {
      let shards = try zip(ends, ends.dropFirst()).map { try prepared.scores($0..<$1) }
      #expect(MatchingScores.merged(shards) == whole)
      #expect(shards.reduce(0) { $0 + $1.pairs } == whole.pairs)
    }
    #expect(MatchingScores.merged([]) == nil)
  }

  @Test func whatChangesChangesTheScores() throws {
    let whole = try prepare("tiny-base", "retrieval").scores()
    let other = try prepare("tiny-base", "retrieval") { _, texts in texts[0] = "a zebra" }
    #expect(try other.scores().visuals.map(\.dense) != whole.visuals.map(\.dense))
    // Text cut at three words.
    let short = try prepare("tiny-base", "retrieval") { settings, _ in settings.text?.words = 3 }
    #expect(try short.scores() != whole)
    #expect(short.gallery.remarks.allSatisfy { $0.isEmpty })
    // A shortlist longer than the list is the list.
    let all = try prepare("tiny-base", "retrieval") { settings, _ in
      settings.output = .matching(MatchingRule(shortlist: 256, addsSimilarity: false))
    }
    let scores = try all.scores()
    #expect(scores.pairs == 28 && !scores.visuals.flatMap(\.dense).contains(-100))
    // With the similarity each number is larger by it.
    let added = try prepare("tiny-base", "retrieval") { settings, _ in
      settings.output = .matching(MatchingRule(shortlist: 3, addsSimilarity: true))
    }
    let sums = try added.scores()
    for (visual, entries) in added.shortlists.textsOfVisual.enumerated() {
      let (plain, sum) = (whole.visuals[visual].dense, sums.visuals[visual].dense)
      for entry in entries {
        let text = Int(entry.index)
        #expect(sum[text] == plain[text] + entry.similarity)
      }
    }
  }

  @Test func whatDoesNotFit() throws {
    let prepared = try prepare("tiny-base", "retrieval")
    #expect(throws: ModelError.self) {
      try prepared.tasks.model.shortlists(
        of: [[1, 2, 3]], and: prepared.gallery, prepared.settings)
    }
    // Features of a task that compares by none have none.
    let vqa = try prepared.tasks.settings(.vqa)
    let features = try prepared.tasks.model.features(
      of: [prepared.tasks.pictures("retrieval", vqa)[0]], vqa)
    #expect(features[0].embedding == nil)
    #expect(features[0].tokens.floats == prepared.features[0].tokens.floats)
    // A number that is none names the text and the picture.
    var floats = prepared.features[2].tokens.floats
    floats[70] = .infinity
    let broken = VisualFeatures(
      tokens: prepared.tasks.engine.matrix(17, 64, floats), embedding: nil)
    #expect {
      try prepared.tasks.model.scores(
        of: prepared.shortlists, prepared.gallery, visuals: 0..<4, prepared.settings,
        features: { $0 == 2 ? broken : prepared.features[$0] }, progress: { _, _ in })
    } throws: { error in
      "\(error)".hasPrefix("sample t") && "\(error)".contains("with the picture 2 is not a number")
    }
  }

  /// Pairs of shortlists, by hand.
  @Test func pairs() {
    let lists = Shortlists(
      textsOfVisual: [[.init(2, 0.5), .init(0, 0.25)], [.init(1, 1)]],
      visualsOfText: [[.init(0, 0.25)], [.init(0, -1)], [.init(1, 3), .init(0, 0.5)]])
    let pairs = lists.pairs(of: 0..<2)
    #expect(lists.pairCount(of: 0..<2) == pairs[0].count + pairs[1].count)
    #expect(lists.pairCount(of: 1..<2) == pairs[1].count)
    #expect(pairs.map { $0.map(\.text) } == [[0, 1, 2], [1, 2]])
    #expect(pairs.map { $0.map(\.similarity) } == [[0.25, -1, 0.5], [1, 3]])
    #expect(pairs.map { $0.map(\.isForVisual) } == [[true, false, true], [true, false]])
    #expect(pairs.map { $0.map(\.isForText) } == [[true, true, true], [false, true]])
    #expect(lists.pairs(of: 1..<2) == [pairs[1]])
  }
}
