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

  /// bert-base-uncased's own: the environment's `MPLUG_EVAL_VOCAB`, else beside the checkout; nil
  /// where there is none.
  static let real: URL? = {
    let file =
      ProcessInfo.processInfo.environment["MPLUG_EVAL_VOCAB"].map { URL(fileURLWithPath: $0) }
      ?? Golden.root.deletingLastPathComponent()
      .appendingPathComponent("shared/data/bert-base-uncased/vocab.txt")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }()
}

extension JSONValue {
  /// A list of ids.
  var ids: [Int32]? { array?.compactMap { $0.int.flatMap(Int32.init(exactly:)) } }

  /// A list of lists of ids.
  var rows: [[Int32]]? { array?.compactMap(\.ids) }
}
