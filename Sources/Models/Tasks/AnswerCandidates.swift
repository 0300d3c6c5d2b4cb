/// A list of answers ready for ranking.
package struct AnswerCandidates: Sendable {
  /// The answers, in the order that decides ties.
  package let answers: [String]
  /// `[CLS] pieces [SEP]` of each.
  package let ids: [[Int32]]
  /// As `RankingRule.answersDigest` has it.
  package let digest: String

  package init(answers: [String], ids: [[Int32]]) {
    self.answers = answers
    self.ids = ids
    digest = AnswerList.digest(of: answers)
  }
}
