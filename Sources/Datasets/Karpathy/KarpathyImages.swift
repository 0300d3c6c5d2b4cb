import Records

/// Image objects of Karpathy's files: `{"split", "cocoid", "filepath", "filename", "sentences":
/// [{"raw"}]}`, as far as they belong to a split.
struct KarpathyImages {
  /// How a data set names its images.
  enum Naming {
    /// By a number: `cocoid`, or the digits of `COCO_val2014_000000391895.jpg`.
    case coco
    /// By the file name without its ending: `1007129816.jpg`.
    case flickr30k

    /// What `"dataset"` says in the file.
    var dataset: String { self == .coco ? "coco" : "flickr30k" }

    /// The published file.
    var fileName: String { "dataset_\(dataset).json" }

    /// The id in a file name; nil where it has none.
    func id(ofFile name: String) -> SampleID? {
      let name = name.split(separator: "/").last ?? ""
      let stem = name.split(separator: ".").first ?? ""
      switch self {
      case .coco: return stem.split(separator: "_").last.flatMap { Int($0) }.map { .int($0) }
      case .flickr30k: return stem.isEmpty ? nil : .string(String(stem))
      }
    }
  }

  let wantedSplit: String?
  let naming: Naming
  private(set) var ids: [SampleID] = []
  /// `filepath/filename`, or the file name alone.
  private(set) var files: [String] = []
  private(set) var sentences: [[String]] = []
  private var offsets: [Int] = []
  private var records: [Int] = []
  private var index = 0
  private var splits: Set<String> = []

  init(wantedSplit: String?, naming: Naming) {
    self.wantedSplit = wantedSplit
    self.naming = naming
  }

  /// Reads Karpathy's file: `{"images": […], "dataset": "coco"}`.
  ///
  /// - Throws: `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ file: MappedFile, split: String?, _ naming: Naming) throws -> KarpathyImages {
    var reader = try JSONReader(file)
    var content = KarpathyImages(wantedSplit: split, naming: naming)
    var hasImages = false
    try reader.readObject { key, reader in
      switch key {
      case "images":
        hasImages = true
        try reader.readArray { try content.readImage(&$0) }
      case "dataset":
        let found = try reader.readString()
        guard found == naming.dataset else {
          throw DatasetError.wrongKind(
            path: file.path, expected: "Karpathy's \(naming.fileName)",
            found: "that of the data set \(found)", remedy: "take it from caption_datasets.zip")
        }
      default: try reader.skip()
      }
    }
    try reader.finish()
    guard hasImages else {
      throw DatasetError.wrongKind(
        path: file.path, expected: "Karpathy's \(naming.fileName)", found: "no \"images\"",
        remedy: "take it from caption_datasets.zip")
    }
    try content.check(file)
    return content
  }

  /// Reads an image object.
  ///
  /// - Throws: `JSONError`, `DatasetError.badRecord`.
  mutating func readImage(_ reader: inout JSONReader) throws {
    defer { index += 1 }
    let start = reader.offset
    var id: SampleID?
    var folder: String?
    var fileName: String?
    var split: String?
    var sentences: [String] = []
    try reader.readObject { key, reader in
      switch key {
      case "cocoid" where naming == .coco:
        try reader.refuseSecond(id, key, in: index)
        id = .int(try reader.readInt())
      case "filepath":
        try reader.refuseSecond(folder, key, in: index)
        folder = try reader.readString()
      case "filename":
        try reader.refuseSecond(fileName, key, in: index)
        fileName = try reader.readString()
      case "split":
        try reader.refuseSecond(split, key, in: index)
        split = try reader.readString()
      // The published file states the split first: 113,287 training images need no strings.
      case "sentences" where split == nil || wantedSplit == nil || split == wantedSplit:
        if !sentences.isEmpty { throw reader.repeatedMember(key.string, in: index) }
        sentences = try Self.readSentences(&reader, index: index)
      default: try reader.skip()
      }
    }
    if let split { splits.insert(split) }
    if let wantedSplit, split != wantedSplit { return }
    guard let id = id ?? fileName.flatMap(naming.id) else {
      throw reader.badRecord(
        index,
        naming == .coco
          ? "an image lacks \"cocoid\" and a COCO file name" : "an image lacks \"filename\"",
        remedy: "take \(naming.fileName), not a file of another data set", at: start)
    }
    guard !sentences.isEmpty else {
      throw reader.badRecord(
        index, "image \(id) has no \"sentences\"", remedy: "the file is not as published", at: start
      )
    }
    ids.append(id)
    files.append([folder, fileName].compactMap(\.self).joined(separator: "/"))
    self.sentences.append(sentences)
    offsets.append(start)
    records.append(index)
  }

  private static func readSentences(_ reader: inout JSONReader, index: Int) throws -> [String] {
    var sentences: [String] = []
    try reader.readArray { reader in
      let start = reader.offset
      var raw: String?
      try reader.readObject { key, reader in
        guard case "raw" = key else { return try reader.skip() }
        try reader.refuseSecond(raw, key, in: index)
        raw = try reader.readString()
      }
      guard let raw else {
        throw reader.badRecord(
          index, "a sentence lacks \"raw\"", remedy: "the file is not as published", at: start)
      }
      sentences.append(raw)
    }
    return sentences
  }

  /// Refuses a file without an image of the split, and an image that stands twice.
  ///
  /// - Throws: `DatasetError`.
  func check(_ file: MappedFile) throws {
    if ids.isEmpty {
      if let wantedSplit {
        throw DatasetError.wrongKind(
          path: file.path, expected: "images of the split \(wantedSplit)",
          found: "the splits \(splits.sorted().joined(separator: ", "))",
          remedy: "take \(naming.fileName) from caption_datasets.zip")
      }
      throw DatasetError.empty(path: file.path, what: "image")
    }
    try RecordList.refuseRepeated(ids, name: "image", offsets: offsets, records: records, in: file)
  }
}
