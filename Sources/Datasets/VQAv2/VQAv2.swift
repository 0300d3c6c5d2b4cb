import Metrics
import Records

/// VQAv2: official question and annotation files, and the lists of the reference project.
///
/// Source: visualqa.org; for `minival` the LXMERT part of val2014 as X-PLUG/mPLUG reads it
/// (`vqa_minival_ocr.json`, `minival.json`).
public enum VQAv2: Dataset {
  /// The name that cards use.
  public static let name = "vqav2"
  /// What is asked of a model.
  public static let task = BenchmarkTask.vqa

  /// Reads the references of a split.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    if split.answers == .hidden { return try hidden(folder, split) }
    if split.files["list"] != nil { return try part(folder, split).set }
    let names = split.files["annotations"] ?? []
    guard let path = folder.find(names) else {
      let hasQuestions = folder.find(split.files["questions"] ?? []) != nil
      throw DatasetError.missingFiles(
        what: "the human answers of \(split.name)", names: names,
        lookedIn: folder.placesThatExist,
        remedy: hasQuestions
          ? "the question file is there, and scoring needs the annotation file beside it"
          : "point --data at the folder that holds it, or name the file with --annotations")
    }
    let (references, file) = try VQAAnnotationFile.read(path)
    return set(references, files: [file], label: split.label)
  }

  /// A split whose answers only the server knows: its question ids.
  private static func hidden(_ folder: DataFolder, _ split: BenchmarkSplit) throws -> ReferenceSet {
    let names = split.files["questions"] ?? []
    guard let path = folder.find(names) else {
      throw DatasetError.missingFiles(
        what: "the questions of \(split.name)", names: names, lookedIn: folder.placesThatExist,
        remedy: "they are needed to check that the submission is complete; "
          + "point --data at the folder that holds them")
    }
    let questions = try VQAQuestionFile.read(path)
    return ReferenceSet(
      content: .hidden(ids: questions.questions.map { .int($0) }), files: [questions.file],
      label: split.label)
  }

  /// A part of val2014 that a list names: official answers where the official file is there, else
  /// those of the list, and the soft labels where the label file is.
  ///
  /// - Parameter takingInputs: Whether what a model is asked is read from the list too.
  static func part(
    _ folder: DataFolder, _ split: BenchmarkSplit, takingInputs: Bool = false
  ) throws -> (set: ReferenceSet, list: VQAReferenceList?) {
    let names = split.files["list"] ?? []
    let labelNames = split.files["labels"] ?? []
    let listPath = folder.find(names)
    let labelPath = folder.find(labelNames)
    guard listPath != nil || labelPath != nil else {
      throw DatasetError.missingFiles(
        what: "the question list of \(split.name)", names: names + labelNames,
        lookedIn: folder.placesThatExist,
        remedy: "point --data at the folder that holds one of them")
    }
    let list = try listPath.map { try VQAReferenceList(at: $0, takingInputs: takingInputs) }
    let labels = try labelPath.map { try VQALabelFile.read($0) }
    let ids = list?.questionIDs ?? labels?.0.questionIDs ?? []
    var files = [list?.file, labels?.1].compactMap(\.self)
    var humanAnswers = list?.answers
    if let path = folder.find(split.files["annotations"] ?? []) {
      let (official, file) = try VQAAnnotationFile.read(path, keeping: Set(ids))
      let answered = Set(official.questionIDs)
      let unanswered = ids.filter { !answered.contains($0) }
      guard unanswered.isEmpty else {
        throw DatasetError.wrongKind(
          path: path, expected: "answers to all \(ids.count) questions of \(split.name)",
          found: "none to \(unanswered.count) of them (first: \(unanswered[0]))",
          remedy: "take the whole file, or leave it out: the list has answers too")
      }
      humanAnswers = official
      files.append(file)
    } else if labels == nil {
      humanAnswers = try list?.requiredAnswers()
    }
    return (try set(humanAnswers, labels: labels?.0, files: files, label: split.label), list)
  }

  /// Reads annotations, lists of the reference project, labels; question files beside them are
  /// passed over. Answers of several files are one set.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    var files: [SourceFile] = []
    var humanAnswers: VQAReferences?
    var labels: SoftLabels?
    func add(_ read: (VQAReferences, SourceFile)) {
      if humanAnswers == nil { humanAnswers = read.0 } else { humanAnswers?.append(read.0) }
      files.append(read.1)
    }
    for path in paths {
      switch try VQAFileKind(of: path) {
      case .annotations: add(try VQAAnnotationFile.read(path))
      case .list:
        let list = try VQAReferenceList(at: path)
        add((try list.requiredAnswers(), list.file))
      case .labels:
        guard labels == nil else {
          throw DatasetError.wrongKind(
            path: path, expected: "one label file", found: "a second one",
            remedy: "put the labels into one file")
        }
        let read = try VQALabelFile.read(path)
        labels = read.0
        files.append(read.1)
      case .questions: break
      }
    }
    guard let ids = humanAnswers?.questionIDs ?? labels?.questionIDs else {
      throw DatasetError.wrongKind(
        path: paths.joined(separator: ", "), expected: "human answers",
        found: paths.count == 1 ? "a question file" : "question files alone",
        remedy: "give v2_mscoco_<split>_annotations.json")
    }
    if let twice = ids.firstRepeated() {
      throw DatasetError.wrongKind(
        path: paths.joined(separator: ", "), expected: "files of different questions",
        found: "question \(twice) in several", remedy: "give each question's answers once")
    }
    return try set(humanAnswers, labels: labels, files: files, label: label)
  }

  /// The images of a split's questions: as the list of the reference project names them where the
  /// split has one, else by the split's naming rule.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    guard let template = split.media.flatMap(MediaTemplate.init) else { return [] }
    if split.answers == .hidden, let path = folder.find(split.files["questions"] ?? []) {
      let images = try VQAQuestionFile.read(path).images
      return template.references(of: images.map { .int($0) }, kind: .image)
    }
    if let path = folder.find(split.files["list"] ?? []) {
      return try VQAReferenceList(at: path).media(template).references
    }
    guard case .answers(let answers) = try references(under: folder, split: split).content else {
      return []
    }
    return template.references(of: answers.imageIDs, kind: .image)
  }

  private static func set(
    _ references: VQAReferences, files: [SourceFile], label: String
  ) -> ReferenceSet {
    ReferenceSet(
      content: .answers(
        AnswerReferences(
          questionIDs: references.questionIDs, imageIDs: references.imageIDs,
          humanAnswers: references, softLabels: nil)),
      files: files, label: label)
  }

  /// Joins answers and labels, which must be of the same questions.
  private static func set(
    _ references: VQAReferences?, labels: SoftLabels?, files: [SourceFile], label: String
  ) throws -> ReferenceSet {
    guard let labels else {
      guard let references else { throw DatasetError.empty(path: label, what: "question") }
      return set(references, files: files, label: label)
    }
    let ids = references?.questionIDs ?? labels.questionIDs
    let places = Dictionary(
      zip(labels.questionIDs, 0...), uniquingKeysWith: { first, _ in first })
    let inOrder = ids.compactMap { places[$0] }
    guard inOrder.count == ids.count, ids.count == labels.questionIDs.count else {
      throw DatasetError.wrongKind(
        path: files.map(\.path).joined(separator: ", "),
        expected: "answers and labels of the same questions",
        found: "\(ids.count) and \(labels.questionIDs.count) questions, "
          + "\(inOrder.count) in common",
        remedy: "give files of the same split")
    }
    return ReferenceSet(
      content: .answers(
        AnswerReferences(
          questionIDs: ids, imageIDs: references?.imageIDs ?? ids.map { $0 / 1000 },
          humanAnswers: references, softLabels: labels.selecting(inOrder))),
      files: files, label: label)
  }
}
