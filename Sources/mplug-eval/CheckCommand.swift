import ArgumentParser
import Evaluation
import Foundation
import Logging
import Records
import Reporting

/// `check`: a gate for CI jobs.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Holds runs against a baseline file: a gate for CI jobs.",
    discussion: """
      Exit codes: 0 passed; 10 failed: a value is worse by more than its tolerance and more than \
      chance, or the baseline has a value that no run has, or that was measured otherwise; 11 \
      cannot tell: a value is worse within the noise, which is greater than the tolerance, or the \
      set is partial or too small. The last line on standard error says which.

      A results folder must hold a run for every entry of the baseline; a run folder is held \
      against its own entry. Without --tolerance and without a tolerance in the file nothing may \
      become worse.
      """)

  @Argument(help: "A run folder, or a folder that score --output wrote to.")
  var results: String

  @Option(name: .long, help: "The baseline file.")
  var baseline: String

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp(
      "By how much a metric may become worse, on its own scale; * for all, none: not judged.",
      valueName: "metric=value"))
  var tolerance: [String] = []

  @Option(name: .long, help: "Writes the verdicts as JUnit XML.")
  var junit: String?

  @Option(name: .long, help: "Adds the verdicts to a Markdown file, for the page of a CI job.")
  var summary: String?

  @Flag(
    name: .long,
    help: "Takes the numbers, and the tolerances given, over into the baseline, and passes.")
  var update = false

  @Option(name: .long, help: "text or json.")
  var format = OutputFormat.text

  @OptionGroup var logging: LogOptions

  func validate() throws {
    for (name, value) in [
      ("RESULTS", results), ("--baseline", baseline), ("--junit", junit), ("--summary", summary),
    ] where value?.isEmpty == true {
      throw ValidationError("\(name) must not be empty.")
    }
    if Tolerances(arguments: tolerance) == nil {
      throw ValidationError(
        "--tolerance takes METRIC=VALUE with a value that is not negative, *=VALUE or METRIC=none.")
    }
  }

  func run() throws {
    try refuseOverwriting()
    let isRun = FileManager.default.fileExists(atPath: results + "/run.json")
    let runs = try RunFolders.all(under: results)
    if runs.isEmpty { throw EvaluationError.noRuns(path: results) }
    logging.logger.debug("\(runs.count) runs under \(results)")
    let given = Tolerances(arguments: tolerance) ?? Tolerances()
    if update { return try takeOver(runs, given) }
    let report = try Gate(try Baseline(baseline), tolerances: given)
      .judge(runs, isRun ? .entriesOfRuns : .everyEntry)
    try write(report)
    switch report.verdict {
    case .passed: Terminal.say("check: \(report.summary)")
    case .failed: throw GateVerdict.failed(report.summary)
    case .cannotTell: throw GateVerdict.cannotTell(report.summary)
    }
  }

  /// The files and standard output.
  private func write(_ report: GateReport) throws {
    if let junit { try AtomicFile.write(Array(JUnitReport.render(report).utf8), to: junit) }
    if let summary {
      // Commands of one CI step add to one page.
      let before = try existing(summary)
      let text = GateSummary.render(report, after: before.count)
      try AtomicFile.write(before + Array(text.utf8), to: summary)
    }
    switch format {
    case .json: try Terminal.output(report.json.line())
    case .text: try Terminal.output(TableFormat.text.render([report.table]))
    }
  }

  /// Writes the baseline anew, whole or not at all.
  private func takeOver(_ runs: [RunFolders.Found], _ given: Tolerances) throws {
    let exists = FileManager.default.fileExists(atPath: baseline)
    var new = try exists ? Baseline(baseline) : Baseline(newAt: baseline)
    try new.update(with: runs)
    // Refuses a tolerance for what no run has.
    _ = try Gate(new, tolerances: given)
    new.tolerances = given.overriding(new.tolerances)
    let report = try Gate(new).judge(runs, .entriesOfRuns)
    try new.write()
    try write(report)
    Terminal.say("check: \(baseline) was written and has \(new.entries.count) runs")
  }

  /// What a file holds that is added to, its last line ended; nothing for a device or a pipe.
  private func existing(_ path: String) throws -> [UInt8] {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return [] }
    let bytes = try MappedFile(path).withBytes { Array($0) }
    return bytes.isEmpty || bytes.last == 0x0A ? bytes : bytes + [0x0A, 0x0A]
  }

  /// What is written must not be what is read.
  private func refuseOverwriting() throws {
    for (option, path) in [("--junit", junit), ("--summary", summary)] {
      guard let path, isSameFile(path, baseline) || path == baseline else { continue }
      throw UsageError("\(option) would overwrite \(baseline), the baseline; name another file")
    }
    if let junit, let summary, junit == summary || isSameFile(junit, summary) {
      throw UsageError("--junit and --summary would write the same file; name two")
    }
  }
}

/// A verdict of a gate that is not success.
enum GateVerdict: Error, CustomStringConvertible {
  case failed(String)
  case cannotTell(String)

  var description: String {
    switch self {
    case .failed(let line), .cannotTell(let line): "check: \(line)"
    }
  }
}
