import Records

/// The ids of an official question or annotation file, and the split that the file says it is of.
struct VQAFileIndex {
  /// The questions, in the order of the file.
  let questions: [Int]
  /// The image of each question; nil where its record names none.
  let images: [Int?]
  /// The text of each question; nil where its record has none. Empty unless texts were asked for.
  let texts: [String?]
  /// The file's own `data_subtype`, such as `val2014`.
  let subset: String?

  /// Reads the ids alone.
  ///
  /// - Parameter list: The member that holds the records: `questions` or `annotations`.
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  init(of path: String, list: String) throws {
    try self.init(in: MappedFile(path, sequential: true), list: list)
  }

  /// Reads a file that is open.
  ///
  /// - Parameter takingTexts: Whether to read the questions' texts beside the ids.
  /// - Throws: `JSONError`, `DatasetError` with the record that is wrong.
  init(in file: MappedFile, list: String, takingTexts: Bool = false) throws {
    var reader = try JSONReader(file)
    var questions: [Int] = []
    var images: [Int?] = []
    var texts: [String?] = []
    var offsets: [Int] = []
    var subset: String?
    try reader.readObject { key, reader in
      if case "data_subtype" = key, try reader.peek() == .string {
        subset = try reader.readString()
      } else if key.string == list {
        try reader.readArray { reader in
          let start = reader.offset
          var question: Int?
          var image: Int?
          var text: String?
          try reader.readObject { key, reader in
            switch key {
            case "question_id":
              try reader.refuseSecond(question, key, in: offsets.count)
              question = try reader.readInt()
            case "image_id":
              try reader.refuseSecond(image, key, in: offsets.count)
              image = try reader.readInt()
            case "question" where takingTexts:
              try reader.refuseSecond(text, key, in: offsets.count)
              text = try reader.readString()
            default: try reader.skip()
            }
          }
          guard let question else {
            throw reader.badRecord(
              questions.count, "\"question_id\" is missing",
              remedy: "the file is not as published; fetch it again", at: start)
          }
          questions.append(question)
          images.append(image)
          if takingTexts { texts.append(text) }
          offsets.append(start)
        }
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
    try RecordList.refuseRepeated(questions, name: "question_id", offsets: offsets, in: file)
    self.questions = questions
    self.images = images
    self.texts = texts
    self.subset = subset
  }
}
