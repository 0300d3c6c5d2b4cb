import Records

/// The two files of VQAv2.
enum VQAFiles {
  /// Writes `v2_OpenEnded_mscoco_val2014_questions.json`.
  ///
  /// - Parameter subset: what the file says of itself: `val2014`, `test-dev2015`.
  /// - Throws: `RecordError.writeFailed`
  static func questions(_ images: COCOImages, subset: String, to path: String) throws {
    try JSONDocument.object(path) { file in
      try COCOFiles.writeInfo("Questions about the mini world", to: file)
      try file.member("task_type") { $0.string("Open-Ended") }
      try file.member("data_type") { $0.string("mscoco") }
      try writeLicense(to: file)
      try file.member("data_subtype") { $0.string(subset) }
      try file.members("questions") {
        for place in images.scenes.places {
          let id = images.scenes.firstID + place
          for (number, question) in images.questions(place).enumerated() {
            try file.record {
              $0.member("image_id", id)
              $0.member("question", question.text)
              $0.member("question_id", id * 1000 + number)
            }
          }
        }
      }
    }
  }

  /// Writes `v2_mscoco_val2014_annotations.json`.
  ///
  /// - Throws: `RecordError.writeFailed`
  static func annotations(_ images: COCOImages, to path: String) throws {
    try JSONDocument.object(path) { file in
      try COCOFiles.writeInfo("Answers about the mini world", to: file)
      try writeLicense(to: file)
      try file.member("data_subtype") { $0.string(images.subset) }
      try file.member("data_type") { $0.string("mscoco") }
      try file.members("annotations") {
        for place in images.scenes.places {
          let id = images.scenes.firstID + place
          for (number, question) in images.questions(place).enumerated() {
            try file.record { $0.annotation(question, image: id, id: id * 1000 + number) }
          }
        }
      }
    }
  }

  private static func writeLicense(to file: JSONDocument) throws {
    try file.member("license") {
      $0.beginObject()
      $0.member("url", "https://www.apache.org/licenses/LICENSE-2.0")
      $0.member("name", "Apache License 2.0")
      $0.endObject()
    }
  }
}

extension JSONWriter {
  fileprivate mutating func annotation(_ question: VisualQuestion, image: Int, id: Int) {
    member("question_type", question.questionType)
    member("multiple_choice_answer", question.answer)
    key("answers")
    beginArray()
    for (number, answer) in question.answers.enumerated() {
      beginObject()
      member("answer", answer.text)
      member("answer_confidence", answer.confidence)
      member("answer_id", number + 1)
      endObject()
    }
    endArray()
    member("image_id", image)
    member("answer_type", question.answerType)
    member("question_id", id)
  }
}
