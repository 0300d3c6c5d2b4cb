import Records

/// VATEX: clips of YouTube videos with ten English captions each.
///
/// Source: Wang et al., "VATEX" (ICCV 2019), `vatex_public_test_english_v1.1.json`,
/// `vatex_validation_v1.0.json`, `vatex_private_test_without_annotations.json`; the result list of
/// X-PLUG/mPLUG, which holds references too.
public enum VATEX: Dataset {
  /// The name that cards use.
  public static let name = "vatex-caption"
  /// What is asked of a model.
  public static let task = BenchmarkTask.caption
  /// What the samples are, for messages.
  public static let sampleNoun = "clips"

  /// Reads the captions of a split, or its clips where the captions are the server's secret.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    let names = split.files["annotations"] ?? []
    guard let path = folder.find(names) else {
      throw DatasetError.missingFiles(
        what: "the \(split.answers == .hidden ? "clips" : "captions") of \(split.name)",
        names: names, lookedIn: folder.placesThatExist,
        remedy: "point --data at the folder that holds them, or name the file with --annotations")
    }
    if split.answers == .hidden {
      let (ids, file) = try VATEXFile.readClips(path)
      return ReferenceSet(content: .hidden(ids: ids), files: [file], label: split.label)
    }
    return set([try VATEXFile.read(path)], label: split.label)
  }

  /// Reads caption files.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    let sets = try paths.map { try VATEXFile.read($0) }
    if sets.isEmpty { throw DatasetError.empty(path: "--annotations", what: "file") }
    return set(sets, label: label)
  }

  private static func set(
    _ sets: [(captions: CaptionReferences, file: SourceFile)], label: String
  ) -> ReferenceSet {
    let ids = sets.flatMap(\.captions.ids)
    var seen: Set<SampleID> = []
    let repeated = ids.filter { !seen.insert($0).inserted }
    let problem = Problem(
      code: "repeated_clips",
      message:
        "\(repeated.count) records are of clips that stood before; the one caption of such a "
        + "clip is scored against each record, as the reference does",
      count: repeated.count, examples: repeated.prefix(3).map(\.description))
    return ReferenceSet(
      content: .captions(CaptionReferences(ids: ids, captions: sets.flatMap(\.captions.captions))),
      files: sets.map(\.file), label: label, problems: repeated.isEmpty ? [] : [problem])
  }

  /// Reads one object of captions by clip, or a list of records.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  public static func predictions(at path: String) throws -> PredictionFile {
    try VATEXPredictionFile.read(path)
  }

  /// The clips of a split: `<YouTube id>_<start, 6 digits>_<end, 6 digits>.mp4`.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    guard let template = split.media.flatMap(MediaTemplate.init) else { return [] }
    return template.references(of: try references(under: folder, split: split).ids, kind: .video)
  }

  /// The clips of a split, each once: a clip that stands in several records has one caption.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    let set = try references(under: folder, split: split)
    let ids = set.ids.uniqued()
    let media = try SampleMedia(of: ids, kind: .video, split: split, adapter: name)
    return SampleSet(ids: ids, media, files: set.files, problems: set.problems)
  }

  /// Clips have ids that are names.
  public static let members = PredictionMembers(id: "videoID", prediction: "caption")

  /// One object, `{"<videoID>": "<caption>", …}`.
  public static let submission: SubmissionFormat? = .object
}
