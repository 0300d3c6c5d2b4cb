import Records

/// MSRVTT-QA: questions about clips of MSR-VTT, one answer each.
///
/// Source: Xu et al., "Video Question Answering via Gradually Refined Attention" (ACM MM 2017),
/// `MSRVTT-QA.zip`; the lists of ALPRO's layout that X-PLUG/mPLUG reads (`txt/test.jsonl`,
/// `train_ans2label.json`).
public enum MSRVTTQA: Dataset {
  /// The name that cards use.
  public static let name = "msrvtt-qa"
  /// What is asked of a model.
  public static let task = BenchmarkTask.vqa

  private static let title = "MSRVTT-QA"

  /// Reads the questions and answers of a split.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    VideoQA.references(
      try questions(under: folder, split: split),
      candidates: try candidates(under: folder, split: split), split: split)
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

  /// The clips of a split's questions, by the split's naming rule: `video7010.mp4`.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    guard split.media.flatMap(MediaTemplate.init) != nil else { return [] }
    let (content, file) = try questions(under: folder, split: split)
    return try media(of: content, file, split).references
  }

  /// The questions of a split, each about a clip, and the list of answers where it is there.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    let (content, file) = try questions(under: folder, split: split)
    return try VideoQA.samples(
      (content, file), media(of: content, file, split),
      candidates: candidates(under: folder, split: split), split: split)
  }

  private static func media(
    of content: VideoQuestionFile, _ file: SourceFile, _ split: BenchmarkSplit
  ) throws -> SampleMedia {
    let numbers = try content.videos.map { video -> SampleID in
      if let number = number(of: video) { return .int(number) }
      throw DatasetError.unknownIDs(
        path: file.path, what: "clips", first: [video.description], count: 1,
        remedy: "clips of MSR-VTT are named video0 to video9999")
    }
    return try SampleMedia(of: numbers, kind: .video, split: split, adapter: name)
  }

  private static func questions(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> (VideoQuestionFile, SourceFile) {
    try VideoQA.questions(under: folder, split: split, title: title, number: number)
  }

  /// 7010 of `7010` in official files and of `"video7010"` in lists.
  private static func number(of video: SampleID) -> Int? {
    switch video {
    case .int(let number): number
    case .string(let name): name.wholeMatch(of: /video(\d+)/).flatMap { Int($0.1) }
    }
  }
}
