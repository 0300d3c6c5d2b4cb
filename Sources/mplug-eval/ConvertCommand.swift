import ArgumentParser
import Checkpoints
import Foundation
import Logging
import Models
import Records
import Reporting

/// `convert`: a checkpoint as a `.safetensors` file, or what is in it.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Writes a checkpoint as a safetensors file, or shows what it holds.",
    discussion: """
      OUT gets what inference reads, under the names of fine-tuned models; of tied tensors one. \
      The same checkpoint gives the same bytes. Nothing of a checkpoint is executed, and what lies \
      beside its weights, such as the optimizer, is not read.

      With --inspect nothing is written: the container, the tensors in groups (all of them with \
      --verbose) and the sizes that they show are printed; with --model also which tensors that \
      model lacks, which have another shape, which nothing knows. A model that cannot be loaded \
      makes the exit code 65.
      """)

  @Argument(help: "The checkpoint: .pth of PyTorch 1.6 or later, or .safetensors.")
  var input: String

  @Argument(help: "The safetensors file to write.")
  var output: String?

  @Flag(name: .long, help: "Prints what the checkpoint holds.")
  var inspect = false

  @Option(name: .long, help: "stored (the default), float32, float16 or bfloat16.")
  var dtype: CheckpointExport.Precision?

  @Flag(name: .long, help: "Keeps all tensors.")
  var all = false

  @Flag(name: .long, help: "Counts NaN and infinity (--inspect); one makes the exit code 65.")
  var check = false

  @Option(name: .long, help: "A model, or a YAML file of one, to hold against IN (--inspect).")
  var model: String?

  @Option(name: .long, help: "text or json.")
  var format = OutputFormat.text

  @OptionGroup var logging: LogOptions

  func validate() throws {
    for (name, value) in [("IN", input), ("OUT", output), ("--model", model)]
    where value?.isEmpty == true {
      throw ValidationError("\(name) must not be empty.")
    }
    guard inspect != (output != nil) else {
      throw ValidationError("Name the file to write, or ask with --inspect what IN holds.")
    }
    if inspect, all || dtype != nil {
      throw ValidationError("--all and --dtype belong to a file that is written.")
    }
    if !inspect, check || model != nil {
      throw ValidationError("--check and --model belong to --inspect.")
    }
    if let output, !output.hasSuffix(".safetensors") {
      throw ValidationError("OUT must end in .safetensors.")
    }
  }

  func run() throws {
    let start = Date()
    let inspection = try CheckpointInspection(Checkpoint(input))
    logging.logger.debug("opened \(input) in \(seconds(since: start))")
    if let output {
      try write(inspection, to: output)
    } else {
      try show(inspection)
    }
  }

  private func write(_ inspection: CheckpointInspection, to output: String) throws {
    if isSameFile(output, input) {
      throw UsageError("OUT would overwrite \(input), the checkpoint; name another file")
    }
    let conversion = try Conversion(
      inspection, keepsAll: all, precision: dtype ?? .stored)
    for pair in inspection.weights?.tiedDiffering ?? [] {
      logging.logger.warning(
        "\(input): \(pair.joined(separator: " and ")) are one tensor and differ: the first counts")
    }
    let export = conversion.export
    let progress = ProgressLine(what: "bytes", isQuiet: logging.quiet)
    defer { progress.clear() }
    try export.write(to: output) { progress.show($0, of: export.byteCount) }
    progress.clear()
    switch format {
    case .text: try Terminal.output(conversion.line(writtenTo: output).withoutControls + "\n")
    case .json: try Terminal.output(conversion.record(writtenTo: output).line())
    }
  }

  private func show(_ inspection: CheckpointInspection) throws {
    let audit = try model.map { try inspection.audit(of: MPLUGFamily.preset(named: $0)) }
    let census = check ? try inspection.census() : nil
    let report = InspectionReport(
      inspection: inspection, audit: audit, census: census, listsTensors: logging.verbose)
    switch format {
    case .text: try Terminal.output(report.text)
    case .json: try Terminal.output(report.record.line())
    }
    if let refusal = audit?.refusal { throw refusal }
    if let first = census?.first, let census {
      let count = census.reduce(0) { $0 + $1.nan + $1.infinite }
      throw ModelError.notFinite(
        file: input, tensor: census.count == 1 ? first.name : "\(first.name) (of \(census.count))",
        remedy: "\(count) such numbers: the training run diverged, use an earlier one")
    }
  }
}

extension CheckpointExport.Precision: ExpressibleByArgument {}
