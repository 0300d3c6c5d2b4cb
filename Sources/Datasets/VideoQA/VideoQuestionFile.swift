import Records

/// A question file of MSRVTT-QA and MSVD-QA, which have one layout, or the reference project's list
/// of the same questions.
///
/// Official (`test_qa.json`): `[{"answer", "category_id", "id", "question", "video_id": 6513}]`, with
/// `category_id` in MSRVTT-QA alone. Reference (`txt/test.jsonl`): lines `{"question", "answer",
/// "video_id": "video7010"}` without ids: a question's id is its record's number, from 0.
struct VideoQuestionFile {
  /// The questions in the order of the file.
  var ids: [SampleID] = []
  /// The clip of each question: its number in official files, its name in lists.
  var videos: [SampleID] = []
  /// The questions as written.
  var questions: [String] = []
  /// The right answers as written.
  var answers: [String] = []
  /// Whether the ids are the numbers of the records, because the file states none.
  var isNumberedByLine = false

  static let example =
    "[{\"id\": 0, \"video_id\": 0, \"question\": \"…\", \"answer\": \"…\"}, …]"

  /// Reads all questions.
  ///
  /// - Parameter clips: What clips the questions must be of; nil for any.
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(
    _ path: String, clips: ClipNumbers?
  ) throws -> (VideoQuestionFile, SourceFile) {
    try SourceFile.read(path, role: "annotations") { file in
      var content = VideoQuestionFile()
      let offsets = try RecordList.forEach(in: file, of: "question", example: example) {
        reader, index in
        let start = reader.offset
        try content.readRecord(&reader, index: index)
        if let clips, let stranger = clips.refusal(of: content.videos[index]) {
          throw reader.badRecord(index, stranger, remedy: clips.remedy, at: start)
        }
      }
      if !content.isNumberedByLine {
        try RecordList.refuseRepeated(content.ids, name: "id", offsets: offsets, in: file)
      }
      return content
    }
  }

  private mutating func readRecord(_ reader: inout JSONReader, index: Int) throws {
    let start = reader.offset
    var id: Int?
    var video: SampleID?
    var texts: (question: String?, answer: String?)
    var others: [String] = []
    try reader.readObject { key, reader in
      switch key {
      case "id":
        if id != nil { throw reader.repeatedMember(key.string, in: index) }
        id = try reader.readInt()
      case "video_id":
        if video != nil { throw reader.repeatedMember(key.string, in: index) }
        video = try reader.readID()
      case "question":
        if texts.question != nil { throw reader.repeatedMember(key.string, in: index) }
        texts.question = try Self.readText(&reader, "question", index: index)
      case "answer":
        if texts.answer != nil { throw reader.repeatedMember(key.string, in: index) }
        texts.answer = try Self.readText(&reader, "answer", index: index)
      default:
        if others.count < 5 { others.append(key.string) }
        try reader.skip()
      }
    }
    guard let video, let question = texts.question, let answer = texts.answer else {
      let missing = texts.question == nil ? "question" : texts.answer == nil ? "answer" : "video_id"
      throw reader.badRecord(
        index, "\"\(missing)\" is missing\(RecordList.has(others))",
        remedy: "give <split>_qa.json or the reference project's txt/<split>.jsonl", at: start)
    }
    if index == 0 { isNumberedByLine = id == nil }
    guard isNumberedByLine == (id == nil) else {
      throw reader.badRecord(
        index, id == nil ? "\"id\" is missing" : "\"id\" is there, and earlier records have none",
        remedy: "either all questions have an id or none", at: start)
    }
    ids.append(.int(id ?? index))
    videos.append(video)
    questions.append(question)
    answers.append(answer)
  }

  private static func readText(
    _ reader: inout JSONReader, _ name: String, index: Int
  ) throws -> String {
    guard try reader.peek() == .string else {
      throw reader.badRecord(
        index, "\"\(name)\" must be a string, found \(reader.foundText())",
        remedy: "the file has the form \(example)")
    }
    return try reader.readString()
  }
}

/// Which clips a split has, to tell its files from those of other splits and of the other data set,
/// which bear the same names.
struct ClipNumbers {
  /// The data set, for messages.
  let title: String
  /// The numbers of the split's clips.
  let range: ClosedRange<Int>
  /// The number of a clip; nil where it cannot be known.
  let number: (SampleID) -> Int?

  /// Why a clip is none of the split; nil where it may be one.
  func refusal(of video: SampleID) -> String? {
    guard let number = number(video), !range.contains(number) else { return nil }
    return "clip \(number) is of another split or data set: this split of \(title) has clips "
      + "\(range.lowerBound) to \(range.upperBound)"
  }

  /// How to mend it.
  var remedy: String {
    "point --data at the folder of \(title), or give the file with --annotations"
  }
}
