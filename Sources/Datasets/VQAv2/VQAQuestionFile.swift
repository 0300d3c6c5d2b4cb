import Records

/// The official question file of VQAv2: `{"questions": [{"image_id", "question", "question_id"}]}`.
struct VQAQuestionFile {
  /// The ids of the questions in the order of the file.
  let questions: [Int]
  /// The image of each.
  let images: [Int]
  /// The text of each; empty unless texts were asked for.
  let texts: [String]
  /// The file.
  let file: SourceFile

  /// Reads all questions.
  ///
  /// - Parameter takingTexts: Whether texts are wanted beside the ids.
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String, takingTexts: Bool = false) throws -> VQAQuestionFile {
    let (index, file) = try SourceFile.read(path, role: "questions") { file in
      let index = try VQAFileIndex(in: file, list: "questions", takingTexts: takingTexts)
      if index.questions.isEmpty { throw DatasetError.empty(path: path, what: "question") }
      return index
    }
    let texts = index.texts.compactMap(\.self)
    if takingTexts, texts.count < index.questions.count {
      let bare = index.texts.indices.filter { index.texts[$0] == nil }
      throw DatasetError.wrongKind(
        path: path, expected: "a \"question\" in each record",
        found: "none in \(bare.count) (first: question_id \(index.questions[bare[0]]))",
        remedy: "the file is not as published; fetch it again")
    }
    return VQAQuestionFile(
      questions: index.questions,
      // Where a record names no image: as in every official file.
      images: zip(index.questions, index.images).map { $1 ?? $0 / 1000 },
      texts: texts, file: file)
  }
}
