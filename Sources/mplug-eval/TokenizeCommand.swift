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
      compares it: stripped and normalised.
      """)

  /// The tokenizers that can be asked for.
  enum Scheme: String, ExpressibleByArgument, CaseIterable {
    case ptb, vqa
  }

  @Option(name: .long, help: "The tokenizer: ptb or vqa.")
  var scheme: Scheme

  @Flag(name: .long, help: "Makes each line a document of its own (ptb).")
  var isolated = false

  @OptionGroup var logging: LogOptions

  func validate() throws {
    if isolated && scheme != .ptb { throw ValidationError("--isolated belongs to --scheme ptb.") }
  }

  func run() throws {
    let lines = try StandardInput.lines()
    var output = ""
    for line in tokenized(lines) {
      output += line
      output += "\n"
    }
    try Terminal.output(output)
  }

  private func tokenized(_ lines: [String]) -> [String] {
    switch scheme {
    case .ptb:
      let tokenizer = PTBTokenizer()
      return isolated ? tokenizer.tokenizeIsolated(lines) : tokenizer.tokenize(lines)
    case .vqa:
      let normalizer = VQAAnswerNormalizer()
      return lines.map { normalizer.normalize(normalizer.strip($0)) }
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
