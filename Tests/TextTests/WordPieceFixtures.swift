import Foundation
import Records
import TestSupport
import Testing
import Text

/// The golden texts and vocabularies.
enum WordPieceFixtures {
  static let folder = Golden.fixtures.appendingPathComponent("model/text")

  /// The cases over the small vocabulary.
  static func cases(_ name: String) throws -> [JSONValue] {
    let file = try JSONFile.read(folder.appendingPathComponent("cases.json").path)
    return try #require(file[name]?.array)
  }

  /// A tokenizer over the small vocabulary.
  static func small() throws -> WordPieceTokenizer {
    try tokenizer(folder.appendingPathComponent("vocab.txt"))
  }

  static func tokenizer(_ file: URL) throws -> WordPieceTokenizer {
    let mapped = try MappedFile(file.path)
    return WordPieceTokenizer(
      try mapped.withBytes { try WordPieceVocabulary(file: $0, name: file.path) })
  }

  /// bert-base-uncased's own, beside the checkout; nil where it is not there or another.
  static func real() throws -> URL? {
    let golden = try JSONFile.read(folder.appendingPathComponent("bert-base-uncased.json").path)
    let file = Golden.root.deletingLastPathComponent()
      .appendingPathComponent("shared/data/bert-base-uncased/vocab.txt")
    guard FileManager.default.fileExists(atPath: file.path),
      try SHA256.hexDigest(ofFile: file.path) == golden["sha256"]?.string
    else { return nil }
    return file
  }
}

extension JSONValue {
  /// A list of ids.
  var ids: [Int32]? { array?.compactMap { $0.int.flatMap(Int32.init(exactly:)) } }

  /// A list of lists of ids.
  var rows: [[Int32]]? { array?.compactMap(\.ids) }
}
