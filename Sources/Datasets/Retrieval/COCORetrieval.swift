import Records

/// COCO image-text retrieval on Karpathy's 5k splits: the Karpathy file and the reference project's
/// lists.
///
/// Source: Karpathy's `caption_datasets.zip` (`dataset_coco.json`), X-PLUG/mPLUG (`coco_test.json`,
/// `coco_val.json`).
public enum COCORetrieval: Dataset {
  /// The name that cards use.
  public static let name = "coco-retrieval"
  /// What is asked of a model.
  public static let task = BenchmarkTask.retrieval

  /// Reads a split from the Karpathy file where it is there, else from the reference list.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    let expected = split.name == "val" ? KnownImages.cocoVal : .cocoTest
    if let set = try ReferenceSet.captionedImages(
      under: folder, split: split, .coco, are: expected)
    {
      return set
    }
    throw DatasetError.missingFiles(
      what: "the captions of \(split.name)",
      names: ["karpathy", "list"].flatMap { split.files[$0] ?? [] },
      lookedIn: folder.placesThatExist,
      remedy: "dataset_coco.json comes in caption_datasets.zip; point --data at the folder that "
        + "holds it (captions_val2014.json alone has 40,504 images and is not the split)")
  }

  /// Reads a Karpathy file or a reference list as the whole set.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    let path = try CaptionedImages.single(paths)
    switch try RetrievalFileKind(of: path) {
    case .karpathy:
      return try .retrieval(CaptionedImages.karpathy(path, split: nil, .coco), label: label)
    case .list: return try .retrieval(CaptionedImages.referenceList(path, .coco), label: label)
    case .tokens, .lines, .info, .clips, .table:
      throw RetrievalFileKind.refused(
        path, expected: "dataset_coco.json or a list such as coco_test.json")
    }
  }

  /// The images of a split.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    try references(under: folder, split: split).retrievalMedia(of: split)
  }

  /// The images of a split, and the texts.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    try references(under: folder, split: split).retrievalSamples(of: split)
  }

  /// Holds the Karpathy file and the reference list against each other.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func audit(under folder: DataFolder, split: BenchmarkSplit) throws -> [Problem] {
    try OrderAudit.problems(under: folder, split: split, .coco)
  }
}
