import OrderedCollections
import Records

/// The official caption file: `{"images": [{"id"}], "annotations": [{"image_id", "id",
/// "caption"}]}`.
enum COCOCaptionFile {
  /// Reads the captions of all images, or of those that are wanted, in the order of `images`; an
  /// image's captions come in the order of `annotations`.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(
    _ path: String, keeping wanted: [Int]?
  ) throws -> (CaptionReferences, SourceFile) {
    try SourceFile.read(path, role: "annotations") { file in
      var reader = try JSONReader(file)
      var images: [Int] = []
      var captions: OrderedDictionary<Int, [String]> = [:]
      var index = 0
      var seen: Set<String> = []
      try reader.readObject { key, reader in
        guard seen.insert(key.string).inserted else {
          throw DatasetError.wrongKind(
            path: path, expected: "each member once", found: "\"\(key.string)\" twice",
            remedy: "keep one of them")
        }
        switch key {
        case "images":
          try reader.readArray { images.append(try readImage(&$0, index: images.count)) }
        case "annotations":
          try reader.readArray { reader in
            let (image, caption) = try readCaption(&reader, index: index)
            captions[image, default: []].append(caption)
            index += 1
          }
        default: try reader.skip()
        }
      }
      try reader.finish()
      if captions.isEmpty { throw DatasetError.empty(path: path, what: "caption") }
      let order = wanted ?? images
      let unknown = Set(captions.keys).subtracting(images)
      guard unknown.isEmpty else {
        throw DatasetError.unknownIDs(
          path: path, what: "images of captions",
          first: unknown.sorted().prefix(3).map(String.init), count: unknown.count,
          remedy: "\"images\" must list every image that has captions")
      }
      if let bare = order.first(where: { captions[$0] == nil }) {
        throw DatasetError.wrongKind(
          path: path, expected: "captions of every image", found: "none of image \(bare)",
          remedy: wanted == nil
            ? "remove it from \"images\" or add its captions"
            : "the list of images and the captions are not of the same data")
      }
      guard Set(order).count == order.count else {
        throw DatasetError.wrongKind(
          path: path, expected: "each image once", found: "an id twice in \"images\"",
          remedy: "keep one of them")
      }
      return CaptionReferences(
        ids: order.map { .int($0) }, captions: order.map { captions[$0] ?? [] })
    }
  }

  private static func readImage(_ reader: inout JSONReader, index: Int) throws -> Int {
    let start = reader.offset
    var id: Int?
    try reader.readObject { key, reader in
      guard case "id" = key else { return try reader.skip() }
      try reader.refuseSecond(id, key, in: index)
      id = try reader.readInt()
    }
    guard let id else {
      throw reader.badRecord(
        index, "an image lacks \"id\"", remedy: "the file is not as published", at: start)
    }
    return id
  }

  private static func readCaption(
    _ reader: inout JSONReader, index: Int
  ) throws -> (Int, String) {
    let start = reader.offset
    var image: Int?
    var caption: String?
    try reader.readObject { key, reader in
      switch key {
      case "image_id":
        try reader.refuseSecond(image, key, in: index)
        image = try reader.readInt()
      case "caption":
        try reader.refuseSecond(caption, key, in: index)
        caption = try reader.readString()
      default: try reader.skip()
      }
    }
    guard let image, let caption else {
      throw reader.badRecord(
        index, "an annotation lacks \"\(image == nil ? "image_id" : "caption")\"",
        remedy: "the file is not a caption file as published", at: start)
    }
    return (image, caption)
  }
}

/// A list of a split's images: lines `val2014/COCO_val2014_000000391895.jpg 391895`.
enum KarpathyImageList {
  /// The image ids in the order of the file.
  ///
  /// - Throws: `RecordError` if it cannot be opened, `DatasetError.badRecord` for another line.
  static func read(_ path: String) throws -> ([Int], SourceFile) {
    try SourceFile.read(path, role: "images") { file in
      var ids: [Int] = []
      try WordLines.forEach(in: file) { words, line in
        guard let id = words.last.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }) else {
          throw DatasetError.badRecord(
            path: path, line: line, column: 1, reason: "expected a file name and an image id",
            remedy: "lines look like val2014/COCO_val2014_000000391895.jpg 391895")
        }
        ids.append(id)
      }
      if ids.isEmpty { throw DatasetError.empty(path: path, what: "image") }
      if let twice = ids.firstRepeated() {
        throw DatasetError.wrongKind(
          path: path, expected: "each image once", found: "image \(twice) twice",
          remedy: "keep one of the lines")
      }
      return ids
    }
  }
}
