import Metrics
import Records

/// Human answers, and soft labels where the split has them.
public struct AnswerReferences: Sendable {
  /// The questions in the order of the file.
  public let ids: [SampleID]
  /// The image of each question, for clustering.
  public let imageIDs: [SampleID]
  /// The human answers; nil where only soft labels are there.
  public let humanAnswers: VQAReferences?
  /// Scores of answers to the same questions; nil where the split has none.
  public let softLabels: SoftLabels?

  init(
    questionIDs: [Int], imageIDs: [Int], humanAnswers: VQAReferences?, softLabels: SoftLabels?
  ) {
    ids = questionIDs.map { .int($0) }
    self.imageIDs = imageIDs.map { .int($0) }
    self.humanAnswers = humanAnswers
    self.softLabels = softLabels
  }
}
