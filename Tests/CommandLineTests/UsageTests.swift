import Foundation
import TestSupport
import Testing

/// Command lines that make no sense, and places that cannot be written.
@Suite struct UsageTests {
  static let wrong: [(arguments: [String], says: [String])] = [
    (["scor"], ["unknown verb 'scor'; did you mean score?"]),
    (["xyzzy"], ["unknown verb 'xyzzy'; `mplug-eval --help` shows all"]),
    (["--bogus"], ["Unknown option '--bogus'"]),
    (["score", "a", "--predictions", "b", "--data", "c", "--bogus"], ["Unknown option '--bogus'"]),
    (["list", "--frmat"], ["'--frmat'"]),
    (["score"], ["Missing expected argument '<benchmark>'"]),
    (["score", "vqav2/val"], ["--predictions"]),
    (["list", "nothing"], ["'benchmarks', 'models', 'metrics', 'datasets' or 'status'"]),
    (["list", "--format", "yaml"], ["'yaml'", "'text', 'json' or 'markdown'"]),
    (["tokenize"], ["--scheme"]),
    (["tokenize", "--scheme", "moses"], ["'moses'", "'ptb', 'wordpiece' or 'vqa'"]),
    (["tokenize", "--scheme", "vqa", "--isolated"], ["--isolated belongs to --scheme ptb"]),
    (["leaderboard", "--format", "html5"], ["'html5'", "markdown"]),
    (["leaderboard", "a", "b"], ["Unexpected argument 'b'"]),
    (["leaderboard", "--quiet", "--verbose"], ["--quiet and --verbose exclude each other"]),
  ]

  @Test(arguments: wrong.indices) func wrongCommandLine(_ index: Int) throws {
    let (arguments, says) = Self.wrong[index]
    try expectFailure(64, saying: says, arguments, in: try TemporaryFolder())
  }

  @Test(arguments: Task.allCases) func score(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let file = task.predictions()
    func fails(_ says: String..., with arguments: [String]) throws {
      try expectFailure(
        64, saying: says, arguments + ["--output", scratch("out")], in: scratch)
    }
    let start = ["score", task.benchmark, "--predictions", file]
    try fails("Name the references: --data DIR or --annotations FILE; see", with: start)
    try fails(
      "--data and --annotations exclude each other; see",
      with: start + ["--data", Mini.folder, "--annotations", file])
    let known = String(task.benchmark.prefix { $0 != "/" })
    func named(_ name: String) -> [String] {
      ["score", name, "--predictions", file, "--data", Mini.folder]
    }
    try fails(
      "unknown benchmark '\(known)x'; did you mean \(known)", "`mplug-eval list benchmarks`",
      with: named("\(known)x/val"))
    try fails("unknown benchmark 'imagenet'; `mplug-eval list", with: named("imagenet"))
    try fails(
      "benchmark '\(known)' has no split 'trian'; it has \(task == .answers ? "val" : "test, val")",
      with: named("\(known)/trian"))
    try fails("has no split ''", with: named("\(known)/"))
    try fails(
      "unknown metric 'acuracy'; did you mean accuracy",
      with: task.score(file, "--metrics", "acuracy"))
    let other = task == .answers ? "CIDEr" : "accuracy"
    try fails(
      "metric '\(other)' does not score the task '\(task == .answers ? "vqa" : "caption")'",
      with: task.score(file, "--metrics", other))
    try fails("--model needs a name", with: task.score(file, "--model", ""))
  }

