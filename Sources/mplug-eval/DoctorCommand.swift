import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Logging
import Records
import Reporting

/// `doctor`: whether the files of benchmarks are there and hold what they should.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Checks the files and media of benchmarks before they are used.",
    discussion: """
      For each split: which files were found where, counts against the official ones, duplicate \
      and dangling ids, which images or clips are missing, and with --deep which cannot be read. \
      --deep decodes what a run would: images whole, of each clip the frames that the benchmark's \
      protocol samples, or 8. Files that a run reads although they are cut off or damaged, as the \
      reference does, are warnings.

      Exits with 0 when every split asked for can be used, with 65 when the content of a file is \
      wrong, else with 66 when a file is missing. Counts other than the official ones are \
      warnings. A split of which no image or clip at all is there is taken to serve scoring alone, \
      a warning; as soon as one is there, or with --deep, each missing one counts. Before a long \
      run: --deep.
      """)

  @Argument(help: "Benchmarks, such as vqav2 (all its splits) or vqav2/val.")
  var benchmarks: [String]

  @Option(name: .long, help: "The folder under which the official files and the media lie.")
  var data: String

  @Flag(name: .long, help: "Decodes every image or clip.")
  var deep = false

  @Option(name: .long, help: "text or json.")
  var format = OutputFormat.text

  @OptionGroup var logging: LogOptions

  func validate() throws {
    if data.isEmpty { throw ValidationError("--data must not be empty.") }
  }

  func run() throws {
    let requests = try benchmarks.map { name in
      let (card, split) = try BenchmarkName(name).resolve()
      return (card: card, splits: split.map { [$0] } ?? card.splits)
    }
    try requireFolder(data, remedy: "--data names a folder under which the official files lie")
    let logger = logging.logger
    let progress = ProgressLine(what: "media files", isQuiet: logging.quiet)
    let check = DeepCheck(progress: { progress.show($0, of: $1) })
    let report = try Doctor(
      data: data, deep: deep ? check : nil, log: { logger.debug("\($0)") }
    ).examine(requests)
    progress.clear()

    switch format {
    case .json: try Terminal.output(report.json.line())
    case .text: try Terminal.output(report.text)
    }
    let failures = report.failures
    if let heaviest = ExitCodes.heaviest(of: failures.map(\.error)) {
      throw EvaluationError.unusableData(
        sets: failures.map(\.split).uniqued(), examined: report.splitCount, reason: heaviest)
    }
  }
}
