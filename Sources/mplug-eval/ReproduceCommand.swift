import ArgumentParser
import Evaluation
import Foundation
import Logging
import Models
import Records
import Reporting

/// `reproduce`: the paper's tables with our numbers.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract:
      "Lays out the paper's tables: ours, the paper's, the difference, or why there is none.",
    discussion: """
      A run fills a cell if its model is called as the paper's (mplug-base, mplug-large, \
      mplug-huge; mplug-base-cider after CIDEr optimisation) and it is whole, on the official set, \
      with trained weights.
      """)

  /// Where runs are looked for unless a folder is named; it may be absent.
  private static let usualFolder = "results"

  @Argument(help: "The folder with the runs. (default: \(Self.usualFolder))")
  var results: String?

  @Option(name: .long, help: "text, markdown, csv, json, latex or html.")
  var format = ReportFormat.text

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
    let checkpoints = try ModelRegistry.cards().reduce(into: [String: Set<String>]()) {
      $0[$1.name] = Set($1.published.map(\.tunedOn))
    }
    let reproduction = try Reproduction(runs: try runs(), checkpoints: checkpoints)
    let text = try format.render(
      format == .csv ? reproduction.numbers : reproduction.overviewAndNumbers,
      json: reproduction.json)
    try Terminal.output(text, to: output)
  }

  /// Without any run every cell still has its reason.
  private func runs() throws -> [RunFolders.Found] {
    let folder = results ?? Self.usualFolder
    if results == nil, !FileManager.default.fileExists(atPath: folder) {
      logging.logger.warning("there is no folder \(folder): no cell has a number of ours")
      return []
    }
    let runs = try RunFolders.all(under: folder)
    if runs.isEmpty { logging.logger.warning("\(folder) holds no run (no run.json)") }
    return runs
  }
}
