import ArgumentParser
import Evaluation
import Foundation
import Logging
import Records
import Reporting

/// `compare`: paired statistics between runs.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares runs with the first, sample by sample.",
    discussion: """
      For each metric: both values, the difference with its 95 % interval (paired bootstrap over \
      images or clips), a p value (approximate randomization; exact McNemar where samples are \
      right or wrong), and on how many samples the run is better or worse. The runs must be over \
      the same references; where they have different samples the common ones count. Nothing is \
      scored again.
      """)

  @Argument(help: "Run folders, the baseline first; or folders that hold one run each.")
  var runs: [String]

  @Option(name: .long, help: "text, markdown, csv, json, latex or html.")
  var format = ReportFormat.text

  @OptionGroup var logging: LogOptions

  func validate() throws {
    if runs.contains("") { throw ValidationError("A run folder's name must not be empty.") }
    if runs.count < 2 {
      throw ValidationError("Name at least two run folders: the baseline, then the others.")
    }
  }

  func run() throws {
    let started = Date()
    let folders = try runs.map { try RunFolders.one(at: $0) }
    let baseline = try StoredRun(folders[0])
    let comparisons = try folders.dropFirst().map { folder in
      let comparison = try RunComparison(baseline: baseline, run: try StoredRun(folder))
      logging.logger.debug(
        "\(comparison.count) samples of \(folder.path) compared after \(seconds(since: started))")
      return comparison
    }
    let report = ComparisonReport(comparisons)
    try Terminal.output(try format.render(report.tables, json: report.json))
  }
}
