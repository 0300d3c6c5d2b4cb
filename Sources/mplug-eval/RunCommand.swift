import ArgumentParser
import Datasets
import Evaluation
import Foundation
import Logging
import Models
import Records
import Reporting

/// `run`: a checkpoint and the data of benchmarks in, predictions, numbers and run folders out.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a model on benchmarks, scores it, and keeps all that is needed to believe it.",
    discussion: """
      Predictions are kept as they are made: the same command again goes on where it was stopped, \
      whatever stopped it, and ends with the same bytes. Several processes, on one machine or on \
      many, share a run with --shard; `mplug-eval merge` puts the parts together. No result depends \
      on batch size, threads or parts.
      """)

  @Argument(help: "Benchmarks with their splits, such as vqav2/val; without a split the first.")
  var benchmarks: [String]

  @Option(name: .long, help: "The model's weights, .pth or .safetensors.")
  var checkpoint: String

  @Option(
    name: .long, help: "The folder under which the official files, the images and the clips lie.")
  var data: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      A name of `mplug-eval list models`, or a YAML file or the original's config.json; without it \
      what the checkpoint's sizes say.
      """, valueName: "name|file"))
  var model: String?

  @Option(name: .long, help: "The model's name in tables; that of its configuration without it.")
  var name: String?

  @OptionGroup var vocabulary: VocabularyOptions

  @Option(name: .long, help: "The results folder under which run folders are written.")
  var output = "results"

  @Option(
    name: .long,
    help: "The first samples only, such as 20 to try a set-up; the numbers are marked.")
  var limit: Int?

  @Option(
    name: .long, help: "How many texts or pictures go through the model together.")
  var batchSize = 16

  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      The part that this process does: I of N equal parts, or auto for what the launcher says \
      (Slurm, Open MPI, Kubernetes indexed jobs, torchrun).
      """, valueName: "I/N|auto"))
  var shard: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      How long a part of a retrieval waits for the features of the other parts; 0 with --shard \
      I/N and an hour with --shard auto if not given. Run again where it did not suffice.
      """, valueName: "seconds"))
  var wait: Double?

  @Option(
    name: .long,
    help: "A folder that keeps features of images and clips between runs, by content.")
  var featureCache: String?

  @Flag(name: .long, help: "Leaves out samples that have no prediction and marks the numbers.")
  var allowPartial = false

  @Flag(name: .long, help: "Throws away what an earlier run of the same kind left.")
  var fresh = false

  @Flag(
    name: .long,
    help: "Reads everything, says what would be run and how much is left, runs nothing.")
  var dryRun = false

  @Option(name: .long, help: "How results are printed: \(OutputFormat.names).")
  var format = OutputFormat.text

  @OptionGroup var engine: EngineOptions
  @OptionGroup var logging: LogOptions

  func validate() throws {
    if benchmarks.isEmpty { throw ValidationError("name a benchmark, such as vqav2/val.") }
    if let limit, limit < 1 { throw ValidationError("--limit takes 1 or more.") }
    guard (1...4096).contains(batchSize) else {
      throw ValidationError("--batch-size takes 1 to 4096.")
    }
    if let wait, !(wait >= 0 && wait <= 1e7) { throw ValidationError("--wait takes seconds.") }
    if let name, name.isEmpty { throw ValidationError("--name must not be empty.") }
    for (option, value) in [
      ("--output", output), ("--data", data), ("--checkpoint", checkpoint),
      ("--feature-cache", featureCache), ("--model", model),
    ] where value?.isEmpty == true {
      throw ValidationError("\(option) must not be empty.")
    }
  }

  func run() throws {
    let logger = logging.logger
    try requireFolder(data, remedy: "--data names a folder under which the official files lie")
    let settings = try settings()
    // All names are known before the first long run.
    let asked = try benchmarks.map { text in
      let (card, split) = try BenchmarkName(text).resolve()
      return (card, try split ?? card.defaultSplit())
    }
    let features = FeatureStore(memory: settings.featureMemory, folder: featureCache)
    try features.prepareFolder()
    var failed: [(set: String, error: any Error)] = []
    for (card, split) in asked {
      do {
        try run(card, split, settings, features, logger)
      } catch {
        // What hinders one benchmark hinders no other, but for a disk that is full.
        if asked.count == 1 { throw error }
        if case RecordError.writeFailed = error { throw error }
        Terminal.say("\(error)")
        failed.append(("\(card.name)/\(split.name)", error))
      }
    }
    if featureCache != nil { report(features, logger) }
    if let reason = ExitCodes.heaviest(of: failed.map(\.error)) {
      throw EvaluationError.runsFailed(sets: failed.map(\.set), of: asked.count, reason: reason)
    }
  }

  private func run(
    _ card: BenchmarkCard, _ split: BenchmarkSplit, _ settings: RunSettings,
    _ features: FeatureStore, _ logger: Logger
  ) throws {
    let started = Date()
    let set = "\(card.name)/\(split.name)"
    let line = ProgressLine(what: "of \(set)", isQuiet: logging.quiet)
    let note = LateNote(isQuiet: logging.quiet) { "\(set): reading data and weights" }
    defer { note.end() }
    let prepared = try PreparedRun(card, split, settings, features: features) { progress in
      note.end()
      line.show(progress)
    }
    note.end()
    describe(prepared, logger)
    if dryRun { return try Terminal.output(try plan(of: prepared)) }
    let scorer = Scorer(resources: ScoringSetup.resources, version: ToolVersion.current)
    let context = RunWriter.Context(
      model: prepared.plan.model, command: CommandLine.arguments, started: started,
      program: ScoringSetup.program)
    let outcome: RunOutcome
    do {
      defer { line.clear() }
      outcome = try prepared.run(scorer: scorer, context: context) { folder, view in
        line.clear()
        try RunPage(view).write(into: folder)
      }
    }
    try say(outcome, prepared, started, logger)
  }

  private func settings() throws -> RunSettings {
    var settings = RunSettings(
      checkpoint: checkpoint, vocabulary: try vocabulary.path(besideCheckpoint: checkpoint),
      data: data, output: output, engine: try engine.engine())
    settings.model = model
    settings.name = name
    settings.limit = limit
    settings.batchSize = batchSize
    settings.isFresh = fresh
    settings.allowsPartial = allowPartial
    settings.featureCache = featureCache
    if let threads = engine.threads { settings.decodingThreads = threads }
    let (part, isLaunched) = try part()
    settings.shard = part
    settings.wait = wait ?? (isLaunched ? 3600 : 0)
    return settings
  }

  /// The part of this process, and whether a launcher says so.
  private func part() throws -> (Shard, isLaunched: Bool) {
    guard let shard else { return (.whole, false) }
    if shard == "auto" {
      guard
        let part = try LauncherEnvironment.shard(from: ProcessInfo.processInfo.environment)
      else {
        throw UsageError("--shard auto: no launcher's variables found; give --shard I/N")
      }
      return (part, true)
    }
    guard let part = Shard(shard) else {
      throw UsageError("--shard takes I/N with I from 1 to N, or auto, not '\(shard)'")
    }
    return (part, false)
  }
}

extension RunCommand {
  private func describe(_ prepared: PreparedRun, _ logger: Logger) {
    let plan = prepared.plan
    logger.debug("\(plan.benchmark)/\(plan.split): \(prepared.job.task.signature)")
    if let note = prepared.job.model.weightsNote {
      logger.warning("\(plan.model): \(note) weights: the numbers say nothing of the model")
    }
    if !prepared.missing.isEmpty {
      let message =
        "\(prepared.missing.count) of \(prepared.job.samples.media.count) media files are not "
        + "there (first: \(prepared.missing[0].path)); their samples are left out"
      logger.warning("\(message)")
    }
  }

  /// What `--dry-run` prints.
  private func plan(of prepared: PreparedRun) throws -> String {
    let (plan, job) = (prepared.plan, prepared.job)
    let answered = try prepared.answeredCount()
    let media = job.samples.media.count
    guard format == .text else {
      return try JSONValue.object(
        JSONObject([
          ("benchmark", .string(plan.benchmark)), ("split", .string(plan.split)),
          ("model", .string(plan.model)), ("id", .string(plan.id)),
          ("folder", .string(job.folder)), ("samples", .int(plan.count)),
          ("texts", .int(job.samples.texts.count)), ("media", .int(media)),
          ("missing", .int(prepared.missing.count)), ("answered", .int(answered)),
          ("shard", .string("\(plan.shard)")), ("protocol", .string(job.task.signature)),
          ("weights", job.model.weightsNote.map { .string($0) } ?? .null),
        ])
      ).line()
    }
    return """
      \(plan.benchmark)/\(plan.split) by \(plan.model)
        samples  \(plan.count), \(answered) of them answered\(plan.shard.isWhole ? "" : " in part \(plan.shard)")
        media    \(media), \(prepared.missing.count) of them missing
        protocol \(job.task.signature)
        folder   \(job.folder)

      """
  }

  private func say(
    _ outcome: RunOutcome, _ prepared: PreparedRun, _ started: Date, _ logger: Logger
  ) throws {
    let set = "\(prepared.plan.benchmark)/\(prepared.plan.split)"
    switch outcome {
    case .part(let path, let count, let made):
      let above = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let message =
        "\(set): part \(prepared.plan.shard) is done, \(count) samples in \(path); when all parts "
        + "are: mplug-eval merge \(above) --output \(output)"
      logger.notice("\(message)")
      pace(made, started, logger)
    case .known(let path, let record):
      logger.notice("\(set): complete already, \(path); --fresh runs it anew")
      try show(record, prepared.card)
    case .finished(let path, let record, let made):
      for problem in record.problems { logger.warning("\(problem.message)") }
      logger.notice("run folder: \(path)")
      pace(made, started, logger)
      try show(record, prepared.card)
    }
  }

  private func show(_ record: RunRecord, _ card: BenchmarkCard) throws {
    switch format {
    case .json: try Terminal.output(try record.scores.line())
    case .text: try Terminal.output(ScoreText.render(record, of: card))
    }
  }

  private func pace(_ made: Int, _ started: Date, _ logger: Logger) {
    let seconds = Date().timeIntervalSince(started)
    guard made > 0, seconds > 0 else { return }
    let memory = Machine.peakMemory.map { ", at most \($0 >> 20) MiB of memory" } ?? ""
    let rate = String(format: "%.1f s, %.3g a second", seconds, Double(made) / seconds)
    logger.notice("\(made) samples in \(rate)\(memory)")
  }

  private func report(_ features: FeatureStore, _ logger: Logger) {
    let counts = features.counts
    let damaged = counts.damaged > 0 ? ", \(counts.damaged) damaged files made anew" : ""
    let found = "\(counts.memory) found in memory, \(counts.folder) on disk"
    logger.notice("feature cache: \(found), \(counts.misses) made\(damaged)")
  }
}

extension OutputFormat {
  /// For help.
  static let names = allCases.map(\.rawValue).joined(separator: " or ")
}

extension ProgressLine {
  /// Tells how far a run is.
  fileprivate func show(_ progress: RunProgress) {
    show(
      progress.done, of: progress.total, before: progress.before, failures: progress.failures)
  }
}
