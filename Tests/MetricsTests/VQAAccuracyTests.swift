import Metrics
import Testing

@Suite("VQA accuracy")
struct VQAAccuracyTests {
  private struct Small: Decodable {
    let annotations: [GoldenAnnotation]
    let results: [GoldenAnswer]
    let expected: GoldenVQA
  }

  @Test func smallSet() throws {
    let small = try GoldenFiles.fixture(Small.self, "vqa/small.json")
    let references = VQAReferences(small.annotations)
    var answers = try references.ordered(small.results)
    let found = try VQAAccuracy().scores(of: references, answers: answers)
    try small.expected.check(found, "small")
    #expect(
      found.scores.map(\.name)
        == ["accuracy", "accuracy/number", "accuracy/yes-no", "accuracy/other"])
    #expect(found.scores.map(\.count) == [8, 2, 2, 4])
    #expect(
      found.scores[0].signature.description == "accuracy|nrefs:3-10|norm:vqa-v2|digits:unicode")
    #expect(references.answers(of: 7) == ["kite", "bird", "kite"])
    #expect(references.questionType(of: 3) == "what")
    #expect(references.answerType(of: 3) == "other")

    answers[0] = "3"
    let other = try VQAAccuracy().scores(of: references, answers: answers)
    #expect(other.accuracies[0] == 0.3)
    #expect(other.scores[0].value != found.scores[0].value)
    #expect(other.scores[1].value == 65)
    #expect(other.scores[2].value == found.scores[2].value)
  }

  @Test func theOrderOfQuestionsDoesNotMatter() throws {
    let small = try GoldenFiles.fixture(Small.self, "vqa/small.json")
    let references = VQAReferences(small.annotations.reversed())
    let answers = try references.ordered(small.results)
    let found = try VQAAccuracy().scores(of: references, answers: answers)
    #expect(MetricLaws.isNear(found.scores[0].unrounded, small.expected.unrounded.overall))
    #expect(found.accuracies == small.expected.evalQA.map { $0[2] }.reversed())
  }

  /// 0 to 4 humans who agree, among ten with distinct records.
  @Test(arguments: zip(0...5, [0, 30, 60, 90, 100, 100])) func agreement(
    _ humans: Int, _ percent: Double
  ) throws {
    var references = VQAReferences()
    references.append(
      questionID: 1, imageID: 1, questionType: "what", answerType: "other",
      answers: (0..<10).map { $0 < humans ? "Kite" : "bird \($0)" })
    let found = try VQAAccuracy().scores(of: references, answers: ["a kite."])
    #expect(found.scores[0].value == percent)
    #expect(found.scores[0].samples == [percent])
  }

  @Test func variantsDiffer() throws {
    var references = VQAReferences()
    let humans = Array(repeating: "The Dog", count: 9) + ["cat"]
    references.append(
      questionID: 1, imageID: 1, questionType: "what", answerType: "other", answers: humans)
    let answers = ["the dog"]
    #expect(try VQAAccuracy().scores(of: references, answers: answers).scores[0].value == 100)
    let other = try MPLUGVQAAccuracy().scores(of: references, answers: answers).scores
    #expect(other.map(\.name) == ["accuracy-mplug", "accuracy-mplug/other"])
    #expect(other[0].value == 0)
  }

  @Test func softLabels() throws {
    var labels = SoftLabels()
    try labels.append(questionID: 1, labels: [("kite", 0.6), ("bird", 0.3)])
    try labels.append(questionID: 2, labels: [("two", 1)])
    let found = try SoftAccuracy().scores(of: labels, answers: ["bird", "2"])
    #expect(found.scores[0].value == 0.15)
    #expect(found.scores[0].samples == [0.3, 0])
    #expect(try SoftAccuracy().scores(of: labels, answers: ["kite", "two"]).scores[0].value == 0.8)
    #expect(throws: MetricError.notFinite(what: "label of question 3", sample: 2)) {
      try labels.append(questionID: 3, labels: [("x", .nan)])
    }
  }

  @Test func whatHasNoNumberIsAnError() throws {
    var references = VQAReferences()
    #expect(throws: MetricError.noSamples(metric: "accuracy")) {
      try VQAAccuracy().scores(of: references, answers: [])
    }
    references.append(
      questionID: 77, imageID: 1, questionType: "what", answerType: "other", answers: [])
    #expect(throws: MetricError.countsDiffer(what: "answers", expected: 1, found: 0)) {
      try VQAAccuracy().scores(of: references, answers: [])
    }
    #expect(throws: MetricError.noHumanAnswer(question: 77)) {
      try VQAAccuracy().scores(of: references, answers: ["x"])
    }
  }
}
