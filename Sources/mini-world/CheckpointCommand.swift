import ArgumentParser
import Foundation
import MiniWorld

/// `checkpoint`: untrained weights of the preset `mini`.
struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Writes untrained weights of the preset mini, and its vocab.txt beside them.")

  @Option(name: .long, help: "The file, .safetensors.")
  var output: String

  @Option(name: .long, help: "What the weights follow from.")
  var seed = MiniWorldData.standardSeed

  @Option(name: .long, help: "3 for all tasks but NLVR2, 2 for NLVR2 alone.")
  var classes = 3

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output must not be empty.") }
    if UntrainedCheckpoint.Head(rawValue: classes) == nil {
      throw ValidationError("--classes takes 3 or 2.")
    }
  }

  func run() throws {
    let head = UntrainedCheckpoint.Head(rawValue: classes) ?? .entailment
    try UntrainedCheckpoint(seed: seed, head: head).write(to: output)
    let folder = URL(fileURLWithPath: output).deletingLastPathComponent()
    try MiniVocabulary().write(to: folder.appendingPathComponent("vocab.txt").path)
  }
}
