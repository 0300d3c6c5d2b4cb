import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Logging
import Records
import Reporting

/// `merge`: the parts of runs in, run folders with numbers out.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Puts the parts of runs (run --shard) together and scores them.",
    discussion: """
      The folders are those of the parts, or hold them; several runs are told apart. The result has \
      the bytes of a run in one part.
      """)

  @Argument(help: "The folders that `run --shard` wrote, or folders above them.")
  var runs: [String]

  @Option(name: .long, help: "The results folder under which run folders are written.")
  var output: String

  @Option(name: .long, help: "The folder of the official files, where it is not that of the run.")
  var data: String?

  @Option(name: .long, help: "How results are printed: \(OutputFormat.names).")
  var format = OutputFormat.text

  @OptionGroup var logging: LogOptions

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output must not be empty.") }
  }

  func run() throws {
    let logger = logging.logger
    for found in try RunMerge.runs(in: runs) {
      let started = Date()
      let plan = data.map(found.plan.reading(from:)) ?? found.plan
      try requireFolder(
        plan.data, remedy: "name the folder of the official files with --data")
      let finish = RunFinish(
        plan: plan,
        scorer: Scorer(resources: ScoringSetup.resources, version: ToolVersion.current),
        context: RunWriter.Context(
          model: plan.model, command: CommandLine.arguments, started: started,
          program: ScoringSetup.program))
      let (path, record) = try finish(
        journals: found.journals,
        failures: try found.parts.flatMap([RunFailure].read(in:)), under: output
      ) { folder, view in try RunPage(view).write(into: folder) }
      for problem in record.problems { logger.warning("\(problem.message)") }
      logger.notice("\(found.parts.count) parts in one run folder: \(path)")
      switch format {
      case .json: try Terminal.output(try record.scores.line())
      case .text:
        try Terminal.output(
          ScoreText.render(record, of: try BenchmarkRegistry.card(named: record.benchmark)))
      }
    }
  }
}
