import Foundation
import Records
import TestSupport
import Testing

/// `tokenize`: lines in, lines out.
@Suite struct TokenizeTests {
  private func tokenize(_ input: String, _ arguments: String...) throws -> String {
    let result = try BuiltBinary.run(["tokenize"] + arguments, input: Data(input.utf8))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    return result.output
  }

  @Test func captions() throws {
    #expect(
      try tokenize("A man's riding a T-shirt, isn't he?\n", "--scheme", "ptb")
        == "a man 's riding a t-shirt is n't he\n")
    #expect(try tokenize("a dog (brown)", "--scheme", "ptb") == "a dog -lrb- brown -rrb-\n")
    #expect(try tokenize("...\n\nTwo\n", "--scheme", "ptb") == "\n\ntwo\n")
  }

  /// The period of a letter at the end of a line depends on how the next line begins; the last
  /// line's `they've` has no context behind it.
  @Test func theWholeInputIsOneDocument() throws {
    let input = "the letter X.\nA dog runs\nthe letter X.\na dog\nthey've\nthey've\n"
    #expect(
      try tokenize(input, "--scheme", "ptb")
        == "the letter x\na dog runs\nthe letter x.\na dog\nthey 've\nthey ve\n")
    #expect(
      try tokenize(input, "--scheme", "ptb", "--isolated")
        == "the letter x.\na dog runs\nthe letter x.\na dog\nthey ve\nthey ve\n")
  }

  @Test func answers() throws {
    #expect(
      try tokenize(
        "  The Dog \ntwo\nA, b\n\n1,000\nisnt\nyes.\n\ta\u{A0}b \n", "--scheme", "vqa")
        == "dog\n2\nb\n\n1000\nisn't\nyes\nb\n")
  }

  /// White space at the ends goes before punctuation is looked at, as in the official evaluation: a
  /// mark at the end is deleted only if it stands beside a blank inside.
  @Test func answersAreStrippedFirst() throws {
    #expect(try tokenize("a/b/ \n", "--scheme", "vqa") == "b\n")
    #expect(try tokenize("cat/dog-\t\n", "--scheme", "vqa") == "cat dog\n")
    #expect(try tokenize("cat/dog /\n", "--scheme", "vqa") == "catdog\n")
    #expect(try tokenize("cat/dog/ \n", "--scheme", "vqa") == "cat dog\n")
  }

  private static let vocabulary = Golden.fixtures.appendingPathComponent("model/text/vocab.txt")
    .path

  @Test func pieces() throws {
    let options = ["--scheme", "wordpiece", "--vocab", Self.vocabulary]
    let input = "Embeddings.\n\nyes[SEP]a\tdog\r\n"
    let pieces = try BuiltBinary.run(["tokenize"] + options, input: Data(input.utf8))
    #expect(pieces.output == "embed ##ding ##s .\n\nyes [SEP] a dog\n" && pieces.errors == "")
    let ids = try BuiltBinary.run(["tokenize", "--ids"] + options, input: Data(input.utf8))
    #expect(ids.output == "101 899 965 639 117\n101\n101 807 102 142 712\n" && ids.status == 0)
  }

  /// Every golden line that is one line, through the binary.
  @Test func goldenPieces() throws {
    let file = Golden.fixtures.appendingPathComponent("model/text/cases.json").path
    let cases = (try JSONFile.read(file)["tokenizer"]?.array ?? []).filter {
      $0["text"]?.string?.utf8.contains(0x0A) == false
    }
    #expect(cases.count > 50)
    let input = cases.map { ($0["text"]?.string ?? "") + "\n" }.joined()
    let lines = cases.map { golden in
      (golden["ids"]?.array ?? []).compactMap { $0.int.map(String.init) }.joined(separator: " ")
    }
    #expect(
      try tokenize(input, "--scheme", "wordpiece", "--ids", "--vocab", Self.vocabulary)
        == lines.map { $0 + "\n" }.joined())
  }

  @Test func vocabularies() throws {
    let scratch = try TemporaryFolder()
    let start = ["tokenize", "--scheme", "wordpiece"]
    try expectFailure(
      64, saying: ["no vocabulary", "--vocab FILE", "MPLUG_EVAL_VOCAB", "bert-base-uncased"], start,
      in: scratch)
    try expectFailure(
      66, saying: ["nowhere.txt", "no such file"], start + ["--vocab", "nowhere.txt"], in: scratch)
    try scratch.write("short.txt", "[PAD]\na\n")
    try expectFailure(
      65, saying: ["short.txt: [UNK] is missing, expected at id 100 (line 101)"],
      start + ["--vocab", "short.txt"], in: scratch)
    for option in [["--ids"], ["--vocab", "short.txt"]] {
      try expectFailure(
        64, saying: ["belongs to --scheme wordpiece"], ["tokenize", "--scheme", "vqa"] + option,
        in: scratch)
    }
    let named = try BuiltBinary.run(
      start, input: Data("dog".utf8), environment: ["MPLUG_EVAL_VOCAB": Self.vocabulary])
    #expect(named.output == "dog\n" && named.status == 0)
  }

  @Test(arguments: ["ptb", "vqa"]) func nothingInNothingOut(_ scheme: String) throws {
    #expect(try tokenize("", "--scheme", scheme) == "")
    #expect(try tokenize("\n", "--scheme", scheme) == "\n")
    #expect(try tokenize("word", "--scheme", scheme) == "word\n")
    #expect(
      try tokenize("one line\r\nmore\r\n", "--scheme", scheme).split(separator: "\n").count == 2)
  }

  @Test(arguments: ["ptb", "vqa"]) func notUTF8(_ scheme: String) throws {
    try expectFailure(
      65, saying: ["standard input:3: the line is not UTF-8", "iconv"],
      ["tokenize", "--scheme", scheme], input: Data("a\nb\n".utf8) + Data([0xFF, 0x0A]),
      in: try TemporaryFolder())
  }

  /// A folder in place of a file, and standard input closed: both end in one line, not in a trap.
  @Test(arguments: ["</", "<&-"]) func standardInputThatCannotBeRead(_ input: String) throws {
    let scratch = try TemporaryFolder()
    let errors = try scratch.write("errors", "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "exec \"$0\" tokenize --scheme ptb \(input) 2>\"$1\"", BuiltBinary.path, errors,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 74)
    let line = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(line.hasPrefix("mplug-eval: standard input: cannot be read: "), "\(line)")
    #expect(line.utf8.count { $0 == 0x0A } == 1)
  }
}
