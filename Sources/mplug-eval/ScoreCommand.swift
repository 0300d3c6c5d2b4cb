import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Logging
import Metrics
import Records
import Reporting
import Resources

/// `score`: a prediction file in, numbers and a run folder out.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Scores a prediction file of any model, as the official scorer does.",
    discussion: """
      --data finds the official files and applies the split; --annotations takes the files given \
      as the whole reference set. --output keeps a run folder with per-sample scores, provenance \
      and the file that the official server takes; with --data also report.html, the run on a page.
      """)

  @Argument(help: "The benchmark and split, such as vqav2/val; without one its first.")
  var benchmark: String

  @Option(
    name: .long,
    help: """
      The prediction file: a JSON list, JSON Lines, or what the official server takes (VATEX: one \
      object, NLVR2: CSV); for retrieval a score matrix (.npy, .safetensors) or rankings.
      """)
  var predictions: String

  @Option(name: .long, help: "The folder under which the official files lie.")
  var data: String?

  @Option(
    name: .long, parsing: .upToNextOption,
    help: "Annotation files, taken whole; after the benchmark.")
  var annotations: [String] = []

  @Option(name: .long, help: "The model's name in tables; the prediction file's without it.")
  var model: String?

  @Option(name: .long, help: "The results folder under which a run folder is written.")
  var output: String?

  @Flag(name: .long, help: "Scores an incomplete set and marks the numbers.")
  var allowPartial = false

  @Option(name: .long, help: "Writes the scores of each sample to a file, as JSON Lines.")
  var perSample: String?

  @Option(
    name: .long, parsing: .upToNextOption, help: "Metrics instead of the benchmark's own.")
  var metrics: [String] = []

  @Option(
    name: .long,
    help:
      "Document frequencies for CIDEr, as JSON: {\"images\": N, \"frequencies\": {\"a dog\": 7}}.")
  var documentFrequencies: String?

  @Option(
    name: .long,
    help: """
      Cleans captions before scoring, which no official scorer does: mplug-vatex cuts lead-ins \
      such as 'a picture of', as the reference project does to its own.
      """)
  var clean: CaptionCleaning?

  @Option(
    name: .long,
    help: "Values of each sample that another program computed, as SPICE=FILE; repeatable.")
  var external: [String] = []

  @Option(name: .long, help: "text or json.")
  var format = OutputFormat.text

  @OptionGroup var logging: LogOptions

  func validate() throws {
    if model?.isEmpty == true { throw ValidationError("--model needs a name.") }
    if data == nil && annotations.isEmpty {
      throw ValidationError("Name the references: --data DIR or --annotations FILE.")
    }
    for (option, value) in [
      ("--predictions", predictions), ("--data", data), ("--output", output),
      ("--per-sample", perSample), ("--model", model),
      ("--annotations", annotations.first(where: \.isEmpty)),
      ("--document-frequencies", documentFrequencies),
    ] where value?.isEmpty == true {
      throw ValidationError("\(option) must not be empty.")
    }
    if data != nil && !annotations.isEmpty {
      throw ValidationError("--data and --annotations exclude each other.")
    }
  }

  func run() throws {
    let started = Date()
    let logger = logging.logger
    let request = try referenceRequest(logger)
    let references = try DatasetRegistry.dataset(for: request.card).references(for: request)
    let files = references.files.map(\.path).joined(separator: ", ")
    logger.debug("\(references.count) references from \(files) after \(seconds(since: started))")
    let scorer = Scorer(
      allowPartial: allowPartial, metrics: metrics.isEmpty ? nil : metrics,
      frequencies: try documentFrequencies.map { try DocumentFrequencyFile.read($0) },
      cleaning: clean, external: try externalScores(),
      resources: ScoringSetup.resources, version: ToolVersion.current)
    let report = try scorer.score(predictions: predictions, against: references, for: request)
    logger.debug("\(report.count) samples scored after \(seconds(since: started))")

    if let perSample, let input = report.files.first(where: { isSameFile($0.path, perSample) }) {
      throw UsageError(
        "--per-sample would overwrite \(input.path), which was read; name another file")
    }
    let writer = RunWriter(
      RunWriter.Context(
        model: model ?? URL(fileURLWithPath: predictions).deletingPathExtension().lastPathComponent,
        command: CommandLine.arguments, started: started, program: ScoringSetup.program))
    let record = writer.record(of: report, bootstrap: scorer.bootstrap.record)
    for problem in report.problems { logger.warning("\(problem.message)") }
    if let output {
      let folder = try writer.write(report, record, under: output)
      logger.notice("run folder: \(folder)")
      if data != nil {
        let page = "\(folder)/\(RunPage.fileName)"
        let note = LateNote(isQuiet: logging.quiet) { "\(page) is being made" }
        defer { note.end() }
        try RunPage(RunView(folder: folder)).write(into: folder)
      }
    }
    if let perSample { try SampleLines.write(report.samples, to: perSample) }
    switch format {
    case .json: try Terminal.output(record.scores.line())
    case .text: try Terminal.output(ScoreText.render(record, of: request.card))
    }
  }

  private func externalScores() throws -> [ExternalScores] {
    var named: Set<String> = []
    return try external.map { argument in
      guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex,
        argument.index(after: equals) < argument.endIndex
      else { throw UsageError("--external has the form SPICE=FILE, not '\(argument)'") }
      let name = String(argument[..<equals])
      guard named.insert(name).inserted else {
        throw UsageError("--external names \(name) twice; give one file for each metric")
      }
      return try ExternalScores(
        metric: name, path: String(argument[argument.index(after: equals)...]))
    }
  }

  private func referenceRequest(_ logger: Logger) throws -> ReferenceRequest {
    let (card, split) = try BenchmarkName(benchmark).resolve()
    guard let data else {
      return ReferenceRequest(card: card, split: split, source: .files(annotations))
    }
    let meant = try split ?? card.defaultSplit()
    if split == nil { logger.notice("no split named: \(card.name)/\(meant.name)") }
    try requireFolder(data, remedy: "--data names a folder under which the official files lie")
    return ReferenceRequest(
      card: card, split: meant, source: .data(DataFolder(path: data, folders: card.folders)))
  }
}

extension CaptionCleaning: ExpressibleByArgument {}
