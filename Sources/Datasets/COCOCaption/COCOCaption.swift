import Records

/// COCO captions on the Karpathy split: the Karpathy file, the official caption files, and the
/// reference project's lists.
///
/// Source: cocodataset.org (`captions_val2014.json`), Karpathy's `caption_datasets.zip`
/// (`dataset_coco.json`), X-PLUG/mPLUG (`coco_caption_test_ocr.json`).
public enum COCOCaption: Dataset {
  /// The name that cards use.
  public static let name = "coco-caption"
  /// What is asked of a model.
  public static let task = BenchmarkTask.caption

  /// Reads the references of a split: from the Karpathy file where it is there, else from the
  /// reference list, else from the official captions with a list of the split's images.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    if let path = folder.find(split.files["karpathy"] ?? []) {
      let (captions, file) = try KarpathyFile.read(path, split: split.name)
      return ReferenceSet(content: .captions(captions), files: [file], label: split.label)
    }
    if let path = folder.find(split.files["list"] ?? []) {
      let (captions, file) = try KarpathyFile.readReferenceList(path)
      return ReferenceSet(content: .captions(captions), files: [file], label: split.label)
    }
    let official = folder.find(split.files["annotations"] ?? [])
    let images = folder.find(split.files["images"] ?? [])
    if let official, let images {
      let (ids, list) = try KarpathyImageList.read(images)
      let (captions, file) = try COCOCaptionFile.read(official, keeping: ids)
      return ReferenceSet(content: .captions(captions), files: [file, list], label: split.label)
    }
    throw DatasetError.missingFiles(
      what: "the captions of \(split.name)",
      names: ["karpathy", "list"].flatMap { split.files[$0] ?? [] },
      lookedIn: folder.placesThatExist,
      remedy: official == nil
        ? "dataset_coco.json comes in caption_datasets.zip; point --data at the folder that holds it"
        : "captions_val2014.json alone has all 40,504 images and is not the \(split.name) split: "
          + "add dataset_coco.json from caption_datasets.zip")
  }

  /// The images of a split, by the split's naming rule: both Karpathy parts are of val2014.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    guard let template = split.media.flatMap(MediaTemplate.init) else { return [] }
    return template.references(of: try references(under: folder, split: split).ids, kind: .image)
  }

  /// The images of a split. No text goes in: the reference reads the object labels of its list and
  /// leaves them unused.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    let set = try references(under: folder, split: split)
    let media = try SampleMedia(of: set.ids, kind: .image, split: split, adapter: name)
    return SampleSet(ids: set.ids, media, files: set.files, problems: set.problems)
  }

  /// Reads caption files of any form; several must be of different images.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    var sets: [(CaptionReferences, SourceFile)] = []
    for path in paths {
      switch try CaptionFileKind(of: path) {
      case .official: sets.append(try COCOCaptionFile.read(path, keeping: nil))
      case .karpathy: sets.append(try KarpathyFile.read(path, split: nil))
      case .list: sets.append(try KarpathyFile.readReferenceList(path))
      }
    }
    guard let first = sets.first else {
      throw DatasetError.empty(path: "--annotations", what: "file")
    }
    guard sets.count > 1 else {
      return ReferenceSet(content: .captions(first.0), files: [first.1], label: label)
    }
    let ids = sets.flatMap(\.0.ids)
    guard Set(ids).count == ids.count else {
      throw DatasetError.wrongKind(
        path: paths.joined(separator: ", "), expected: "files of different images",
        found: "images that are in several", remedy: "give each image's captions once")
    }
    guard Set(sets.map(\.0.letterCase)).count == 1 else {
      throw DatasetError.wrongKind(
        path: paths.joined(separator: ", "), expected: "files of one kind",
        found: "lists of the reference project, which are lower-cased, beside official captions",
        remedy: "give either kind alone: one signature must say how captions were read")
    }
    let joined = CaptionReferences(
      ids: ids, captions: sets.flatMap(\.0.captions), letterCase: first.0.letterCase)
    return ReferenceSet(content: .captions(joined), files: sets.map(\.1), label: label)
  }
}
