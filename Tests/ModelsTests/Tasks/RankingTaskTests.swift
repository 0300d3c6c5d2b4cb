import Media
import Models
import Records
import Tensors
import TestSupport
import Testing

/// Ranked answers of the tiny models, against the original's.
@Suite struct RankingTaskTests {
  private func expect(
    _ found: [RankedAnswers], _ tasks: GoldenTasks, _ part: String
  ) throws {
    let tensors = try tasks.golden.tensors(part)
    let indices = tensors.integers("rank_ids")
    #expect(found.map { $0.candidates.map { Int32($0.index) } } == indices && !indices.isEmpty)
    #expect(
      largestDifference(
        found.flatMap { $0.candidates.map(\.probability) }, tensors.floats("rank_probs")) < 1e-3)
  }

  @Test(arguments: GoldenTasks.names)
  func questionsAboutVideos(_ name: String) throws {
    let tasks = try GoldenTasks(name, [.videoQA])
    let answers = try tasks.strings("videoqa", "answer_list")
    var settings = try tasks.settings(.videoQA)
      .ranking(answers, kept: tasks.manifest("videoqa")["k_test"]?.int)
    #expect(settings.signature.contains("|answers:"))
    let features = try tasks.model.features(of: tasks.videos("videoqa", settings), settings)
    let questions = tasks.visualTexts(try tasks.strings("videoqa", "questions"), features)
    let candidates = try tasks.model.candidates(answers)
    let found = try tasks.model.rankedAnswers(to: questions, among: candidates, settings)
    try expect(found, tasks, "videoqa")
    #expect(try found.map(\.text) == tasks.strings("videoqa", "predicted"))
    // One by one, the same bits.
    let single = try questions.flatMap {
      try tasks.model.rankedAnswers(to: [$0], among: candidates, settings)
    }
    #expect(single == found)
    // The first piece once, as it was meant, is another score.
    settings.corrected = [.q5]
    let once = try tasks.model.rankedAnswers(to: questions, among: candidates, settings)
    #expect(
      once.map { $0.candidates.map(\.probability) }
        != found.map { $0.candidates.map(\.probability) })
    // Without a list an answer is generated.
    let free = try tasks.model.answers(to: questions, settings.generating)
    #expect(free.count == 2 && free.allSatisfy { $0.candidates.count == 5 })
  }

  @Test(arguments: GoldenTasks.names)
  func questionsAboutPictures(_ name: String) throws {
    let tasks = try GoldenTasks(name, [.vqa])
    let answers = try tasks.strings("vqa", "answer_list")
    let settings = try tasks.settings(.vqa)
      .ranking(answers, kept: tasks.manifest("vqa")["rank_k"]?.int)
    let features = try tasks.model.features(of: tasks.pictures("vqa", settings), settings)
    let questions = tasks.visualTexts(try tasks.strings("vqa", "questions"), features)
    let found = try tasks.model.rankedAnswers(
      to: questions, among: tasks.model.candidates(answers), settings)
    try expect(found, tasks, "vqa")
    // A protocol that names this list ranks no other.
    let backwards = try tasks.model.candidates(answers.reversed())
    #expect(throws: ModelError.self) {
      try tasks.model.rankedAnswers(to: questions, among: backwards, settings)
    }
    // Another order of the list is another numbering of the same answers.
    let reversed = try tasks.model.rankedAnswers(
      to: questions, among: backwards,
      settings.ranking(answers.reversed()))
    #expect(reversed.map(\.text) == found.map(\.text))
    #expect(
      reversed.map { $0.candidates.map { answers.count - 1 - $0.index } }
        == found.map { $0.candidates.map(\.index) })
  }

  @Test func listsThatCannotBeRanked() throws {
    let tasks = try GoldenTasks("tiny-base", [.videoQA])
    #expect(throws: ModelError.self) { try tasks.model.candidates([]) }
    #expect(throws: ModelError.self) {
      try tasks.model.candidates([String(repeating: "dog ", count: 80)])
    }
    // More wanted than there are: all are ranked.
    let settings = try tasks.settings(.videoQA).ranking(["yes", "no"])
    let features = try tasks.model.features(of: tasks.videos("videoqa", settings), settings)
    let found = try tasks.model.rankedAnswers(
      to: tasks.visualTexts(["is it"], features), among: tasks.model.candidates(["yes", "no"]),
      settings)
    #expect(found[0].candidates.count == 2)
    #expect(abs(found[0].candidates.reduce(0) { $0 + $1.probability } - 1) < 1e-6)
    // A list that the protocol, and so the signature, does not speak of.
    #expect {
      try tasks.model.rankedAnswers(
        to: tasks.visualTexts(["is it"], features), among: tasks.model.candidates(["no", "yes"]),
        settings)
    } throws: { "\($0)".contains("another list of answers") }
  }
}
