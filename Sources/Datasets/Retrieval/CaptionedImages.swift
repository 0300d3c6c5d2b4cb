import Metrics
import Records

/// Images with their captions, in the order in which a score matrix has them.
struct CaptionedImages {
  let ids: [SampleID]
  /// Where the data set's own layout has each image.
  let files: [String]
  /// The captions of each image: all of them, however many.
  let captions: [[String]]

  /// - Throws: `MetricError` for an image without caption.
  func references() throws -> RetrievalReferences {
    try RetrievalReferences(side: .image, images: ids, files: files, textsOfImages: captions)
  }
}

extension CaptionedImages {
  /// Reads Karpathy's file.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func karpathy(
    _ path: String, split: String?, _ naming: KarpathyImages.Naming
  ) throws -> (CaptionedImages, SourceFile) {
    try SourceFile.read(path, role: "karpathy") { file in
      let images = try KarpathyImages.read(file, split: split, naming)
      return CaptionedImages(ids: images.ids, files: images.files, captions: images.sentences)
    }
  }

  /// Reads a list of the reference project: `[{"image": "val2014/COCO_val2014_000000391895.jpg",
  /// "caption": ["…", …]}, …]`.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func referenceList(
    _ path: String, _ naming: KarpathyImages.Naming
  ) throws -> (CaptionedImages, SourceFile) {
    try SourceFile.read(path, role: "list") { file in
      var (ids, files, captions): ([SampleID], [String], [[String]]) = ([], [], [])
      let example = "[{\"image\": \"…\", \"caption\": [\"…\", …]}, …]"
      let offsets = try RecordList.forEach(in: file, of: "image", example: example) {
        reader, index in
        let start = reader.offset
        let (image, own) = try readRecord(&reader, index)
        guard let image, let own, !own.isEmpty else {
          throw reader.badRecord(
            index, image == nil ? "\"image\" is missing" : "\"caption\" is missing or empty",
            remedy: "the file has the form \(example)", at: start)
        }
        guard let id = naming.id(ofFile: image) else {
          throw reader.badRecord(
            index, "\"\(image)\" is no image of \(naming.dataset)",
            remedy: "take the list of this data set", at: start)
        }
        ids.append(id)
        files.append(image)
        captions.append(own)
      }
      try RecordList.refuseRepeated(ids, name: "image", offsets: offsets, in: file)
      return CaptionedImages(ids: ids, files: files, captions: captions)
    }
  }

  private static func readRecord(
    _ reader: inout JSONReader, _ index: Int
  ) throws -> (image: String?, captions: [String]?) {
    var image: String?
    var captions: [String]?
    try reader.readObject { key, reader in
      switch key {
      case "image":
        if image != nil { throw reader.repeatedMember("image", in: index) }
        image = try reader.readString()
      case "caption":
        if captions != nil { throw reader.repeatedMember("caption", in: index) }
        guard try reader.peek() != .string else {
          throw DatasetError.wrongKind(
            path: reader.file.path, expected: "a list of captions for each image",
            found: "a single caption (record \(index)): this is a training list",
            remedy: "give the list of a validation or test split")
        }
        var own: [String] = []
        try reader.readArray { own.append(try $0.readString()) }
        captions = own
      default: try reader.skip()
      }
    }
    return (image, captions)
  }
}

extension ReferenceSet {
  /// A retrieval set of images.
  ///
  /// - Parameter checked: The split that was asked for, and the images that it officially has.
  /// - Throws: `DatasetError.wrongKind` where the images are those of another published split;
  ///   `MetricError` for an image without caption.
  static func retrieval(
    _ read: (images: CaptionedImages, file: SourceFile), label: String,
    checked: (split: BenchmarkSplit, expected: KnownImages)? = nil
  ) throws -> ReferenceSet {
    let problems = try checked.map {
      try KnownImages.check(
        read.images.ids, are: $0.expected, of: $0.split, path: read.file.path)
    }
    return ReferenceSet(
      content: .retrieval(try read.images.references()), files: [read.file], label: label,
      problems: problems ?? [])
  }

  /// Reads a split from Karpathy's file where it is there, else from the reference project's list;
  /// nil where neither is.
  ///
  /// - Parameter expected: The images that the split officially has.
  /// - Throws: as `retrieval`; `RecordError`, `JSONError`.
  static func captionedImages(
    under folder: DataFolder, split: BenchmarkSplit, _ naming: KarpathyImages.Naming,
    are expected: KnownImages
  ) throws -> ReferenceSet? {
    if let path = folder.find(split.files["karpathy"] ?? []) {
      return try .retrieval(
        CaptionedImages.karpathy(path, split: split.name, naming), label: split.label,
        checked: (split, expected))
    }
    if let path = folder.find(split.files["list"] ?? []) {
      return try .retrieval(
        CaptionedImages.referenceList(path, naming), label: split.label,
        checked: (split, expected))
    }
    return nil
  }

  /// The images or clips of a retrieval set, by the split's rule for names where it has one.
  func retrievalMedia(of split: BenchmarkSplit) -> [MediaReference] {
    retrievalSamples(of: split).media
  }

  /// The images or clips of a retrieval set as samples, with its texts.
  func retrievalSamples(of split: BenchmarkSplit) -> SampleSet {
    guard case .retrieval(let references) = content else {
      return SampleSet(samples: [], media: [], files: files, problems: problems)
    }
    let kind: MediaReference.Kind = references.side == .image ? .image : .video
    let template = split.media.flatMap { MediaTemplate($0) }
    // Adapters refuse an image that stands twice: each has its own place.
    let media = references.images.indices.map { index in
      let id = references.images[index]
      return MediaReference(
        id: id, path: template?.path(of: id) ?? references.files[index], kind: kind)
    }
    return SampleSet(
      samples: media.indices.map { InputSample(id: references.images[$0], media: [$0]) },
      media: media, texts: references.texts, files: files, problems: problems)
  }
}
