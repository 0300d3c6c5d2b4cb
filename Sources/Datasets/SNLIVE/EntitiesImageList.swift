import Records

/// The photos of a part of Flickr30K Entities, whose split SNLI-VE uses (Karpathy's is another one):
/// one photo id a line, with or without `.jpg`.
enum EntitiesImageList {
  /// The photos of a list.
  ///
  /// - Throws: `RecordError` if it cannot be opened, `DatasetError.badRecord` for another line.
  static func read(_ path: String) throws -> Set<String> {
    var photos: Set<String> = []
    try WordLines.forEach(in: try MappedFile(path)) { words, line in
      let digits = words[0].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      let rest = words[0].dropFirst(digits.count)
      guard words.count == 1, !digits.isEmpty, rest.isEmpty || rest.elementsEqual(".jpg".utf8)
      else {
        throw DatasetError.badRecord(
          path: path, line: line, column: 1, reason: "expected one photo id",
          remedy: "the list of Flickr30K Entities has lines such as 1016887272; "
            + "remove the file if it is another one")
      }
      photos.insert(String(decoding: digits, as: UTF8.self))
    }
    if photos.isEmpty { throw DatasetError.empty(path: path, what: "photo") }
    return photos
  }

  /// What a list and the photos of a split do not have in common; nil where they are the same.
  ///
  /// - Throws: as `read`.
  static func difference(_ path: String, from images: [String]) throws -> Problem? {
    let listed = try read(path)
    let used = Set(images)
    let foreign = used.subtracting(listed).sorted()
    let absent = listed.subtracting(used).sorted()
    guard !foreign.isEmpty || !absent.isEmpty else { return nil }
    return Problem(
      code: "entities_split",
      message: "\(foreign.count) of \(used.count) images are not in the Entities list \(path), and "
        + "\(absent.count) of its \(listed.count) have no pair: SNLI-VE splits as Flickr30K Entities "
        + "does, so one of the files is of another split or incomplete",
      count: foreign.count + absent.count,
      examples: Array((foreign + absent).prefix(3)))
  }
}
