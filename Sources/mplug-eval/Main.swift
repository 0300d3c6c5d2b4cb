import ArgumentParser
import Records
import Text

/// The command: parses arguments, runs a verb, turns errors into one line and an exit code.
@main
struct MPLUGEval: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mplug-eval",
    abstract: "Scores vision-language models, exactly.",
    discussion: """
      Numbers equal those of the official scorers. Results go to standard output, progress and \
      logs to standard error.

      Exit codes: 0 success, 10 the gate failed, 11 the gate cannot tell, 64 usage, 65 content of \
      a file is wrong, 66 a file is missing, 70 a bug of ours, 74 input or output failed, \
      75 incomplete: run again to resume, 130/143 interrupted.
      """,
    version: "mplug-eval \(ToolVersion.current)",
    subcommands: [
      ListCommand.self,
      DoctorCommand.self,
      RunCommand.self,
      ScoreCommand.self,
      MergeCommand.self,
      LeaderboardCommand.self,
      ReproduceCommand.self,
      CompareCommand.self,
      CheckCommand.self,
      InspectCommand.self,
      AskCommand.self,
      FramesCommand.self,
      PreprocessCommand.self,
      TokenizeCommand.self,
      ConvertCommand.self,
      VerifyCommand.self,
      ResourcesCommand.self,
    ])

  static func main() {
    do {
      try refuseBytesThatAreNoText()
      try refuseUnknownVerb(CommandLine.arguments.dropFirst().first)
      var command = try parseAsRoot()
      Interruption.leavesNothingHalfWritten()
      try command.run()
    } catch {
      ExitCodes.exit(with: error)
    }
  }

  /// Swift mends arguments that are not UTF-8, and a mended name is that of no file.
  private static func refuseBytesThatAreNoText() throws {
    for (index, mended) in CommandLine.arguments.enumerated() {
      guard let bytes = CommandLine.unsafeArgv[index], String(validatingCString: bytes) == nil
      else { continue }
      throw UsageError(
        "argument \(index), '\(mended)', is not UTF-8; rename what it names, or link to it")
    }
  }

  /// The parser calls a mistyped verb an unexpected argument; this suggests what was meant.
  private static func refuseUnknownVerb(_ word: String?) throws {
    let known = configuration.subcommands.map { $0._commandName } + ["help"]
    guard let word, !word.hasPrefix("-"), !known.contains(word) else { return }
    throw UsageError(
      "unknown verb '\(word)'\(NearestNames.hint(for: word, among: known)) "
        + "`mplug-eval --help` shows all")
  }
}
