import Metrics
import Records

/// Flickr30K image-text retrieval on Karpathy's 1k splits: the Karpathy file, the reference
/// project's lists, and the official captions with a list of the split's images.
///
/// Ids are strings: `1007129816`.
///
/// Source: Karpathy's `caption_datasets.zip` (`dataset_flickr30k.json`), X-PLUG/mPLUG
/// (`flickr30k_test.json`, `flickr30k_val.json`), shannon.cs.illinois.edu/DenotationGraph
/// (`results_20130124.token`).
public enum Flickr30KRetrieval: Dataset {
  /// The name that cards use.
  public static let name = "flickr30k-retrieval"
  /// What is asked of a model.
  public static let task = BenchmarkTask.retrieval

  /// Reads a split from the Karpathy file, else from the reference list, else from the official
  /// captions with a list of the split's images.
  ///
  /// - Throws: `DatasetError`, also where the images are those of the Entities split; `RecordError`,
  ///   `JSONError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    let expected = split.name == "val" ? KnownImages.flickrVal : .flickrTest
    if let set = try ReferenceSet.captionedImages(
      under: folder, split: split, .flickr30k, are: expected)
    {
      return set
    }
    let official = folder.find(split.files["annotations"] ?? [])
    if let official, let images = folder.find(split.files["images"] ?? []) {
      let list = try IDList.read(images)
      let problems = try KnownImages.check(list.ids, are: expected, of: split, path: images)
      let (captions, file) = try TokenFile.read(official, keeping: list.ids)
      return ReferenceSet(
        content: .retrieval(try captions.references()), files: [file, list.file],
        label: split.label, problems: problems)
    }
    throw DatasetError.missingFiles(
      what: "the captions of \(split.name)",
      names: ["karpathy", "list"].flatMap { split.files[$0] ?? [] },
      lookedIn: folder.placesThatExist,
      remedy: official == nil
        ? "dataset_flickr30k.json comes in caption_datasets.zip; point --data at the folder that "
          + "holds it"
        : "results_20130124.token has all 31,783 images: add dataset_flickr30k.json, or a list of "
          + "the split's images as \((split.files["images"] ?? []).first ?? "")")
  }

  /// Reads a Karpathy file or a reference list as the whole set; the official captions whole, or
  /// those of a list of images that is given with them.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    let kinds = try paths.map { try RetrievalFileKind(of: $0) }
    if paths.count == 2, let tokens = kinds.firstIndex(of: .tokens),
      let lines = kinds.firstIndex(of: .lines)
    {
      let list = try IDList.read(paths[lines])
      let (captions, file) = try TokenFile.read(paths[tokens], keeping: list.ids)
      return ReferenceSet(
        content: .retrieval(try captions.references()), files: [file, list.file],
        label: label)
    }
    let path = try CaptionedImages.single(paths)
    switch kinds[0] {
    case .karpathy:
      return try .retrieval(CaptionedImages.karpathy(path, split: nil, .flickr30k), label: label)
    case .list: return try .retrieval(CaptionedImages.referenceList(path, .flickr30k), label: label)
    case .tokens: return try .retrieval(TokenFile.read(path, keeping: nil), label: label)
    case .lines, .info, .clips, .table:
      throw RetrievalFileKind.refused(
        path,
        expected: "dataset_flickr30k.json, a list such as flickr30k_test.json, or "
          + "results_20130124.token")
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
    try OrderAudit.problems(under: folder, split: split, .flickr30k)
  }
}