  @Test func documentFrequencies() throws {
    let scratch = try TemporaryFolder()
    let good = try scratch.write("df.json", #"{"images": 100, "frequencies": {"a dog": 7}}"#)
    let captions = Task.captions
    func arguments(_ path: String, _ task: Task = .captions) -> [String] {
      task.score(task.predictions(), "--document-frequencies", path)
    }
    #expect(try BuiltBinary.run(arguments(good)).output.contains("|df:"))
    try expectFailure(
      64, saying: ["document frequencies were given, and accuracy use none"],
      arguments(good, .answers), in: scratch)
    try expectFailure(
      64, saying: ["document frequencies were given, and Bleu use none"],
      arguments(good) + ["--metrics", "Bleu"], in: scratch)
    for (content, says) in [
      (#"{"images": 0, "frequencies": {"a": 1}}"#, "found 0 images"),
      (#"{"frequencies": {"a": 1}}"#, #"found no "images""#),
      (#"{"images": 1, "frequencies": {}}"#, #"found no "frequencies""#),
      (#"{"images": 1, "frequencies": {"b": 1, "a c": -1}}"#, #":1:46: record 1: "a c" occurs in"#),
      (
        #"{"images": 1, "frequencies": {"b": 1}, "frequencies": {"c": 1}}"#,
        #""frequencies" stands twice"#
      ),
      ("[]", "expected an object, found an array"),
    ] {
      let path = try scratch.write("bad.json", content)
      try expectFailure(65, saying: [path, says], arguments(path), in: scratch)
    }
    try expectFailure(
      66, saying: ["there is no such file"], arguments(scratch("absent.json")), in: scratch)
    // A metric that is named twice is reported once.
    let twice = try BuiltBinary.run(
      captions.score(captions.predictions(), "--metrics", "ROUGE_L", "ROUGE_L"))
    #expect(twice.output.split(separator: "\n").count { $0.hasPrefix("ROUGE_L ") } == 1)
  }

  /// An annotation file is opened twice; a prediction file may be a pipe.
  @Test func pipes() throws {
    let scratch = try TemporaryFolder()
    let pipe = "/dev/stdin"
    func run(_ content: String, _ arguments: [String]) throws -> Int32 {
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.arguments =
        ["-c", #"cat "$0" | "$@" > out 2> err"#, content, BuiltBinary.path] + arguments
      shell.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
      try shell.run()
      shell.waitUntilExit()
      return shell.terminationStatus
    }
    let task = Task.captions
    #expect(try run(task.predictions(), task.score(pipe)) == 0)
    let status = try run(
      Mini.file("coco/annotations/captions_val2014.json"),
      ["score", "coco-caption", "--predictions", task.predictions(), "--annotations", pipe])
    #expect(status == 74)
    #expect(
      try String(contentsOfFile: scratch("err"), encoding: .utf8)
        == "mplug-eval: \(pipe): cannot be read: its kind must be known before it is read, "
        + "and a pipe gives its content once: write it to a file\n")
  }

  @Test(arguments: Task.allCases) func placesThatCannotBeWritten(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.write("file", "in the way")
    try expectFailure(
      74, saying: ["\(file)/", "cannot be written: Not a directory"],
      task.score(task.predictions(), "--output", file), in: scratch)
    try expectFailure(
      74, saying: ["\(scratch("absent/a.jsonl")): cannot be written"],
      task.score(task.predictions(), "--per-sample", scratch("absent/a.jsonl")), in: scratch)
    try expectFailure(
      74, saying: ["\(scratch.path): cannot be written"],
      task.score(task.predictions(), "--per-sample", scratch.path), in: scratch)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "in the way")
    // An input is never written over, whatever it is called.
    let predictions = try scratch.write(
      "p.json", try Data(contentsOf: URL(fileURLWithPath: task.predictions())))
    let before = try Data(contentsOf: URL(fileURLWithPath: predictions))
    try expectFailure(
      64, saying: ["--per-sample would overwrite \(predictions)"],
      task.score(predictions, "--per-sample", scratch.path + "/./p.json"), in: scratch)
    #expect(try Data(contentsOf: URL(fileURLWithPath: predictions)) == before)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskUnderStandardOutput() throws {
    let result = try BuiltBinary.run(["list"], output: "/dev/full")
    #expect(result.status == 74)
    #expect(
      result.errors
        == "mplug-eval: standard output: cannot be written: No space left on device: "
        + "free some space and run the command again\n")
  }

  /// What a file quotes into a message neither speaks to the terminal nor fills it.
  @Test func messagesAreOneShortPrintableLine() throws {
    let task = Task.captions
    let scratch = try TemporaryFolder()
    let name = String(repeating: "long", count: 100_000)
    for text in ["\\u001b[31mred\\u0007", name] {
      let file = try scratch.write("c.json", "{\"images\": [], \"dataset\": \"\(text)\"}")
      let result = try BuiltBinary.run([
        "score", "coco-caption", "--annotations", file, "--predictions", task.predictions(),
      ])
      #expect(result.status == 65)
      let line = result.errors.dropLast().unicodeScalars
      #expect(!line.contains { $0.value < 0x20 || $0.value == 0x7F }, "\(result.errors)")
      #expect(line.count < 2100 && result.errors.contains("c.json: expected Karpathy"))
      #expect(result.errors.hasSuffix("; take it from caption_datasets.zip\n"))
    }
  }

  @Test func bytesThatAreNoTextAreNamed() throws {
    let scratch = try TemporaryFolder()
    let errors = try scratch.write("errors", "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "exec \"$0\" check \"$(printf 'r\\377')\" --baseline b 2>\"$1\"", BuiltBinary.path,
      errors,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 64)
    let line = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(
      line
        == "mplug-eval: argument 2, 'r\u{FFFD}', is not UTF-8; rename what it names, or link to it\n"
    )
  }

  @Test func emptyNamesOfFilesAreUsage() throws {
    let scratch = try TemporaryFolder()
    for option in ["--annotations", "--document-frequencies"] {
      let references = option == "--annotations" ? [] : ["--data", scratch.path]
      try expectFailure(
        64, saying: ["\(option) must not be empty"],
        ["score", "mini-coco-caption", "--predictions", "p.json"] + references + [option, ""],
        in: scratch)
    }
  }

  @Test func noVerbPrintsHelp() throws {
    let bare = try BuiltBinary.run([])
    let help = try BuiltBinary.run(["--help"])
    #expect(bare.status == 0)
    #expect(bare.output == help.output)
    #expect(bare.errors == "")
  }
}
