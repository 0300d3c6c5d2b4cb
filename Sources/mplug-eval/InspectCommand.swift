import ArgumentParser
import Evaluation
import Logging
import Records
import Reporting

/// `inspect`: one sample of a run.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows one sample of a run and how its scores come about.",
    discussion: """
      Input, media, prediction and references, then a trace of each metric: normalised answers and \
      the accuracy against each human one, tokens and n-grams of captions, boxes and their \
      overlap, ranks of the right candidates. The data are looked for where the run's command \
      says, unless --data names another folder.
      """)

  @Argument(help: "A run folder, or a folder that holds one run.")
  var runDir: String

  @Argument(
    help: """
      The sample's id, as the prediction file has it; of a retrieval that of an image or a clip, or \
      text:12 for a text.
      """)
  var sampleID: String

  @Option(name: .long, help: "The folder under which the official files and media lie.")
  var data: String?

  @Option(name: .long, help: "text or json.")
  var format = OutputFormat.text

  @OptionGroup var logging: LogOptions

  func validate() throws {
    for (what, value) in [
      ("run folder", runDir), ("sample's id", sampleID), ("--data folder", data),
    ]
    where value?.isEmpty == true {
      throw ValidationError("The \(what) must not be empty.")
    }
  }

  func run() throws {
    if let data {
      try requireFolder(data, remedy: "--data names a folder under which the official files lie")
    }
    let view = try RunView(folder: runDir, data: data)
    let places = view.places(named: sampleID)
    guard let place = places.first else {
      throw EvaluationError.unknownSample(
        run: view.path, name: sampleID, nearest: view.ids(near: sampleID))
    }
    if let note = view.dataNote { logging.logger.debug("\(note)") }
    let report = try InspectReport(of: place, in: view, sameIDs: places.count)
    switch format {
    case .json: try Terminal.output(report.json.line())
    case .text: try Terminal.output(report.text)
    }
  }
}
