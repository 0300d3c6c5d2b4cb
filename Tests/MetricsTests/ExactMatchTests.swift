import Foundation
import Metrics
import TestSupport
import Testing

@Suite struct ExactMatchTests {
  private struct Label: Decodable {
    let question: String
    let answer: String
  }

  private struct Prediction: Decodable {
    let questionID: Int
    let answer: String

    private enum CodingKeys: String, CodingKey {
      case questionID = "question_id"
      case answer
    }
  }

  private struct Expected: Decodable {
    let accuracy: Double
    let batchSize: Int
    let accuracyByBatches: Double
    let printed: String

    private enum CodingKeys: String, CodingKey {
      case accuracy, printed
      case batchSize = "batch_size"
      case accuracyByBatches = "accuracy_by_batches"
    }
  }

  @Test(.enabled(if: Golden.folder != nil)) func accuracyOfTheReferenceProgram() throws {
    let folder = try #require(Golden.folder).appendingPathComponent("metrics/videoqa")
    let labels = try Golden.bytes(folder.appendingPathComponent("labels.jsonl"))
      .split(separator: 0x0A).map { try JSONDecoder().decode(Label.self, from: Data($0)) }
    let results = try GoldenFiles.decode([Prediction].self, "videoqa/results.json")
    let expected = try GoldenFiles.decode(Expected.self, "videoqa/expected.json")
    #expect(labels.count == 1500)
    let right = results.map { labels[$0.questionID].answer }
    let questions = results.map { labels[$0.questionID].question }
    let found = try ExactMatch().scores(
      of: results.map(\.answer), right: right, questions: questions)
    let overall = try #require(found.scores.first)
    #expect(overall.value == expected.accuracy)
    #expect(String(format: "%.4f", overall.value) == expected.printed)
    // The reference's own sum: means of batches in the order of the file, weighted by their sizes.
    // It is the same share, and rounds as doubles do.
    var sum = 0.0
    for start in stride(from: 0, to: 1500, by: expected.batchSize) {
      let batch = found.accuracies[start..<min(start + expected.batchSize, 1500)]
      sum += batch.reduce(0, +) / Double(batch.count) * Double(batch.count)
    }
    #expect(abs(sum / 1500 - expected.accuracyByBatches) <= 1e-15)
    #expect(abs(overall.value - expected.accuracyByBatches) <= 1e-15)

    // The negative twins: normalized in whatever way, the number is another.
    let stripped = results.map { $0.answer.trimmingCharacters(in: .whitespaces) }
    let lowered = results.map { $0.answer.lowercased() }
    let composed = results.map(\.answer.precomposedStringWithCanonicalMapping)
    for other in [stripped, lowered, composed] {
      let changed = try ExactMatch().scores(
        of: other, right: right.map(\.precomposedStringWithCanonicalMapping), questions: questions)
      #expect(changed.scores.first?.value != expected.accuracy)
    }
  }

  @Test func bytesAreCompared() throws {
    let pairs = [
      ("café", "cafe\u{301}"), ("two", "two "), ("Two", "two"), ("", " "), ("two", "two"), ("", ""),
      ("\u{212B}", "\u{C5}"),
    ]
    let found = try ExactMatch().scores(
      of: pairs.map(\.0), right: pairs.map(\.1), questions: pairs.map { _ in "what" })
    #expect(found.accuracies == [0, 0, 0, 0, 1, 1, 0])
    #expect(found.scores[0].value == 2.0 / 7)
    #expect(found.scores[0].signature.description == "exact_match|nrefs:1|norm:none")
  }

  @Test func questionWords() throws {
    let questions = [
      "what is it?", "who is?", "what's that?", "What is it?", "is it?", " what  now?", "", "where",
      "how\tmany?",
    ]
    let answers = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    let right = ["a", "x", "c", "x", "e", "x", "g", "h", "x"]
    let found = try ExactMatch().scores(of: answers, right: right, questions: questions)
    // Words as the file has them; a question without a word counts in the whole alone.
    #expect(
      found.groups.map(\.name) == ["what", "who", "what's", "What", "is", "where", "how"])
    #expect(found.groups.map(\.count) == [2, 1, 1, 1, 1, 1, 1])
    #expect(found.groups.map(\.value) == [0.5, 0, 1, 0, 1, 1, 0])
    #expect(found.groups.allSatisfy { $0.metric == "accuracy" && $0.kind == "question_word" })
    // Of the usual words those that occur, in the order of the card.
    #expect(
      found.scores.map(\.name)
        == ["accuracy", "accuracy/what", "accuracy/who", "accuracy/how", "accuracy/where"])
    #expect(found.scores.map(\.count) == [9, 2, 1, 1, 1])
    #expect(found.scores.map(\.value) == [5.0 / 9, 0.5, 0, 0, 1])
    #expect(found.scores.map(\.name).allSatisfy(ExactMatch.card.produces.contains))
    for score in found.scores { try MetricLaws.check(score, samples: 9) }
  }

  @Test func laws() throws {
    let right = (0..<200).map { "answer\($0 % 17)" }
    let questions = (0..<200).map {
      ["what is", "who is", "how is", "when", "where", "why"][$0 % 6]
    }
    let answers = (0..<200).map { "answer\(($0 * 7) % 17)" }
    let found = try ExactMatch().scores(of: answers, right: right, questions: questions)
    for score in found.scores { try MetricLaws.check(score, samples: 200) }
    // A perfect prediction is the maximum; order does not matter.
    let perfect = try ExactMatch().scores(of: right, right: right, questions: questions)
    #expect(perfect.scores.allSatisfy { $0.value == 1 })
    #expect(found.scores[0].value < 1)
    let reversed = try ExactMatch().scores(
      of: answers.reversed(), right: right.reversed(), questions: questions.reversed())
    #expect(reversed.scores.map(\.value) == found.scores.map(\.value))
    // The whole is made of its parts.
    let parts = found.groups.reduce(0) { $0 + $1.value * Double($1.count) }
    #expect(MetricLaws.isNear(parts / 200, found.scores[0].value))
    #expect(found.groups.reduce(0) { $0 + $1.count } == 200)
  }

  @Test func listsOfDifferentLengths() {
    #expect(throws: MetricError.noSamples(metric: "exact_match")) {
      try ExactMatch().scores(of: [], right: [], questions: [])
    }
    #expect(throws: MetricError.countsDiffer(what: "answers", expected: 2, found: 1)) {
      try ExactMatch().scores(of: ["a"], right: ["a", "b"], questions: ["q", "q"])
    }
    #expect(throws: MetricError.countsDiffer(what: "questions", expected: 2, found: 1)) {
      try ExactMatch().scores(of: ["a", "b"], right: ["a", "b"], questions: ["q"])
    }
  }
}
