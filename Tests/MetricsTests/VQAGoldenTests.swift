import Foundation
import Metrics
import TestSupport
import Testing

/// An annotation as in the official files.
struct GoldenAnnotation: Decodable {
  struct Answer: Decodable {
    let answer: String
    let confidence: String
    let id: Int

    enum CodingKeys: String, CodingKey {
      case answer
      case confidence = "answer_confidence"
      case id = "answer_id"
    }
  }

  let questionID: Int
  let imageID: Int
  let questionType: String
  let answerType: String
  let answers: [Answer]

  enum CodingKeys: String, CodingKey {
    case answers
    case questionID = "question_id"
    case imageID = "image_id"
    case questionType = "question_type"
    case answerType = "answer_type"
  }
}

struct GoldenAnnotations: Decodable { let annotations: [GoldenAnnotation] }

struct GoldenAnswer: Decodable {
  let questionID: Int
  let answer: String

  enum CodingKeys: String, CodingKey {
    case answer
    case questionID = "question_id"
  }
}

/// What the evaluation gave.
struct GoldenVQA: Decodable {
  struct Totals: Decodable {
    let overall: Double
    let perQuestionType: [String: Double]
    let perAnswerType: [String: Double]
  }

  let accuracy: Totals
  let unrounded: Totals
  let evalQA: [[Double]]

  /// Whether scores are exactly these.
  func check(_ found: AnswerScores, _ label: String) throws {
    let overall = try #require(found.scores.first)
    #expect(overall.value == accuracy.overall, "\(label)")
    #expect(overall.unrounded == unrounded.overall, "\(label)")
    #expect(overall.samples == evalQA.map { $0[1] }, "\(label)")
    #expect(found.accuracies == evalQA.map { $0[2] }, "\(label)")
    #expect(found.scores.count == 1 + accuracy.perAnswerType.count)
    for (type, value) in accuracy.perAnswerType {
      let name = "\(overall.name)/\(type.replacingOccurrences(of: "/", with: "-"))"
      let score = try #require(found.scores.first { $0.name == name })
      #expect(score.value == value, "\(label) \(name)")
      #expect(score.unrounded == unrounded.perAnswerType[type], "\(label) \(name)")
    }
    #expect(found.groups.count == accuracy.perQuestionType.count)
    for group in found.groups {
      #expect(group.value == accuracy.perQuestionType[group.name], "\(label) \(group.name)")
      #expect(group.unrounded == unrounded.perQuestionType[group.name], "\(label)")
    }
    for score in found.scores { try MetricLaws.check(score, samples: evalQA.count) }
  }
}

extension VQAReferences {
  /// References of annotations, record classes by confidence and id.
  init(_ annotations: [GoldenAnnotation]) {
    self.init()
    for annotation in annotations {
      var known: [String: UInt32] = [:]
      let classes = annotation.answers.map { answer in
        let key = "\(answer.id) \(answer.confidence)"
        let place = known[key] ?? UInt32(known.count)
        known[key] = place
        return place
      }
      func number(_ text: String, _ intern: (UnsafeBufferPointer<UInt8>) -> UInt32) -> UInt32 {
        var text = text
        return text.withUTF8(intern)
      }
      append(
        questionID: annotation.questionID, imageID: annotation.imageID,
        questionType: number(annotation.questionType) { intern(questionType: $0) },
        answerType: number(annotation.answerType) { intern(answerType: $0) },
        answers: annotation.answers.map { answer in
          number(answer.answer) { intern(answer: $0) }
        },
        recordClasses: classes)
    }
  }

  /// Answers in the order of the questions.
  func ordered(_ results: [GoldenAnswer]) throws -> [String] {
    let byID = Dictionary(uniqueKeysWithValues: results.map { ($0.questionID, $0.answer) })
    return try questionIDs.map { try #require(byID[$0]) }
  }
}

@Suite("VQA accuracy, official values", .enabled(if: Golden.folder != nil))
struct VQAGoldenTests {
  struct Case: Decodable {
    let name: String
    let annotations: [GoldenAnnotation]
    let results: [GoldenAnswer]
    let official: GoldenVQA
    let mplug: GoldenVQA
  }

  struct Soft: Decodable {
    struct Label: Decodable {
      let questionID: Int
      let label: [String: Double]

      enum CodingKeys: String, CodingKey {
        case label
        case questionID = "question_id"
      }
    }

    let labels: [Label]
    let results: [GoldenAnswer]
    let expected: Double
  }

  @Test func cases() throws {
    for golden in try GoldenFiles.decode([Case].self, "vqa/cases.json") {
      let references = VQAReferences(golden.annotations)
      let answers = try references.ordered(golden.results)
      try golden.official.check(
        VQAAccuracy().scores(of: references, answers: answers), golden.name)
      try golden.mplug.check(
        MPLUGVQAAccuracy().scores(of: references, answers: answers), golden.name)
    }
  }

  @Test func messy() throws {
    let set = try GoldenFiles.decode(
      GoldenAnnotations.self, "vqa/messy.annotations.json.gz")
    let results = try GoldenFiles.decode([GoldenAnswer].self, "vqa/messy.results.json")
    let references = VQAReferences(set.annotations)
    var answers = try references.ordered(results)
    let official = try GoldenFiles.decode(GoldenVQA.self, "vqa/messy.expected_official.json")
    let found = try VQAAccuracy().scores(of: references, answers: answers)
    try official.check(found, "official")
    #expect(found.scores.map(\.count) == [2400] + found.scores.dropFirst().map(\.count))
    #expect(found.scores.dropFirst().reduce(0) { $0 + $1.count } == 2400)
    let mplug = try GoldenFiles.decode(GoldenVQA.self, "vqa/messy.expected_mplug.json")
    try mplug.check(MPLUGVQAAccuracy().scores(of: references, answers: answers), "mplug")

    let right = try #require(found.accuracies.firstIndex(of: 1))
    answers[right] = "something else"
    let other = try VQAAccuracy().scores(of: references, answers: answers)
    #expect(other.scores[0].unrounded != official.unrounded.overall)
    #expect(other.accuracies[right] == 0)
  }

  @Test func softLabels() throws {
    let golden = try GoldenFiles.decode(Soft.self, "vqa/soft_labels.json")
    var labels = SoftLabels()
    for label in golden.labels {
      try labels.append(
        questionID: label.questionID, labels: label.label.map { ($0.key, $0.value) })
    }
    var answers = golden.results.map(\.answer)
    let found = try SoftAccuracy().scores(of: labels, answers: answers)
    #expect(found.scores.map(\.value) == [golden.expected])
    try MetricLaws.check(found.scores[0], samples: answers.count)
    answers[0] += "?"
    #expect(
      try SoftAccuracy().scores(of: labels, answers: answers).scores[0].value < golden.expected)
  }
}
