import Records

/// The official question file of VQAv2: `{"questions": [{"image_id", "question", "question_id"}]}`.
enum VQAQuestionFile {
  /// The ids of the questions and of their images, in the order of the file.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(
    _ path: String
  ) throws -> (questions: [Int], images: [Int], file: SourceFile) {
    let (index, file) = try SourceFile.read(path, role: "questions") { file in
      let index = try VQAFileIndex(in: file, list: "questions")
      if index.questions.isEmpty { throw DatasetError.empty(path: path, what: "question") }
      return index
    }
    // Where a record names no image: as in every official file.
    let images = zip(index.questions, index.images).map { $1 ?? $0 / 1000 }
    return (index.questions, images, file)
  }
}
