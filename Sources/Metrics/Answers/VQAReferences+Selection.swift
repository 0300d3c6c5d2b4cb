extension VQAReferences {
  /// The questions at some places, in the order given, for scoring an incomplete set.
  package func selecting(_ questions: [Int]) -> VQAReferences {
    var selected = VQAReferences()
    selected.adoptPools(of: self)
    for question in questions {
      selected.append(
        questionID: questionIDs[question], imageID: imageIDs[question],
        questionType: questionTypes[question], answerType: answerTypes[question],
        answers: answers[answerRange(of: question)],
        recordClasses: recordClasses(of: question).map(Array.init))
    }
    return selected
  }
}
