/// Which of the files of VQAv2 a file is, told from its first members.
enum VQAFileKind {
  /// Human answers in the official form.
  case annotations
  /// Questions in the official form.
  case questions
  /// A list of the reference project with ten answers a question.
  case list
  /// A list of soft labels.
  case labels

  /// Looks at the top level of a file.
  ///
  /// - Throws: `RecordError` if it cannot be opened, `JSONError`, `DatasetError.wrongKind`.
  init(of path: String) throws {
    let outline = try FileOutline(of: path, until: ["annotations", "questions", "label"])
    switch outline {
    case _ where outline.has("annotations"): self = .annotations
    case _ where outline.has("questions"): self = .questions
    case _ where outline.has("label"): self = .labels
    case _ where outline.has("question_id") && (outline.has("question") || outline.has("answer")):
      self = .list
    default:
      throw DatasetError.wrongKind(
        path: path, expected: "a file of VQAv2", found: outline.description,
        remedy: "give v2_mscoco_<split>_annotations.json, or a list of the reference project")
    }
  }
}
