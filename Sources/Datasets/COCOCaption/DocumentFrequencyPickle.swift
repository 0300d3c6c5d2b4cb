import Pickle
import Records

/// The published tables of document frequencies, pickles such as `coco-val-df.p`: a dictionary from
/// n-grams, tuples of words, to counts; or one with `document_frequency` and `ref_len`, the number of
/// images.
///
/// Source: `vrama91/cider`, `ciderD_scorer.py`, which takes every table without a number of images for
/// that of COCO's validation images; `ruotianluo/cider` for the other form.
enum DocumentFrequencyPickle {
  /// What a table holds.
  typealias Content = (images: Int, counts: [(ngram: String, count: Double)])

  /// The images of COCO's val2014, whose table states no number.
  private static let cocoImages = 40_504

  /// Dictionaries that make up missing counts, and what would make them.
  private static let globals = PickleGlobals([
    "collections.defaultdict", "collections.Counter", "__builtin__.float", "__builtin__.int",
    "builtins.float", "builtins.int",
  ])

  /// Whether a file is no JSON object, the other form of such tables.
  static func isPickle(_ file: MappedFile) -> Bool {
    guard ForeignContent(file) == nil,
      let first = file.bytes.first(where: { $0 > 0x20 })
    else { return false }
    return first != UInt8(ascii: "{") && first != UInt8(ascii: "[") && first != 0xEF
  }

  /// Reads a table.
  ///
  /// - Throws: `PickleError`, `DatasetError` with the entry that is wrong.
  static func read(_ file: MappedFile) throws -> Content {
    let value = try PickleReader.value(of: file, globals: globals)
    guard let stated = value["document_frequency"] else {
      return (cocoImages, try counts(value, in: file))
    }
    guard let length = value["ref_len"]?.double, let images = Int(exactly: length), images > 0
    else {
      throw wrongKind(file, found: "no number of images in \"ref_len\"")
    }
    return (images, try counts(stated, in: file))
  }

  private static func counts(
    _ value: PickleValue, in file: MappedFile
  ) throws -> [(ngram: String, count: Double)] {
    guard let pairs = value.pairs, !pairs.isEmpty else {
      throw wrongKind(file, found: value.kind.rawValue)
    }
    return try pairs.enumerated().map { index, pair in
      let words = pair.key.elements?.compactMap(\.string)
      guard let words, !words.isEmpty, words.count == pair.key.elements?.count else {
        throw DatasetError.badValue(
          path: file.path, record: index, offset: pair.key.offset ?? 0,
          reason: "an n-gram must be a tuple of words, found \(pair.key.kind.rawValue)",
          remedy: "give a table such as coco-val-df.p")
      }
      guard let count = pair.value.double, count >= 0, count <= 1e15 else {
        throw DatasetError.badValue(
          path: file.path, record: index, offset: pair.key.offset ?? 0,
          reason: "\"\(words.joined(separator: " "))\" has no count of images",
          remedy: "give a table such as coco-val-df.p")
      }
      return (words.joined(separator: " "), count)
    }
  }

  private static func wrongKind(_ file: MappedFile, found: String) -> DatasetError {
    .wrongKind(
      path: file.path, expected: "document frequencies: n-grams and in how many images they occur",
      found: found, remedy: "give a table such as coco-val-df.p")
  }
}
