import Foundation
import Records

/// Where the vocabulary lies.
enum VocabularyPlace {
  /// The file that was named, or `vocab.txt` beside a checkpoint.
  ///
  /// - Throws: `RecordError.missingFile`.
  static func path(_ named: String?, beside checkpoint: String) throws -> String {
    if let named { return named }
    let beside = URL(fileURLWithPath: checkpoint).deletingLastPathComponent()
      .appendingPathComponent("vocab.txt").path
    guard FileManager.default.fileExists(atPath: beside) else {
      throw UsageError(
        "no vocab.txt beside \(checkpoint); name that of bert-base-uncased with --vocab")
    }
    return beside
  }
}
