import Foundation
import Models
import Tensors
import Testing

@Suite struct AnswerRankingTests {
  static let runs = GoldenModel.names.flatMap { name in ["vqa", "videoqa"].map { (name, $0) } }

  func ranking(_ golden: DecoderGolden, _ task: String) throws -> AnswerRanking {
    let tensors = try golden.model.tensors(task)
    let answers = zip(tensors.integers("answer_ids"), tensors.integers("answer_mask")).map {
      zip($0, $1).filter { $0.1 != 0 }.map(\.0)
    }
    return try AnswerRanking(answers: answers, limit: tensors.shape("rank_ids")[1])
  }

  @Test(arguments: runs)
  func rankingsAreGolden(_ name: String, _ task: String) throws {
    let golden = try DecoderGolden(name)
    let tensors = try golden.model.tensors(task)
    let ranking = try ranking(golden, task)
    let memories = try golden.memories(task)
    let ranked = try ranking(golden.decoder, memories, golden.engine)
    #expect(
      ranked.map { $0.indices.map(Int32.init) } == tensors.integers("rank_ids"))
    let difference = largestDifference(
      ranked.flatMap(\.probabilities), tensors.floats("rank_probs"))
    #expect(difference < 1e-3)
    if task == "videoqa" {
      let start = try golden.decoder.start(memories, golden.engine)
        .start(memories.map { _ in [101] })
      let logits = largestDifference(start.floats, tensors.floats("start_logits"))
      #expect(logits < 3e-3)
      print("\(name) \(task): start logits \(logits)")
    }
    print("\(name) \(task): probabilities \(difference)")
    let changed = try ranking(golden.decoder, golden.memories(task, changed: true), golden.engine)
    #expect(
      largestDifference(changed.flatMap(\.probabilities), tensors.floats("rank_probs")) > 1e-3)
  }

  /// The tree against the definition: every answer as a text of its own.
  @Test(arguments: GoldenModel.names, [true, false])
  func theTreeEqualsWholeAnswers(_ name: String, _ twice: Bool) throws {
    let golden = try DecoderGolden(name)
    var ranking = try ranking(golden, "vqa")
    ranking.limit = 1000
    ranking.countsFirstTwice = twice
    let engine = golden.engine
    let memory = try golden.memories("vqa")[0]
    let ranked = try ranking(golden.decoder, [memory], engine)[0]
    #expect(ranked.indices.sorted() == Array(ranking.answers.indices))
    #expect(abs(ranked.probabilities.reduce(0, +) - 1) < 1e-5)

    let batch = TokenBatch(ranking.answers)
    let logits = try golden.decoder.logits(
      batch, memories: [memory], memoryOf: ranking.answers.map { _ in 0 }, engine)
    let wanted = ranking.answers.flatMap { answer in
      answer.indices.map { $0 + 1 < answer.count ? [Int(answer[$0 + 1])] : [] }
    }
    let found = engine.logSoftmax(logits, at: wanted)
    let start = engine.logProbabilities(logits.rows(0..<1)).floats
    let scores = zip(ranking.answers, batch.sequences).map { answer, rows in
      found[rows].joined().reduce(twice ? Double(start[Int(answer[1])]) : 0) { $0 + Double($1) }
    }
    let order = scores.indices.sorted {
      scores[$0] > scores[$1] || (scores[$0] == scores[$1] && $0 < $1)
    }
    #expect(ranked.indices == order)
    let largest = scores[order[0]]
    let weights = order.map { exp(scores[$0] - largest) }
    let sum = weights.reduce(0, +)
    #expect(ranked.probabilities == weights.map { Float($0 / sum) })
  }

  @Test func countingTwiceMatters() throws {
    let golden = try DecoderGolden("tiny-base")
    var ranking = try ranking(golden, "vqa")
    let memories = try golden.memories("vqa")
    let twice = try ranking(golden.decoder, memories, golden.engine)
    ranking.countsFirstTwice = false
    #expect(try ranking(golden.decoder, memories, golden.engine) != twice)
  }

  @Test func itemsDoNotMatterToEachOtherNorDoesABudget() throws {
    let golden = try DecoderGolden("tiny-large")
    let ranking = try ranking(golden, "videoqa")
    let memories = try golden.memories("videoqa")
    let together = try ranking(golden.decoder, memories, golden.engine)
    #expect(
      try memories.map { try ranking(golden.decoder, [$0], golden.engine)[0] } == together)
    #expect(
      try ranking(golden.decoder, golden.memories("videoqa", budget: 0), golden.engine)
        == together)
  }

  @Test func equalAnswersStandInTheirOrder() throws {
    let golden = try DecoderGolden("tiny-base")
    let ranking = try AnswerRanking(
      answers: [[101, 160, 102], [101, 161, 102], [101, 160, 102], [101, 160, 102]], limit: 3)
    let memories = try golden.memories("vqa")
    for ranked in try ranking(golden.decoder, memories, golden.engine) {
      let kept = ranked.indices.contains(1) ? [0, 2] : [0, 2, 3]
      #expect(ranked.indices.filter { $0 != 1 } == kept)
    }
  }

  @Test func listsThatMakeNoSenseAreRefused() throws {
    for answers: [[Int32]] in [[], [[]], [[101]], [[101, 160, 102], [102, 160, 102]]] {
      #expect(throws: ModelError.self) { try AnswerRanking(answers: answers, limit: 3) }
    }
    #expect(throws: ModelError.self) { try AnswerRanking(answers: [[101, 102]], limit: 0) }
    let golden = try DecoderGolden("tiny-base")
    let foreign = try AnswerRanking(answers: [[101, 9000, 102]], limit: 1)
    #expect(throws: ModelError.self) {
      try foreign(golden.decoder, golden.memories("vqa"), golden.engine)
    }
  }
}
