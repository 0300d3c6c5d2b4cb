import Records

/// Soft labels: for each question the score of each answer that has one.
struct VQALabels {
  var questionIDs: [Int] = []
  var labels: [[String: Double]] = []
}

/// A label file in LXMERT's layout: `[{"question_id", "label": {answer: score}}]` (`minival.json`).
enum VQALabelFile {
  /// Reads all labels.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String) throws -> (VQALabels, SourceFile) {
    try SourceFile.read(path, role: "labels") { file in
      var reader = try JSONReader(file)
      var content = VQALabels()
      var offsets: [Int] = []
      try RecordList.forEach(
        &reader, of: "label", example: "[{\"question_id\": 1, \"label\": {\"yes\": 1}}, …]"
      ) { reader, index in
        let start = reader.offset
        offsets.append(start)
        var id: Int?
        var label: [String: Double]?
        try reader.readObject { key, reader in
          switch key {
          case "question_id": id = try reader.readInt()
          case "label":
            var scores: [String: Double] = [:]
            try reader.readObject { answer, reader in
              scores[answer.string] = try reader.readDouble()
            }
            label = scores
          default: try reader.skip()
          }
        }
        guard let id, let label else {
          throw reader.badRecord(
            index, "\"\(id == nil ? "question_id" : "label")\" is missing",
            remedy: "the file is not in the layout of minival.json", at: start)
        }
        content.questionIDs.append(id)
        content.labels.append(label)
      }
      try RecordList.refuseRepeated(
        content.questionIDs, name: "question_id", offsets: offsets, in: reader)
      return content
    }
  }
}
