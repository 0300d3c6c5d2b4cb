import Metrics
import Records

/// The closed list of answers that the reference project's model ranks: `train_ans2label.json`,
/// `{"man": 0, "woman": 1, …}`. It is data of the model; no score depends on it.
public struct AnswerCandidates: Sendable {
  /// The answers in the order of the file, which is the order of the model's list; the numbers in
  /// the file are not looked at, as in the reference.
  public let answers: [String]
  /// The file.
  public let file: SourceFile
  /// As bytes: `String` compares by canonical equivalence.
  private let known: Set<[UInt8]>

  /// Reads a list.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError.badRecord` for an answer that stands twice,
  ///   `.empty`.
  public init(at path: String) throws {
    let (content, file) = try SourceFile.read(path, role: "candidates") { file in
      var reader = try JSONReader(file)
      var answers: [String] = []
      var known: Set<[UInt8]> = []
      try reader.readObject { key, reader in
        guard known.insert(Array(key.bytes)).inserted else {
          throw reader.badRecord(
            answers.count, "the answer \"\(key.string)\" stands twice", remedy: "keep one of them")
        }
        answers.append(key.string)
        _ = try reader.readInt()
      }
      try reader.finish()
      if answers.isEmpty { throw DatasetError.empty(path: path, what: "candidate answer") }
      return (answers, known)
    }
    (answers, known) = content
    self.file = file
  }

  /// Whether an answer is in the list.
  public func contains(_ answer: String) -> Bool { known.contains(Array(answer.utf8)) }

  /// What a reader of the numbers must know: how many right answers a model cannot give that picks
  /// from the list, which bounds its accuracy. Nil where it can give all.
  func problem(with questions: VideoQuestionFile) -> Problem? {
    let outside = questions.answers.indices.filter { !contains(questions.answers[$0]) }
    guard !outside.isEmpty else { return nil }
    let total = questions.answers.count
    let bound = Double(total - outside.count) / Double(total)
    return Problem(
      code: "answers_not_candidates",
      message: "\(outside.count) of \(total) right answers are not among the \(answers.count) "
        + "candidates of \(file.path): a model that picks from them cannot exceed an accuracy of "
        + "\(PythonRound.round(100 * bound, digits: 2)) %",
      count: outside.count, examples: outside.prefix(3).map { "\(questions.ids[$0])" })
  }
}
