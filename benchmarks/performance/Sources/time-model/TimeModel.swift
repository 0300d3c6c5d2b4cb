import Foundation
import Models
import Tensors

// time-model base|large CHECKPOINT INPUTS.safetensors OUTPUTS.safetensors [--repetitions N] [--isa NAME]
//
// Times the stages of a model of ours with two threads, and keeps what comes out: the counterpart of
// model/original.py, which says what the stages are. The last line is {"seconds": {stage: [s, …]}, …}.

/// What the command line says.
struct Arguments {
  var model = ""
  var checkpoint = ""
  var inputs = ""
  var outputs = ""
  var repetitions = 5
  var instructionSet = InstructionSet.fastest

  init?(_ words: [String]) {
    var (places, options): ([String], [String: String]) = ([], [:])
    var rest = words[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("--") { options[word] = rest.popFirst() } else { places.append(word) }
    }
    guard places.count == 4 else { return nil }
    (model, checkpoint, inputs, outputs) = (places[0], places[1], places[2], places[3])
    if let text = options["--repetitions"] {
      guard let number = Int(text), number > 0 else { return nil }
      repetitions = number
    }
    if let name = options["--isa"] {
      guard let set = InstructionSet(rawValue: name), set.isAvailable else { return nil }
      instructionSet = set
    }
  }
}

@main
enum TimeModel {
  static func main() throws {
    guard let arguments = Arguments(Array(CommandLine.arguments.dropFirst())) else {
      FileHandle.standardError.write(
        Data(
          "usage: time-model base|large CHECKPOINT INPUTS OUTPUTS [--repetitions N] [--isa NAME]\n"
            .utf8))
      exit(64)
    }
    let engine = Engine(instructionSet: arguments.instructionSet, threads: 2)
    var stages = Stages(repetitions: arguments.repetitions)
    let model = try stages.once("load") { try TimedModel(arguments, engine) }
    let loaded = Memory.peak
    var outputs = Outputs()
    let peak = peakSpeed(engine)
    try model.run(&stages, &outputs)
    try outputs.write(to: arguments.outputs)
    let report = Report(
      seconds: stages.seconds, peakGFLOPS: max(peak, peakSpeed(engine)),
      weightsMB: Double(model.weightBytes) / 1_048_576, loadedMB: loaded, peakMB: Memory.peak,
      ownMB: Memory.own,
      with: "\(engine.instructionSet.rawValue), \(engine.threads) threads")
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.keyEncodingStrategy = .convertToSnakeCase
    print(String(decoding: try encoder.encode(report), as: UTF8.self))
  }
}

/// What is printed, in MiB where it is memory.
struct Report: Encodable {
  /// By stage, one value a repetition.
  let seconds: [String: [Double]]
  /// What two threads reach in registers, in GFLOP/s, in the same seconds.
  let peakGFLOPS: Double
  /// The weights that the parts have, as float32.
  let weightsMB: Double
  /// Peak when the model was loaded.
  let loadedMB: Double
  /// Peak at the end.
  let peakMB: Double
  /// Memory at the end that is not a mapped file.
  let ownMB: Double
  let with: String
}
