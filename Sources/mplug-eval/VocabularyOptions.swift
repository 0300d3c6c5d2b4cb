import ArgumentParser
import Foundation
import Models
import Text

/// `--vocab` of verbs that need WordPiece's vocabulary.
struct VocabularyOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The vocabulary, bert-base-uncased's vocab.txt; else the file that MPLUG_EVAL_VOCAB names.",
      valueName: "file"))
  var vocab: String?

  func validate() throws {
    if vocab?.isEmpty == true { throw ValidationError("--vocab must not be empty.") }
  }

  /// The vocabulary file: that of the option, else `vocab.txt` beside a checkpoint, else that of the
  /// environment.
  ///
  /// - Throws: `UsageError` where there is none.
  func path(besideCheckpoint checkpoint: String? = nil) throws -> String {
    if let vocab { return vocab }
    if let checkpoint {
      let beside = URL(fileURLWithPath: checkpoint).deletingLastPathComponent()
        .appendingPathComponent("vocab.txt").path
      if FileManager.default.fileExists(atPath: beside) { return beside }
    }
    let named = ProcessInfo.processInfo.environment["MPLUG_EVAL_VOCAB"] ?? ""
    if !named.isEmpty { return named }
    throw UsageError(
      "no vocabulary: name one with --vocab FILE or in MPLUG_EVAL_VOCAB; mPLUG's is the vocab.txt of "
        + "bert-base-uncased, https://huggingface.co/google-bert/bert-base-uncased")
  }

  /// The tokenizer over that file.
  ///
  /// - Throws: `UsageError`, `RecordError`, `VocabularyError`.
  func tokenizer() throws -> WordPieceTokenizer {
    WordPieceTokenizer(try WordPieceVocabulary(path: try path()))
  }
}
