import Records

/// MSVD-QA: questions about clips of MSVD, one answer each.
///
/// Its files number the clips from 1 to 1970; `youtube_mapping.txt` says which clip of MSVD each is.
///
/// Source: Xu et al., "Video Question Answering via Gradually Refined Attention" (ACM MM 2017),
/// `MSVD-QA.zip`; the lists of ALPRO's layout that X-PLUG/mPLUG reads (`txt/test.jsonl`,
/// `train_ans2label.json`).
public enum MSVDQA: Dataset {
  /// The name that cards use.
  public static let name = "msvd-qa"
  /// What is asked of a model.
  public static let task = BenchmarkTask.vqa

  private static let title = "MSVD-QA"

  /// Reads the questions and answers of a split.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    let mapping = try mapping(under: folder, split: split)
    let read = try questions(under: folder, split: split, mapping)
    return VideoQA.references(
      read, candidates: try candidates(under: folder, split: split), split: split,
      problems: mapping == nil ? [unmapped(read.0, split)].compactMap(\.self) : [])
  }

  /// Reads question files of either form.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    try VideoQA.references(in: paths, label: label)
  }

  /// The answers among which the reference project's model chooses; nil where the list is not there.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError`.
  public static func candidates(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> AnswerCandidates? {
    try VideoQA.candidates(under: folder, split: split)
  }

  /// The clips of a split's questions: `YouTubeClips/-4wsuPCjDBc_5_15.avi`, and `vid1451.avi` where
  /// no mapping says how a numbered clip is called.
  ///
  /// - Throws: `DatasetError`, also for a clip that the mapping lacks; `RecordError`, `JSONError`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    let mapping = try mapping(under: folder, split: split)
    let (content, _) = try questions(under: folder, split: split, mapping)
    return try media(of: content, mapping).references
  }

  /// The questions of a split, each about a clip, and the list of answers where it is there.
  ///
  /// - Throws: as `media(under:split:)`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    let mapping = try mapping(under: folder, split: split)
    let read = try questions(under: folder, split: split, mapping)
    return try VideoQA.samples(
      read, media(of: read.0, mapping), candidates: candidates(under: folder, split: split),
      mapping: mapping?.file, split: split,
      problems: mapping == nil ? [unmapped(read.0, split)].compactMap(\.self) : [])
  }

  private static func media(
    of content: VideoQuestionFile, _ mapping: YouTubeMapping?
  ) throws -> SampleMedia {
    try SampleMedia(of: content.videos) { video in
      let name: String
      switch video {
      case .string(let clip): name = "YouTubeClips/\(clip)"
      case .int(let number):
        name = try mapping.map { "YouTubeClips/\(try $0.clip(number))" } ?? "vid\(number)"
      }
      return MediaReference(id: video, path: "\(name).avi", kind: .video)
    }
  }

  private static func mapping(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> YouTubeMapping? {
    try folder.find(split.files["mapping"] ?? []).map { try YouTubeMapping(at: $0) }
  }

  private static func questions(
    under folder: DataFolder, split: BenchmarkSplit, _ mapping: YouTubeMapping?
  ) throws -> (VideoQuestionFile, SourceFile) {
    try VideoQA.questions(under: folder, split: split, title: title) { video in
      switch video {
      case .int(let number): number
      case .string(let clip): mapping?.number(of: clip)
      }
    }
  }

  /// What is not known without the mapping; nil for lists, which name the clips.
  private static func unmapped(_ content: VideoQuestionFile, _ split: BenchmarkSplit) -> Problem? {
    guard case .int(let first)? = content.videos.first else { return nil }
    let names = (split.files["mapping"] ?? []).joined(separator: " or ")
    return Problem(
      code: "clips_not_mapped",
      message: "\(names) is not there, which says how clip \(first) is called in YouTubeClips: "
        + "clips are looked for as vid\(first).avi (scores do not need them)",
      count: Set(content.videos).count)
  }
}
