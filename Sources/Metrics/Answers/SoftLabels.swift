import Text

/// For each question a score for some answers, as mPLUG's held-out part has it.
public struct SoftLabels: Sendable {
  /// The question ids.
  public private(set) var questionIDs: [Int] = []

  private var pool = InternedStrings()
  private var answers: [UInt32] = []
  private var scores: [Double] = []
  private var starts: [Int] = [0]

  /// No questions yet.
  public init() {}

  /// How many questions there are.
  public var count: Int { questionIDs.count }

  /// Adds a question. Of an answer that is given twice the last score counts, as in JSON objects.
  ///
  /// - Throws: `MetricError.notFinite`.
  public mutating func append(questionID: Int, labels: [(answer: String, score: Double)]) throws {
    for label in labels where !label.score.isFinite {
      throw MetricError.notFinite(what: "label of question \(questionID)", sample: count)
    }
    questionIDs.append(questionID)
    for label in labels {
      answers.append(pool.intern(label.answer))
      scores.append(label.score)
    }
    starts.append(answers.count)
  }

  /// The questions at some places, in the order given.
  public func selecting(_ questions: [Int]) -> SoftLabels {
    var selected = SoftLabels()
    selected.pool = pool
    for question in questions {
      selected.questionIDs.append(questionIDs[question])
      let range = starts[question]..<starts[question + 1]
      selected.answers.append(contentsOf: answers[range])
      selected.scores.append(contentsOf: scores[range])
      selected.starts.append(selected.answers.count)
    }
    return selected
  }

  /// The score of an answer to a question, counted from 0; 0 if there is none.
  public func score(of answer: String, to question: Int) -> Double {
    guard let number = pool.number(of: answer) else { return 0 }
    let range = starts[question]..<starts[question + 1]
    return range.last { answers[$0] == number }.map { scores[$0] } ?? 0
  }

  /// The answers to a question, counted from 0, with their scores, in the order of the file.
  public func answers(to question: Int) -> [(answer: String, score: Double)] {
    (starts[question]..<starts[question + 1]).map { (pool[answers[$0]], scores[$0]) }
  }
}
