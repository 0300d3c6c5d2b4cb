import Records
import Text

/// Captions of Karpathy's file, and of the reference project's list of the same image objects.
enum KarpathyFile {
  /// Reads the captions of a split, or of all images. All captions of an image are references, not
  /// the first five alone.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String, split: String?) throws -> (CaptionReferences, SourceFile) {
    try SourceFile.read(path, role: "karpathy") { file in
      let images = try KarpathyImages.read(file, split: split, .coco)
      return CaptionReferences(ids: images.ids, captions: images.sentences)
    }
  }

  /// Reads a list of the reference project, whose references it lower-cases before tokenizing.
  /// (It then renames `_UNK`, which no lower-cased text holds.)
  ///
  /// - Throws: as `read`.
  static func readReferenceList(_ path: String) throws -> (CaptionReferences, SourceFile) {
    try SourceFile.read(path, role: "list") { file in
      var images = KarpathyImages(wantedSplit: nil, naming: .coco)
      try RecordList.forEach(
        in: file, of: "image",
        example: "[{\"filename\": \"…\", \"sentences\": [{\"raw\": \"…\"}]}, …]"
      ) { reader, _ in try images.readImage(&reader) }
      try images.check(file)
      return CaptionReferences(
        ids: images.ids, captions: images.sentences.map { $0.map(PythonLowercase.lowercased) },
        letterCase: "lower")
    }
  }
}
