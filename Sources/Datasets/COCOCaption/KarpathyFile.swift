import Records
import Text

/// Karpathy's file: `{"images": [{"split", "cocoid", "filename", "sentences": [{"raw"}]}]}`, and the
/// reference project's list of the same image objects.
enum KarpathyFile {
  /// Reads the captions of a split, or of all images. All captions of an image are references, not
  /// the first five alone.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String, split: String?) throws -> (CaptionReferences, SourceFile) {
    try SourceFile.read(path, role: "karpathy") { file in
      var reader = try JSONReader(file)
      var content = Images(wantedSplit: split)
      var hasImages = false
      try reader.readObject { key, reader in
        guard case "images" = key else { return try reader.skip() }
        hasImages = true
        try reader.readArray { try content.readImage(&$0) }
      }
      try reader.finish()
      guard hasImages else {
        throw DatasetError.wrongKind(
          path: path, expected: "Karpathy's dataset_coco.json", found: "no \"images\"",
          remedy: "take it from caption_datasets.zip")
      }
      return try content.references(file, lowercased: false)
    }
  }

  /// Reads a list of the reference project, whose references it lower-cases before tokenizing.
  /// (It then renames `_UNK`, which no lower-cased text holds.)
  ///
  /// - Throws: as `read`.
  static func readReferenceList(_ path: String) throws -> (CaptionReferences, SourceFile) {
    try SourceFile.read(path, role: "list") { file in
      var content = Images(wantedSplit: nil)
      try RecordList.forEach(
        in: file, of: "image",
        example: "[{\"filename\": \"…\", \"sentences\": [{\"raw\": \"…\"}]}, …]"
      ) { reader, _ in try content.readImage(&reader) }
      return try content.references(file, lowercased: true)
    }
  }
}

/// The images read so far.
private struct Images {
  let wantedSplit: String?
  private var ids: [Int] = []
  private var captions: [[String]] = []
  private var offsets: [Int] = []
  private var records: [Int] = []
  private var index = 0
  private var splits: Set<String> = []

  init(wantedSplit: String?) { self.wantedSplit = wantedSplit }

  mutating func readImage(_ reader: inout JSONReader) throws {
    defer { index += 1 }
    let start = reader.offset
    var id: Int?
    var fileName: String?
    var split: String?
    var sentences: [String] = []
    try reader.readObject { key, reader in
      switch key {
      case "cocoid": id = try reader.readInt()
      case "filename": fileName = try reader.readString()
      case "split": split = try reader.readString()
      // The published file states the split first: 113,287 training images need no strings.
      case "sentences" where split == nil || wantedSplit == nil || split == wantedSplit:
        sentences = try Self.readSentences(&reader, index: index)
      default: try reader.skip()
      }
    }
    if let split { splits.insert(split) }
    if let wantedSplit, split != wantedSplit { return }
    guard let id = id ?? fileName.flatMap(Self.imageID) else {
      throw reader.badRecord(
        index, "an image lacks \"cocoid\" and a COCO file name",
        remedy: "take dataset_coco.json, not a file of another data set", at: start)
    }
    guard !sentences.isEmpty else {
      throw reader.badRecord(
        index, "image \(id) has no \"sentences\"", remedy: "the file is not as published", at: start
      )
    }
    ids.append(id)
    captions.append(sentences)
    offsets.append(start)
    records.append(index)
  }

  /// The id at the end of `COCO_val2014_000000391895.jpg`.
  private static func imageID(_ fileName: String) -> Int? {
    let stem = fileName.split(separator: ".").first ?? ""
    return stem.split(separator: "_").last.flatMap { Int($0) }
  }

  private static func readSentences(_ reader: inout JSONReader, index: Int) throws -> [String] {
    var sentences: [String] = []
    try reader.readArray { reader in
      let start = reader.offset
      var raw: String?
      try reader.readObject { key, reader in
        if case "raw" = key { raw = try reader.readString() } else { try reader.skip() }
      }
      guard let raw else {
        throw reader.badRecord(
          index, "a sentence lacks \"raw\"", remedy: "the file is not as published", at: start)
      }
      sentences.append(raw)
    }
    return sentences
  }

  func references(_ file: MappedFile, lowercased: Bool) throws -> CaptionReferences {
    if ids.isEmpty {
      if let wantedSplit {
        throw DatasetError.wrongKind(
          path: file.path, expected: "images of the split \(wantedSplit)",
          found: "the splits \(splits.sorted().joined(separator: ", "))",
          remedy: "take dataset_coco.json from caption_datasets.zip")
      }
      throw DatasetError.empty(path: file.path, what: "image")
    }
    try RecordList.refuseRepeated(
      ids, name: "image", offsets: offsets, records: records, in: file)
    guard lowercased else {
      return CaptionReferences(ids: ids.map { .int($0) }, captions: captions)
    }
    return CaptionReferences(
      ids: ids.map { .int($0) }, captions: captions.map { $0.map(PythonLowercase.lowercased) },
      letterCase: "lower")
  }
}
