import Metrics
import Records

/// The official annotation file of VQAv2: `{"annotations": [{"question_id", "image_id",
/// "question_type", "answer_type", "answers": [{"answer", "answer_confidence", "answer_id"}]}]}`.
///
/// Source: visualqa.org, `v2_mscoco_val2014_annotations.json`; 214,354 questions, 180 MB. It is
/// read as a stream: only interned answers and numbers stay in memory.
enum VQAAnnotationFile {
  /// Reads all questions, or those whose ids are wanted.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(
    _ path: String, keeping wanted: Set<Int>? = nil
  ) throws -> (VQAReferences, SourceFile) {
    try SourceFile.read(path, role: "annotations") { file in
      var reader = try JSONReader(file)
      var content = Content(wanted: wanted)
      var hasAnnotations = false
      guard !reader.atEnd(), try reader.peek() == .object else {
        throw wrongKind(path, found: reader.foundText())
      }
      try reader.readObject { key, reader in
        switch key {
        case "annotations":
          if hasAnnotations { throw wrongKind(path, found: "\"annotations\" twice") }
          hasAnnotations = true
          try reader.readArray { try content.readRecord(&$0) }
        case "questions":
          throw wrongKind(path, found: "a question file (it has \"questions\")")
        case "images":
          throw wrongKind(path, found: "a caption or detection file (it has \"images\")")
        default: try reader.skip()
        }
      }
      try reader.finish()
      guard hasAnnotations else {
        throw wrongKind(path, found: "an object without \"annotations\"")
      }
      if content.references.count == 0, wanted == nil {
        throw DatasetError.empty(path: path, what: "annotated question")
      }
      return content.references
    }
  }

  private static func wrongKind(_ path: String, found: String) -> DatasetError {
    .wrongKind(
      path: path, expected: "a VQAv2 annotation file", found: found,
      remedy: "give v2_mscoco_<split>_annotations.json")
  }
}

/// The questions read so far.
private struct Content {
  var references = VQAReferences()
  let wanted: Set<Int>?
  private var records: [Int: Int] = [:]
  private var index = 0
  // Kept between records: what they hold is cleared, their memory stays.
  private var answers: [UInt32] = []
  private var answerIDs: [Int?] = []

  init(wanted: Set<Int>?) { self.wanted = wanted }

  /// Reads one annotation.
  mutating func readRecord(_ reader: inout JSONReader) throws {
    defer { index += 1 }
    let start = reader.offset
    guard try reader.peek() == .object else {
      throw reader.badRecord(
        index, "expected an object, found \(reader.foundText())",
        remedy: "the file is not as published; fetch it again")
    }
    var questionID: Int?
    var imageID: Int?
    var questionType: UInt32?
    var answerType: UInt32?
    var answerList: JSONReader?
    answers.removeAll(keepingCapacity: true)
    answerIDs.removeAll(keepingCapacity: true)
    try reader.readObject { key, reader in
      switch key {
      case "question_id":
        if questionID != nil { throw reader.repeatedMember(key.string, in: index) }
        questionID = try reader.readInt()
      case "image_id":
        try reader.refuseSecond(imageID, key, in: index)
        imageID = try reader.readInt()
      case "question_type":
        try reader.refuseSecond(questionType, key, in: index)
        questionType = try reader.readStringBytes { references.intern(questionType: $0) }
      case "answer_type":
        try reader.refuseSecond(answerType, key, in: index)
        answerType = try reader.readStringBytes { references.intern(answerType: $0) }
      case "answers":
        if answerList != nil { throw reader.repeatedMember(key.string, in: index) }
        let list = reader
        answerList = list
        do {
          try reader.readArray { try readAnswer(&$0, takingIDs: true) }
        } catch is NoIntegerID {
          reader = list
          answers.removeAll(keepingCapacity: true)
          answerIDs.removeAll(keepingCapacity: true)
          try reader.readArray { try readAnswer(&$0, takingIDs: false) }
        }
      default: try reader.skip()
      }
    }
    func missing(_ name: String) -> DatasetError {
      reader.badRecord(
        index, "\"\(name)\" is missing", remedy: "the file is not as published; fetch it again",
        at: start)
    }
    guard let questionID else { throw missing("question_id") }
    if let wanted, !wanted.contains(questionID) { return }
    guard let answerList else { throw missing("answers") }
    if answers.isEmpty {
      throw reader.badRecord(
        index, "\"answers\" is empty", remedy: "the file is not as published; fetch it again",
        at: start)
    }
    guard let questionType else { throw missing("question_type") }
    guard let answerType else { throw missing("answer_type") }
    if let earlier = records.updateValue(index, forKey: questionID) {
      throw DatasetError.duplicateID(
        path: reader.file.path, line: reader.place(at: start).line, id: "question_id \(questionID)",
        firstRecord: earlier, secondRecord: index)
    }
    references.append(
      questionID: questionID, imageID: imageID ?? questionID / 1000, questionType: questionType,
      answerType: answerType, answers: answers,
      recordClasses: haveDistinctIDs ? nil : try Self.recordClasses(answerList))
  }

  /// An answer's id is a number and no integer.
  private struct NoIntegerID: Error {}

  /// Ids tell answers apart and are never scored: without them, records are compared as a whole.
  private mutating func readAnswer(_ reader: inout JSONReader, takingIDs: Bool) throws {
    var answer: UInt32?
    var answerID: Int?
    let start = reader.offset
    try reader.readObject { key, reader in
      switch key {
      case "answer":
        try reader.refuseSecond(answer, key, in: index)
        answer = try reader.readStringBytes { references.intern(answer: $0) }
      case "answer_id" where try takingIDs && reader.peek() == .number:
        guard let id = try? reader.readInt() else { throw NoIntegerID() }
        answerID = id
      default: try reader.skip()
      }
    }
    guard let answer else {
      throw reader.badRecord(
        index, "a human answer lacks \"answer\"",
        remedy: "the file is not as published; fetch it again", at: start)
    }
    answers.append(answer)
    answerIDs.append(answerID)
  }

  /// Whether the answers are told apart by their ids, as in every official file.
  private var haveDistinctIDs: Bool {
    var seen: UInt64 = 0
    for id in answerIDs {
      guard let id, (0..<64).contains(id), seen & (1 << UInt64(id)) == 0 else { return false }
      seen |= 1 << UInt64(id)
    }
    return true
  }

  /// Numbers answers by what their records hold besides the answer itself: the official scorer
  /// leaves out every record that equals the one at hand, not the one at hand alone.
  private static func recordClasses(_ list: JSONReader) throws -> [UInt32] {
    var list = list
    var known: [JSONObject] = []
    var classes: [UInt32] = []
    try list.readArray { reader in
      guard case .object(var rest) = try reader.readValue().asPythonCompares else { return }
      rest["answer"] = nil
      if let number = known.firstIndex(of: rest) {
        classes.append(UInt32(number))
      } else {
        classes.append(UInt32(known.count))
        known.append(rest)
      }
    }
    return classes
  }
}
