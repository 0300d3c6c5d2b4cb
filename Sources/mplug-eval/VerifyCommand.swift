import ArgumentParser
import Evaluation
import Foundation
import Logging
import Records
import Reporting

/// `verify`: golden tensors through the model.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Runs a folder of golden tensors through the model and compares everything.",
    discussion: """
      Reads config.json, the weights, manifest.json and a safetensors file per task of the folder, \
      and vocab.txt and images of its parent folder. Pictures are decoded and resized, texts made \
      into ids, all tasks run, and each tensor is compared on the way: the largest absolute and \
      relative error against the limit for float32. Pixels, ids, sequences, answers, boxes, \
      rankings and metrics have to be identical.

      Exits with 0 when everything is met, with 10 when something is not, with 65 or 66 when the \
      folder is broken. Results depend on none of --isa, --threads and --batch-size.
      """)

  @Argument(help: "The folder, such as Tests/Fixtures/model/tiny-base.")
  var folder: String

  @Option(
    name: .long,
    help: "Which weights: checkpoint (checkpoint.pth) or safetensors (weights.safetensors).")
  var weights = FixtureFolder.Weights.checkpoint

  @Option(name: .long, help: "How many samples go through the model at a time: 1 to 1024.")
  var batchSize = 8

  @Option(name: .long, help: "text or json.")
  var format = OutputFormat.text

  @OptionGroup var engine: EngineOptions
  @OptionGroup var logging: LogOptions

  func validate() throws {
    if folder.isEmpty { throw ValidationError("FOLDER must not be empty.") }
    guard (1...1024).contains(batchSize) else {
      throw ValidationError("--batch-size takes 1 to 1024.")
    }
  }

  func run() throws {
    let start = Date()
    let logger = logging.logger
    let verifier = try Verifier(
      FixtureFolder(folder), weights: weights, engine: try engine.engine(), batchSize: batchSize)
    logger.debug("loaded the model in \(seconds(since: start))")
    let report = try verifier.run { logger.debug("\($0)") }
    logger.debug("\(report.checks.count) checks in \(seconds(since: start))")
    switch format {
    case .json: try Terminal.output(report.json.line())
    case .text: try Terminal.output(report.text)
    }
    if !report.failures.isEmpty { throw VerificationFailed(summary: report.summary) }
  }
}

/// A golden value that is not met.
struct VerificationFailed: Error, CustomStringConvertible {
  let summary: String

  var description: String { "verify: \(summary.withoutControls)" }
}

extension FixtureFolder.Weights: ExpressibleByArgument {}
