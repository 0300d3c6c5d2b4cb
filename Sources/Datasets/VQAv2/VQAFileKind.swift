import Records

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
    var reader = try JSONReader(try MappedFile(path))
    var kind: VQAFileKind?
    var seen: [String] = []
    if !reader.atEnd() {
      switch try reader.peek() {
      case .object:
        try Self.firstMembers(&reader) { key in
          switch key {
          case "annotations": kind = .annotations
          case "questions": kind = .questions
          default: seen.append(key.string)
          }
          return kind != nil
        }
      case .array:
        try? reader.readArray { reader in
          try Self.firstMembers(&reader) { key in
            switch key {
            case "label": kind = .labels
            case "question": kind = kind ?? .list
            default: seen.append(key.string)
            }
            return false
          }
          throw Found()
        }
      default: break
      }
    }
    guard let kind else {
      throw DatasetError.wrongKind(
        path: path, expected: "a file of VQAv2",
        found: seen.isEmpty ? reader.foundText() : "members \(seen.prefix(4).joined(separator: ", "))",
        remedy: "give v2_mscoco_<split>_annotations.json, or a list of the reference project")
    }
    self = kind
  }

  private struct Found: Error {}

  private static func firstMembers(
    _ reader: inout JSONReader, _ isEnough: (JSONKey) -> Bool
  ) throws {
    do {
      try reader.readObject { key, reader in
        if isEnough(key) { throw Found() }
        try reader.skip()
      }
    } catch is Found {}
  }
}
