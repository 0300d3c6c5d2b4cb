import ArgumentParser
import Evaluation
import Foundation
import Logging
import Records
import Reporting

/// `leaderboard`: runs side by side, with published numbers.
struct LeaderboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leaderboard",
    abstract:
      "Prints the runs of a results folder: a summary, then a table for each benchmark, by task.")

  @Argument(help: "The folder that run or score --output wrote to.")
  var results = "runs"

  @Option(
    name: .long,
    help: """
      text, markdown, csv, json, latex or html: a page with links to those of the runs, which start \
      at --output, else at RESULTS_DIR.
      """)
  var format = ReportFormat.text

  @Flag(name: .long, help: "Shows published numbers beside the runs: verified ones.")
  var published = false

  @Flag(name: .long, help: "Shows published numbers that nobody has verified too, marked so.")
  var unverified = false

  @Option(name: .long, help: "Writes to a file instead of standard output.")
  var output: String?

  @OptionGroup var logging: LogOptions

  func validate() throws {
    for (name, value) in [("RESULTS_DIR", results), ("--output", output)]
    where value?.isEmpty == true {
      throw ValidationError("\(name) must not be empty.")
    }
  }

  func run() throws {
    let runs = try RunFolders.all(under: results)
    if runs.isEmpty { throw EvaluationError.noRuns(path: results) }
    logging.logger.debug("\(runs.count) runs under \(results)")
    let leaderboard = try Leaderboard(
      runs: runs, published: unverified ? .all : published ? .verified : .none)
    for omission in leaderboard.omissions { logging.logger.warning("\(omission)") }
    let text = try text(of: leaderboard, runs)
    try Terminal.output(text, to: output)
  }

  private func text(of leaderboard: Leaderboard, _ runs: [RunFolders.Found]) throws -> String {
    guard format != .html else {
      // Links to the runs' own pages start where the page lies.
      let folder = output.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
      return LeaderboardPage(leaderboard, runs: runs, in: folder ?? results).text
    }
    return try format.render(
      format == .csv ? leaderboard.sectionTables : leaderboard.tables, json: leaderboard.json)
  }
}
