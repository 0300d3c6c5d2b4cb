import Metrics
import Records

/// A label file in LXMERT's layout: `[{"question_id", "label": {answer: score}, "sent"}]`
/// (`minival.json`).
enum VQALabelFile {
  /// Reads all labels.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String) throws -> (SoftLabels, SourceFile) {
    try SourceFile.read(path, role: "labels") { file in
      var content = SoftLabels()
      let offsets = try RecordList.forEach(
        in: file, of: "label", example: "[{\"question_id\": 1, \"label\": {\"yes\": 1}}, …]"
      ) { reader, index in
        let start = reader.offset
        var id: Int?
        var labels: [(answer: String, score: Double)]?
        try reader.readObject { key, reader in
          switch key {
          case "question_id":
            if id != nil { throw reader.repeatedMember(key.string, in: index) }
            id = try reader.readInt()
          case "label":
            if labels != nil { throw reader.repeatedMember(key.string, in: index) }
            labels = try readScores(&reader, index: index)
          default: try reader.skip()
          }
        }
        guard let id, let labels else {
          throw reader.badRecord(
            index, "\"\(id == nil ? "question_id" : "label")\" is missing",
            remedy: "the file is not in the layout of minival.json", at: start)
        }
        try content.append(questionID: id, labels: labels)
      }
      try RecordList.refuseRepeated(
        content.questionIDs, name: "question_id", offsets: offsets, in: file)
      return content
    }
  }

  /// Reads the questions (`sent`) by their ids.
  ///
  /// - Throws: as `read`, also for a record without one.
  static func readTexts(_ path: String) throws -> [Int: String] {
    var texts: [Int: String] = [:]
    try RecordList.forEach(
      in: MappedFile(path, sequential: true), of: "label",
      example: "[{\"question_id\": 1, \"sent\": \"…\"}, …]"
    ) { reader, index in
      let start = reader.offset
      var id: Int?
      var text: String?
      try reader.readObject { key, reader in
        switch key {
        case "question_id":
          try reader.refuseSecond(id, key, in: index)
          id = try reader.readInt()
        case "sent":
          try reader.refuseSecond(text, key, in: index)
          text = try reader.readString()
        default: try reader.skip()
        }
      }
      guard let id, let text else {
        throw reader.badRecord(
          index, "\"\(id == nil ? "question_id" : "sent")\" is missing",
          remedy: "a model is asked about it: put vqa_minival_ocr.json beside the file", at: start)
      }
      texts[id] = text
    }
    return texts
  }

  private static func readScores(
    _ reader: inout JSONReader, index: Int
  ) throws -> [(answer: String, score: Double)] {
    var scores: [(answer: String, score: Double)] = []
    try reader.readObject { key, reader in
      let answer = key.string
      if scores.contains(where: { $0.answer.utf8.elementsEqual(answer.utf8) }) {
        throw reader.repeatedMember(answer, in: index)
      }
      let start = reader.offset
      let score = try reader.readDouble()
      guard (0...1).contains(score) else {
        throw reader.badRecord(
          index, "the label \"\(answer)\" has the score \(score)",
          remedy: "scores of labels are numbers from 0 to 1", at: start)
      }
      scores.append((answer, score))
    }
    return scores
  }
}
