import Metrics
import Records

/// The reference project's question list with answers: `[{"question_id", "question", "image",
/// "answer": [ten strings]}]` (`vqa_minival_ocr.json`).
///
/// It states neither question type nor answer type: both are `unknown` here.
enum VQAReferenceList {
  /// Reads all questions.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String) throws -> (VQAReferences, SourceFile) {
    try SourceFile.read(path, role: "list") { file in
      var references = VQAReferences()
      var imageNumbers: [String: Int] = [:]
      var answers: [String] = []
      let offsets = try RecordList.forEach(
        in: file, of: "question", example: "[{\"question_id\": 1, \"answer\": [\"…\"]}, …]"
      ) { reader, index in
        let start = reader.offset
        var id: Int?
        var image: String?
        answers.removeAll(keepingCapacity: true)
        try reader.readObject { key, reader in
          switch key {
          case "question_id": id = try reader.readInt()
          case "image": image = try reader.readString()
          case "answer":
            guard try reader.peek() == .array else {
              throw reader.badRecord(
                index, "\"answer\" must be a list of human answers, found \(reader.foundText())",
                remedy: "training lists of other data sets cannot be scored")
            }
            try reader.readArray { reader in
              answers.append(try reader.readString())
            }
          default: try reader.skip()
          }
        }
        guard let id, !answers.isEmpty else {
          throw reader.badRecord(
            index, "\"\(id == nil ? "question_id" : "answer")\" is missing",
            remedy: "the list must be one with answers, such as vqa_minival_ocr.json", at: start)
        }
        let imageID = image.map { imageNumbers[$0, default: imageNumbers.count] } ?? id / 1000
        if let image { imageNumbers[image] = imageID }
        references.append(
          questionID: id, imageID: imageID, questionType: "unknown", answerType: "unknown",
          answers: answers)
      }
      try RecordList.refuseRepeated(
        references.questionIDs, name: "question_id", offsets: offsets, in: file)
      return references
    }
  }
}
