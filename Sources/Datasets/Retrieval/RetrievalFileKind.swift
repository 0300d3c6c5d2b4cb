import Records

/// What a file of retrieval references is, by what it holds.
enum RetrievalFileKind {
  /// Karpathy's `dataset_coco.json` or `dataset_flickr30k.json`.
  case karpathy
  /// A list of the reference project: images with their captions.
  case list
  /// `results_20130124.token`: lines `1000092795.jpg#0<TAB>caption`.
  case tokens
  /// A list of ids, one a line.
  case lines
  /// MSR-VTT's `videodatainfo`: `videos` and `sentences`.
  case info
  /// The reference project's `msrvtt_test.jsonl`: a clip and a caption a line.
  case clips
  /// A CSV file with a header, such as `MSRVTT_JSFUSION_test.csv`.
  case table

  /// Looks into a file.
  ///
  /// - Throws: `RecordError` if it cannot be opened, `JSONError`, `DatasetError.wrongKind`.
  init(of path: String) throws {
    if let kind = try Self.ofLines(MappedFile.forKind(of: path)) {
      self = kind
      return
    }
    let outline = try FileOutline(of: path, until: ["images", "image", "videos", "clip_name"])
    switch outline.members.last {
    case "images" where !outline.isList: self = .karpathy
    case "image": self = .list
    case "videos" where !outline.isList: self = .info
    case "clip_name": self = .clips
    default:
      if outline.has("sentences") && !outline.isList {
        self = .info
      } else if outline.isList, outline.members.isEmpty {
        throw DatasetError.empty(path: path, what: "record")
      } else {
        throw DatasetError.wrongKind(
          path: path, expected: "retrieval references", found: outline.description,
          remedy: "README lists the files of each benchmark")
      }
    }
  }

  /// What a file of lines is, by its first; nil for JSON, and for what is evidently something else.
  private static func ofLines(_ file: MappedFile) throws -> RetrievalFileKind? {
    try file.withBytes { bytes in
      let content = bytes.withoutByteOrderMark
      let first = content.first { $0 > 0x20 }
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || ForeignContent(file) != nil {
        return nil
      }
      if first == nil { throw DatasetError.empty(path: file.path, what: "record") }
      let line = content.prefix { $0 != 0x0A && $0 != 0x0D }
      if line.contains(0x09) && line.contains(UInt8(ascii: "#")) { return .tokens }
      return isHeader(line) ? .table : .lines
    }
  }

  /// `video_id` alone is the header of the training lists.
  private static func isHeader(_ line: some Collection<UInt8>) -> Bool {
    line.contains(UInt8(ascii: ",")) || line.elementsEqual("video_id".utf8)
  }

  /// The error for a file of another kind.
  static func refused(_ path: String, expected: String) -> DatasetError {
    .wrongKind(
      path: path, expected: expected, found: "another kind of file",
      remedy: "README lists the files of each benchmark")
  }
}

extension CaptionedImages {
  /// The one file that was given: indices of a matrix follow one file's order.
  ///
  /// - Throws: `DatasetError.wrongKind` for several.
  static func single(_ paths: [String]) throws -> String {
    guard paths.count == 1 else {
      throw DatasetError.wrongKind(
        path: paths.joined(separator: ", "), expected: "one file", found: "\(paths.count)",
        remedy: "the order of one file defines the rows of the score matrix: give that one")
    }
    return paths[0]
  }
}
