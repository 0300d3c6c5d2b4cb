import Metrics

extension VQAReferences {
  /// Adds the questions of another file behind those that are here.
  mutating func append(_ other: VQAReferences) {
    func intern(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> UInt32) -> UInt32 {
      var text = text
      return text.withUTF8(body)
    }
    for question in 0..<other.count {
      let questionType = intern(other.questionType(of: question)) {
        self.intern(questionType: $0)
      }
      let answerType = intern(other.answerType(of: question)) { self.intern(answerType: $0) }
      let answers = other.answers(of: question).map { answer in
        intern(answer) { self.intern(answer: $0) }
      }
      append(
        questionID: other.questionIDs[question], imageID: other.imageIDs[question],
        questionType: questionType, answerType: answerType, answers: answers,
        recordClasses: other.recordClasses(of: question).map(Array.init))
    }
  }
}
