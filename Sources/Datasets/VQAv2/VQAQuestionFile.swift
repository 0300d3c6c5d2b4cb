import Records

/// The official question file of VQAv2: `{"questions": [{"image_id", "question", "question_id"}]}`.
enum VQAQuestionFile {
  /// The ids of the questions in the order of the file.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String) throws -> ([Int], SourceFile) {
    try SourceFile.read(path, role: "questions") { file in
      var reader = try JSONReader(file)
      var ids: [Int] = []
      var offsets: [Int] = []
      try reader.readObject { key, reader in
        guard case "questions" = key else { return try reader.skip() }
        try reader.readArray { reader in
          let start = reader.offset
          var id: Int?
          try reader.readObject { key, reader in
            if case "question_id" = key { id = try reader.readInt() } else { try reader.skip() }
          }
          guard let id else {
            throw reader.badRecord(
              ids.count, "\"question_id\" is missing",
              remedy: "the file is not as published; fetch it again", at: start)
          }
          ids.append(id)
          offsets.append(start)
        }
      }
      try reader.finish()
      if ids.isEmpty { throw DatasetError.empty(path: path, what: "question") }
      try RecordList.refuseRepeated(ids, name: "question_id", offsets: offsets, in: file)
      return ids
    }
  }
}
