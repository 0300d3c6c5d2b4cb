import Metrics
import Records

/// A label file in LXMERT's layout: `[{"question_id", "label": {answer: score}}]` (`minival.json`).
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
          case "question_id": id = try reader.readInt()
          case "label":
            var scores: [(answer: String, score: Double)] = []
            try reader.readObject { answer, reader in
              scores.append((answer.string, try reader.readDouble()))
            }
            labels = scores
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
}
