import ArgumentParser
import Foundation
import Tensors

/// Options of verbs that run a model.
struct EngineOptions: ParsableArguments {
  @Option(
    name: .long, help: "How many threads compute; one for each processor if not given.")
  var threads: Int?

  @Option(
    name: .long,
    help: """
      The instructions: scalar, avx2 or avx512; the best there are if not given. All give the same \
      results.
      """)
  var isa: InstructionSet?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads takes 1 to 1024.")
    }
    if let isa, !isa.isAvailable {
      throw ValidationError("--isa \(isa.rawValue): this processor does not have them.")
    }
  }

  /// What computes.
  var engine: Engine {
    Engine(
      instructionSet: isa ?? .fastest,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }
}

extension InstructionSet: ExpressibleByArgument {}
