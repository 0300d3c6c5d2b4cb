import Records

/// Questions with one right answer each.
public struct ExactAnswerReferences: Sendable {
  /// The questions in the order of the file.
  public let ids: [SampleID]
  /// The clip of each question, for clustering.
  public let videos: [SampleID]
  /// The questions as written; their first words make groups.
  public let questions: [String]
  /// The right answer of each question, as written.
  public let answers: [String]
  /// Whether the ids are numbers of lines, from 0, because the list states none.
  public let isNumberedByLine: Bool

  /// Puts references together; all lists have one entry a question.
  package init(
    ids: [SampleID], videos: [SampleID], questions: [String], answers: [String],
    isNumberedByLine: Bool = false
  ) {
    self.ids = ids
    self.videos = videos
    self.questions = questions
    self.answers = answers
    self.isNumberedByLine = isNumberedByLine
  }
}
