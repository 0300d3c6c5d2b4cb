import ArgumentParser
import Foundation
import Records
import Text

/// `tokenize`: lines on standard input, tokens on standard output.
struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Prints the tokens of each line of standard input, separated by spaces.",
    discussion: """
      ptb prints what COCO caption evaluation sees: lower-cased, its punctuation removed, the \
      whole input as one document as in the official run. vqa prints the answer as the official evaluation \
      compares it: stripped and normalised. wordpiece prints the pieces that mPLUG is given; with \
      --ids their ids, [CLS] first. No [SEP] is appended: write it into the text where it is wanted.
      """)

  /// The tokenizers that can be asked for.
  enum Scheme: String, ExpressibleByArgument, CaseIterable {
    case ptb, wordpiece, vqa
  }

  @Option(name: .long, help: "The tokenizer: ptb, wordpiece or vqa.")
  var scheme: Scheme

  @Flag(name: .long, help: "Makes each line a document of its own (ptb).")
  var isolated = false

  @OptionGroup var vocabulary: VocabularyOptions

  @Flag(name: .long, help: "Prints ids in place of pieces (wordpiece).")
  var ids = false

  @OptionGroup var logging: LogOptions

  func validate() throws {
    if isolated && scheme != .ptb { throw ValidationError("--isolated belongs to --scheme ptb.") }
    if scheme != .wordpiece {
      if ids { throw ValidationError("--ids belongs to --scheme wordpiece.") }
      if vocabulary.vocab != nil { throw ValidationError("--vocab belongs to --scheme wordpiece.") }
    }
  }

  func run() throws {
    // A missing vocabulary is told before anyone types into a terminal.
    let tokenize = try tokenization()
    var output = ""
    for line in tokenize(try StandardInput.lines()) {
      output += line
      output += "\n"
    }
    try Terminal.output(output)
  }

  /// What makes output lines of input lines.
  private func tokenization() throws -> ([String]) -> [String] {
    switch scheme {
    case .ptb:
      let tokenizer = PTBTokenizer()
      let isIsolated = isolated
      return { isIsolated ? tokenizer.tokenizeIsolated($0) : tokenizer.tokenize($0) }
    case .wordpiece:
      let tokenizer = try vocabulary.tokenizer()
      return { lines in
        lines.map { line in
          let words =
            ids ? tokenizer.ids(of: line).ids.map(String.init) : tokenizer.tokens(of: line)
          return words.joined(separator: " ")
        }
      }
    case .vqa:
      let normalizer = VQAAnswerNormalizer()
      return { lines in lines.map { normalizer.normalize(normalizer.strip($0)) } }
    }
  }
}

/// Standard input as lines of text.
enum StandardInput {
  /// The lines without their ends; a last line without end counts.
  ///
  /// - Throws: `WrongInput` with the line's number for bytes that are no UTF-8.
  static func lines() throws -> [String] {
    let file = try MappedFile(reading: STDIN_FILENO, name: "standard input")
    return try file.withBytes { bytes in
      var pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      if pieces.last?.isEmpty == true { pieces.removeLast() }
      return try pieces.enumerated().map { index, piece in
        guard let line = String(validating: piece, as: UTF8.self) else {
          throw WrongInput(
            "standard input:\(index + 1): the line is not UTF-8; convert it, for instance with iconv"
          )
        }
        return line
      }
    }
  }
}
