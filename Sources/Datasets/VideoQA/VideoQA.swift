import Metrics
import Records

/// What the adapters of MSRVTT-QA and MSVD-QA share: their files differ in the clips alone.
enum VideoQA {
  /// Reads the questions of a split: the official file where it is there, else the reference
  /// project's list.
  ///
  /// - Parameter number: The number of a clip, for telling splits apart.
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  static func questions(
    under folder: DataFolder, split: BenchmarkSplit, title: String,
    number: @escaping (SampleID) -> Int?
  ) throws -> (VideoQuestionFile, SourceFile) {
    let names = (split.files["annotations"] ?? []) + (split.files["list"] ?? [])
    guard let path = folder.find(names) else {
      throw DatasetError.missingFiles(
        what: "the questions of \(split.name)", names: names, lookedIn: folder.placesThatExist,
        remedy: "they come in \(title).zip; point --data at the folder that holds them, or name "
          + "the file with --annotations")
    }
    return try VideoQuestionFile.read(
      path,
      clips: split.clipNumbers.map { ClipNumbers(title: title, range: $0, number: number) })
  }

  /// The answers among which the reference project's model chooses; nil where the list is not there.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError`.
  static func candidates(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> AnswerCandidates? {
    try folder.find(split.files["candidates"] ?? []).map { try AnswerCandidates(at: $0) }
  }

  /// The references of a split.
  ///
  /// - Parameter problems: What the adapter found besides.
  static func references(
    _ read: (questions: VideoQuestionFile, file: SourceFile), candidates: AnswerCandidates?,
    split: BenchmarkSplit, problems: [Problem] = []
  ) -> ReferenceSet {
    var problems = numberingProblems(read.questions, read.file) + problems
    if let problem = wordProblem(read.questions, split) { problems.append(problem) }
    // The list is not among the set's files: no score depends on it, and the signature names those.
    if let problem = candidates?.problem(with: read.questions) { problems.append(problem) }
    return set(read.questions, files: [read.file], label: split.label, problems: problems)
  }

  /// The questions of a split as a model is asked.
  ///
  /// - Parameters:
  ///   - candidates: The list of answers, upon which predictions depend as upon the questions.
  ///   - mapping: A file upon which the names of clips depend.
  ///   - problems: What the adapter found besides.
  static func samples(
    _ read: (questions: VideoQuestionFile, file: SourceFile), _ media: SampleMedia,
    candidates: AnswerCandidates?, mapping: SourceFile? = nil, split: BenchmarkSplit,
    problems: [Problem] = []
  ) -> SampleSet {
    let set = references(read, candidates: candidates, split: split, problems: problems)
    return SampleSet(
      ids: set.ids, media, texts: read.questions.questions, answers: candidates,
      files: set.files + [mapping, candidates?.file].compactMap(\.self), problems: set.problems)
  }

  /// A file with as many questions as the official one that are not the official ones.
  private static func wordProblem(_ read: VideoQuestionFile, _ split: BenchmarkSplit) -> Problem? {
    guard let official = split.words, read.questions.count == split.samples else { return nil }
    var found: [String: Int] = [:]
    for word in read.questions.compactMap(ExactMatch.firstWord) { found[word, default: 0] += 1 }
    guard found != official else { return nil }
    func text(_ counts: [String: Int]) -> String {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8)
        .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
    return Problem(
      code: "question_words",
      message: "the questions begin with \(text(found)); officially with \(text(official)): they "
        + "are not those of the published file",
      count: read.questions.count)
  }

  /// Reads question files of either form; several must be of different questions.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  static func references(in paths: [String], label: String) throws -> ReferenceSet {
    let read = try paths.map { try VideoQuestionFile.read($0, clips: nil) }
    guard var (all, file) = read.first else {
      throw DatasetError.empty(path: "--annotations", what: "file")
    }
    let problems = numberingProblems(all, file)
    for (more, other) in read.dropFirst() {
      guard !all.isNumberedByLine, !more.isNumberedByLine else {
        throw DatasetError.wrongKind(
          path: paths.joined(separator: ", "), expected: "one list without ids",
          found:
            "several files, of which \(all.isNumberedByLine ? file.path : other.path) has none",
          remedy: "put the lists into one: a question's id is its line")
      }
      all.append(more)
      file = other
    }
    if let twice = all.ids.firstRepeated() {
      throw DatasetError.wrongKind(
        path: paths.joined(separator: ", "), expected: "files of different questions",
        found: "question \(twice) in several", remedy: "give each question once")
    }
    return set(all, files: read.map(\.1), label: label, problems: problems)
  }

  private static func numberingProblems(
    _ questions: VideoQuestionFile, _ file: SourceFile
  ) -> [Problem] {
    guard questions.isNumberedByLine else { return [] }
    return [
      Problem(
        code: "made_ids",
        message: "\(file.path) states no ids: a question's id is its line, counted from 0, and "
          + "predictions must be of this very list",
        count: questions.ids.count)
    ]
  }

  private static func set(
    _ questions: VideoQuestionFile, files: [SourceFile], label: String, problems: [Problem]
  ) -> ReferenceSet {
    ReferenceSet(
      content: .exactAnswers(
        ExactAnswerReferences(
          ids: questions.ids, videos: questions.videos, questions: questions.questions,
          answers: questions.answers, isNumberedByLine: questions.isNumberedByLine)),
      files: files, label: label, problems: problems)
  }
}

extension VideoQuestionFile {
  /// Adds the questions of another file behind those that are here.
  mutating func append(_ other: VideoQuestionFile) {
    ids += other.ids
    videos += other.videos
    questions += other.questions
    answers += other.answers
  }
}
