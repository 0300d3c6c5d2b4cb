/// Which of the files with COCO captions a file is, told from its first members.
enum CaptionFileKind {
  /// `captions_val2014.json`.
  case official
  /// `dataset_coco.json`.
  case karpathy
  /// A list of the reference project.
  case list

  /// Looks at the top level of a file.
  ///
  /// - Throws: `RecordError` if it cannot be opened, `JSONError`, `DatasetError.wrongKind`.
  init(of path: String) throws {
    let outline = try FileOutline(of: path, until: ["annotations", "dataset", "sentences"])
    switch outline {
    case _ where outline.has("sentences"): self = .list
    case _ where outline.has("annotations"): self = .official
    case _ where outline.has("images"): self = .karpathy
    default:
      throw DatasetError.wrongKind(
        path: path, expected: "a file with reference captions", found: outline.description,
        remedy: "give captions_val2014.json, dataset_coco.json or a list of the reference project")
    }
  }
}
