import Metrics
import Records

/// Text-video retrieval on MSR-VTT's 1k-A split: 1,000 clips with one caption each.
///
/// "Full" (2,990 clips with 20 captions each) and 1k-B are other protocols, whose numbers are not
/// comparable; their files are refused by name.
///
/// Source: Yu et al., "A Joint Sequence Fusion Model" (ECCV 2018): `MSRVTT_JSFUSION_test.csv`;
/// X-PLUG/mPLUG (`msrvtt_test.jsonl`); MSR-VTT (`test_videodatainfo.json`, `MSRVTT_data.json`).
public enum MSRVTTRetrieval: Dataset {
  /// The name that cards use.
  public static let name = "msrvtt-retrieval"
  /// What is asked of a model.
  public static let task = BenchmarkTask.retrieval

  /// Reads the split from the CSV list, else from the reference project's list.
  ///
  /// - Throws: `DatasetError`, also where only files of another protocol are there; `RecordError`,
  ///   `JSONError`, `CSVError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    let info = folder.find(split.files["annotations"] ?? [])
    if let path = folder.find(split.files["csv"] ?? []) {
      return try set(ClipList.readTable(path), info: info, label: split.label, split: split)
    }
    if let path = folder.find(split.files["list"] ?? []) {
      return try set(ClipList.readLines(path), info: nil, label: split.label, split: split)
    }
    if let info {
      throw VideoInfoFile.otherProtocol(
        info, clips: try VideoInfoFile.read(info, keeping: nil).ids.count)
    }
    throw DatasetError.missingFiles(
      what: "the clips of 1k-A",
      names: ["csv", "list"].flatMap { split.files[$0] ?? [] },
      lookedIn: folder.placesThatExist,
      remedy: "MSRVTT_JSFUSION_test.csv comes with the code of most text-video papers (msrvtt_data "
        + "of CLIP4Clip); point --data at the folder that holds it")
  }

  /// Reads a CSV list, a list of the reference project, or a `videodatainfo` file, alone or limited
  /// to the clips of a list that is given with it.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`, `CSVError`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    let kinds = try paths.map { try RetrievalFileKind(of: $0) }
    if paths.count == 2, let info = kinds.firstIndex(of: .info) {
      let other = 1 - info
      switch kinds[other] {
      case .table, .lines:
        return try set(
          ClipList.readTable(paths[other]), info: paths[info], label: label, split: nil)
      default: break
      }
    }
    let path = try CaptionedImages.single(paths)
    switch kinds[0] {
    case .table: return try set(ClipList.readTable(path), info: nil, label: label, split: nil)
    case .clips: return try set(ClipList.readLines(path), info: nil, label: label, split: nil)
    case .info:
      let clips = try VideoInfoFile.read(path, keeping: nil)
      if VideoInfoFile.protocols[clips.ids.count] != nil {
        throw VideoInfoFile.otherProtocol(path, clips: clips.ids.count)
      }
      return try set(clips, info: nil, label: label, split: nil)
    case .karpathy, .list, .tokens, .lines:
      throw RetrievalFileKind.refused(
        path, expected: "MSRVTT_JSFUSION_test.csv, msrvtt_test.jsonl or test_videodatainfo.json")
    }
  }

  /// The clips of the split.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    try references(under: folder, split: split).retrievalMedia(of: split)
  }

  /// The clips of a split, and the texts.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    try references(under: folder, split: split).retrievalSamples(of: split)
  }

  /// Holds the CSV list and the reference project's list against each other.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func audit(under folder: DataFolder, split: BenchmarkSplit) throws -> [Problem] {
    guard let table = folder.find(split.files["csv"] ?? []),
      let lines = folder.find(split.files["list"] ?? [])
    else { return [] }
    let info = folder.find(split.files["annotations"] ?? [])
    return OrderAudit.problems(
      (table, try read(ClipList.readTable(table), info: info).references),
      (lines, try read(ClipList.readLines(lines), info: nil).references))
  }

  /// Checks the clips of a split, and reads their captions.
  ///
  /// - Parameter info: Captions of a list that has none itself.
  private static func set(
    _ list: ClipList, info: String?, label: String, split: BenchmarkSplit?
  ) throws -> ReferenceSet {
    let problems = try split.map {
      try KnownImages.check(list.ids, are: .msrvtt1kA, of: $0, path: list.file.path)
    }
    let (references, files) = try read(list, info: info)
    return ReferenceSet(
      content: .retrieval(references), files: files, label: label, problems: problems ?? [])
  }

  private static func read(
    _ list: ClipList, info: String?
  ) throws -> (references: RetrievalReferences, files: [SourceFile]) {
    var clips = list
    var files = [list.file]
    if list.captions == nil {
      guard let info else {
        throw DatasetError.wrongKind(
          path: list.file.path, expected: "a caption of each clip", found: "ids alone",
          remedy: "give MSRVTT_JSFUSION_test.csv, or test_videodatainfo.json with this list")
      }
      clips = try VideoInfoFile.read(info, keeping: list.ids)
      files.append(clips.file)
    }
    let references = try RetrievalReferences(
      side: .video, images: clips.ids, files: clips.ids.map { "\($0).mp4" },
      textsOfImages: clips.captions ?? [], textNames: clips.names)
    return (references, files)
  }
}
