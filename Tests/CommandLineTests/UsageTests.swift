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
    (["list", "nothing"], ["'benchmarks', 'models', 'metrics' or 'datasets'"]),
    (["list", "--format", "yaml"], ["'yaml'", "'text' and 'json'"]),
    (["tokenize"], ["--scheme"]),
    (["tokenize", "--scheme", "moses"], ["'moses'", "'ptb' and 'vqa'"]),
    (["tokenize", "--scheme", "vqa", "--isolated"], ["--isolated belongs to --scheme ptb"]),
    (["leaderboard", "--format", "html5"], ["'html5'", "'markdown'"]),
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
    try fails("name a split: \(task.benchmark)", "--annotations", with: named(known))
    try fails(
      "unknown metric 'acuracy'; did you mean accuracy",
      with: task.score(file, "--metrics", "acuracy"))
    let other = task == .answers ? "CIDEr" : "accuracy"
    try fails(
      "metric '\(other)' does not score the task '\(task == .answers ? "vqa" : "caption")'",
      with: task.score(file, "--metrics", other))
    try fails("--model needs a name", with: task.score(file, "--model", ""))
  }

  @Test(arguments: Task.allCases) func placesThatCannotBeWritten(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.write("file", "in the way")
    try expectFailure(
      74, saying: ["\(file)/", "cannot be written", "--output"],
      task.score(task.predictions(), "--output", file), in: scratch)
    try expectFailure(
      74, saying: ["\(scratch("absent/a.jsonl")): cannot be written"],
      task.score(task.predictions(), "--per-sample", scratch("absent/a.jsonl")), in: scratch)
    try expectFailure(
      74, saying: ["\(scratch.path): cannot be written"],
      task.score(task.predictions(), "--per-sample", scratch.path), in: scratch)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "in the way")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskUnderStandardOutput() throws {
    let result = try BuiltBinary.run(["list"], output: "/dev/full")
    #expect(result.status == 74)
    #expect(
      result.errors
        == "mplug-eval: standard output: cannot be written: No space left on device\n")
  }

  @Test func noVerbPrintsHelp() throws {
    let bare = try BuiltBinary.run([])
    let help = try BuiltBinary.run(["--help"])
    #expect(bare.status == 0)
    #expect(bare.output == help.output)
    #expect(bare.errors == "")
  }
}
