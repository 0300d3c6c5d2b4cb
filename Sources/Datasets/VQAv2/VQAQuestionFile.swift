import Records

/// The official question file of VQAv2: `{"questions": [{"image_id", "question", "question_id"}]}`.
enum VQAQuestionFile {
  /// The ids of the questions and of their images, in the order of the file.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(
    _ path: String
  ) throws -> (questions: [Int], images: [Int], file: SourceFile) {
    let (content, file) = try SourceFile.read(path, role: "questions") { file in
      var reader = try JSONReader(file)
      var ids: [Int] = []
      var images: [Int] = []
      var offsets: [Int] = []
      try reader.readObject { key, reader in
        guard case "questions" = key else { return try reader.skip() }
        try reader.readArray { reader in
          let start = reader.offset
          var id: Int?
          var image: Int?
          try reader.readObject { key, reader in
            switch key {
            case "question_id":
              try reader.refuseSecond(id, key, in: offsets.count)
              id = try reader.readInt()
            case "image_id":
              try reader.refuseSecond(image, key, in: offsets.count)
              image = try reader.readInt()
            default: try reader.skip()
            }
          }
          guard let id else {
            throw reader.badRecord(
              ids.count, "\"question_id\" is missing",
              remedy: "the file is not as published; fetch it again", at: start)
          }
          ids.append(id)
          // As in every official file.
          images.append(image ?? id / 1000)
          offsets.append(start)
        }
      }
      try reader.finish()
      if ids.isEmpty { throw DatasetError.empty(path: path, what: "question") }
      try RecordList.refuseRepeated(ids, name: "question_id", offsets: offsets, in: file)
      return (ids, images)
    }
    return (content.0, content.1, file)
  }
}
