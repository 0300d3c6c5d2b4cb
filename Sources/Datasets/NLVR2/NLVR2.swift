import Records

/// NLVR2: whether a statement about two images is true.
///
/// Source: lil-lab/nlvr (`nlvr2/data/dev.json`, `test1.json` = Test-P, `test2.json` = Test-U, now
/// public; `balanced/`, `unbalanced/`); X-PLUG/mPLUG for its lists (`nlvr_dev.json`,
/// `nlvr_test.json`).
///
/// Lists state no identifiers. Image names give split, set and pair, but which of a set's sentences
/// is number 0 cannot be told from a list, so that a guessed identifier could be another example's:
/// records are numbered from 0, and predictions for a list name these numbers (`0,True` or
/// `{"id": 0, "label": "True"}`). Consistency needs no numbers: a group is an image set and a sentence.
public enum NLVR2: Dataset {
  /// The name that cards use.
  public static let name = "nlvr2"
  /// What is asked of a model.
  public static let task = BenchmarkTask.reasoning

  /// Reads the references of a split: from the official file where it is there, else from the list.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    let (examples, file) = try examples(under: folder, split)
    return set([examples], files: [file], label: split.label)
  }

  /// Reads files of any form; several must be official ones of different examples.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    let read = try paths.map { try NLVR2Examples.read($0) }
    let parts = read.map(\.0)
    if parts.count > 1 {
      let joined = paths.joined(separator: ", ")
      guard !parts.contains(where: \.isList) else {
        throw DatasetError.wrongKind(
          path: joined, expected: "one list without identifiers", found: "several files",
          remedy: "give one list alone: the numbers of its records are the ids")
      }
      if let twice = parts.flatMap(\.ids).firstRepeated() {
        throw DatasetError.wrongKind(
          path: joined, expected: "files of different examples", found: "\(twice) in several",
          remedy: "give each example once")
      }
    }
    return set(parts, files: read.map(\.1), label: label)
  }

  /// Reads the official CSV, or records.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the line or record that is wrong.
  public static func predictions(at path: String) throws -> PredictionFile {
    try NLVR2PredictionFile.read(path)
  }

  /// The official CSV.
  public static var submission: SubmissionFormat? { NLVR2PredictionFile.submission }

  /// Both images of each example; an image pair has up to two examples.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    media(of: try examples(under: folder, split).0).references
  }

  /// The statements, each with its left and its right image.
  ///
  /// - Throws: `DatasetError`, also for an example without a statement; `RecordError`, `JSONError`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    let (examples, file) = try examples(under: folder, split)
    let set = set([examples], files: [file], label: split.label)
    let statements = examples.statements.compactMap(\.self)
    guard statements.count == examples.ids.count else {
      let bare = examples.ids.indices.filter { examples.statements[$0] == nil }
      throw DatasetError.wrongKind(
        path: file.path, expected: "a \"sentence\" of each example",
        found: "none of \(bare.count) (first: \(examples.ids[bare[0]]))",
        remedy: "a model is asked about it: give the file as published")
    }
    return SampleSet(
      ids: set.ids, media(of: examples), texts: statements, files: set.files,
      problems: set.problems)
  }

  private static func media(of examples: NLVR2Examples) -> SampleMedia {
    SampleMedia(ofEach: examples.images) { path in
      let name = path.split(separator: "/").last ?? ""
      let stem = name.prefix { $0 != "." }
      return MediaReference(id: .string(String(stem)), path: path, kind: .image)
    }
  }

  private static func examples(
    under folder: DataFolder, _ split: BenchmarkSplit
  ) throws -> (NLVR2Examples, SourceFile) {
    let names = (split.files["annotations"] ?? []) + (split.files["list"] ?? [])
    guard let path = folder.find(names) else {
      throw DatasetError.missingFiles(
        what: "the examples of \(split.name)", names: names, lookedIn: folder.placesThatExist,
        remedy: "point --data at a checkout of lil-lab/nlvr or at the folder that holds the file, "
          + "or name it with --annotations")
    }
    return try NLVR2Examples.read(path)
  }

  private static func set(
    _ parts: [NLVR2Examples], files: [SourceFile], label: String
  ) -> ReferenceSet {
    let hasGroups = parts.allSatisfy { $0.groups != nil }
    var problems: [Problem] = []
    for list in parts where list.isList {
      problems.append(
        Problem(
          code: "made_ids",
          message: "the list states no identifiers: its records are numbered from 0 in its order, "
            + "predictions must name these numbers, and consistency groups are "
            + (hasGroups ? "image set and sentence" : "not known"),
          count: list.ids.count))
    }
    return ReferenceSet(
      content: .labels(
        LabelReferences(
          ids: parts.flatMap(\.ids), clusters: parts.flatMap(\.imageSets).map { .string($0) },
          labels: parts.flatMap(\.labels), classes: NLVR2Examples.classes,
          groups: hasGroups ? parts.flatMap { $0.groups ?? [] } : nil)),
      files: files, label: label, problems: problems)
  }
}
