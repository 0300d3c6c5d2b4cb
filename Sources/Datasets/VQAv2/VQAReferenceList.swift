import Metrics
import Records

/// The reference project's question list: `[{"question_id", "question", "image", "answer": [ten
/// strings]}]` (`vqa_minival_ocr.json`); lists of test questions have no answers.
///
/// It states neither question type nor answer type: both are `unknown` here.
struct VQAReferenceList {
  /// The questions in the order of the file.
  let questionIDs: [Int]
  /// The path of each question's image, as the list has it; nil where it names none.
  let images: [String?]
  /// What a model is asked; empty unless inputs were asked for.
  let inputs: [Input]
  /// Their human answers; nil where a question has none.
  let answers: VQAReferences?
  /// The file.
  let file: SourceFile

  /// The answers of a list that must have them.
  ///
  /// - Throws: `DatasetError.wrongKind` if it has none.
  func requiredAnswers() throws -> VQAReferences {
    guard let answers else {
      throw DatasetError.wrongKind(
        path: file.path, expected: "human answers", found: "questions without \"answer\"",
        remedy: "put v2_mscoco_val2014_annotations.json beside the list")
    }
    return answers
  }

  /// The text of a question, and what the list knows of its picture.
  struct Input {
    /// The question as written.
    var text: String?
    /// Words that stand in the picture.
    var ocr: [String] = []
    /// Names of objects, separated by `&&`; nil where the record has none.
    var objects: String?
  }

  /// Reads all questions.
  ///
  /// - Parameter takingInputs: Whether to read what a model is asked beside ids and answers.
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  init(at path: String, takingInputs: Bool = false) throws {
    let (content, file) = try SourceFile.read(path, role: "list") { file in
      var references = VQAReferences()
      var ids: [Int] = []
      var images: [String?] = []
      var imageNumbers: [String: Int] = [:]
      var inputs: [Input] = []
      var answers: [String] = []
      let offsets = try RecordList.forEach(
        in: file, of: "question", example: "[{\"question_id\": 1, \"answer\": [\"…\"]}, …]"
      ) { reader, index in
        let start = reader.offset
        var id: Int?
        var image: String?
        var input = Input()
        var hasWords = false
        answers.removeAll(keepingCapacity: true)
        try reader.readObject { key, reader in
          switch key {
          case "question_id":
            if id != nil { throw reader.repeatedMember(key.string, in: index) }
            id = try reader.readInt()
          case "image":
            try reader.refuseSecond(image, key, in: index)
            image = try reader.readString()
          case "answer":
            if !answers.isEmpty { throw reader.repeatedMember(key.string, in: index) }
            guard try reader.peek() == .array else {
              throw reader.badRecord(
                index, "\"answer\" must be a list of human answers, found \(reader.foundText())",
                remedy: "prediction files and training lists hold no human answers; give "
                  + "v2_mscoco_<split>_annotations.json")
            }
            try reader.readArray { reader in
              answers.append(try reader.readString())
            }
          case "question" where takingInputs:
            try reader.refuseSecond(input.text, key, in: index)
            input.text = try reader.readString()
          case "ocr" where takingInputs:
            if hasWords { throw reader.repeatedMember(key.string, in: index) }
            hasWords = true
            input.ocr = try Self.readWords(&reader, index)
          case "object_label" where takingInputs:
            try reader.refuseSecond(input.objects, key, in: index)
            input.objects = try reader.readString()
          default: try reader.skip()
          }
        }
        guard let id else {
          throw reader.badRecord(
            index, "\"question_id\" is missing",
            remedy: "the list must be one of questions, such as vqa_minival_ocr.json", at: start)
        }
        ids.append(id)
        images.append(image)
        if takingInputs {
          guard input.text != nil else {
            throw reader.badRecord(
              index, "\"question\" is missing",
              remedy: "the list must be one of questions, such as vqa_minival_ocr.json", at: start)
          }
          inputs.append(input)
        }
        if answers.isEmpty { return }
        let imageID = image.map { imageNumbers[$0, default: imageNumbers.count] } ?? id / 1000
        if let image { imageNumbers[image] = imageID }
        references.append(
          questionID: id, imageID: imageID, questionType: "unknown", answerType: "unknown",
          answers: answers)
      }
      try RecordList.refuseRepeated(ids, name: "question_id", offsets: offsets, in: file)
      return (ids, images, references, inputs)
    }
    questionIDs = content.0
    images = content.1
    answers = content.2.count == content.0.count ? content.2 : nil
    inputs = content.3
    self.file = file
  }

  /// The words of `[[position, word], …]`.
  private static func readWords(_ reader: inout JSONReader, _ index: Int) throws -> [String] {
    var words: [String] = []
    try reader.readArray { reader in
      let start = reader.offset
      var place = 0
      try reader.readArray { reader in
        defer { place += 1 }
        if place == 1 { words.append(try reader.readString()) } else { try reader.skip() }
      }
      guard place == 2 else {
        throw reader.badRecord(
          index, "\"ocr\" must be a list of pairs of a position and a word",
          remedy: "write them as [[[x0, y0, x1, y1], \"word\"], …]", at: start)
      }
    }
    return words
  }
}
