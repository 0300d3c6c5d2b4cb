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

  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      kernels (ours, the default) or openblas, where it is installed: another maker of products, to \
      check ours against. Its results agree to rounding.
      """, valueName: "maker"))
  var products = Products.kernels

  /// Who makes products of matrices.
  enum Products: String, ExpressibleByArgument, CaseIterable {
    case kernels, openblas
  }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads takes 1 to 1024.")
    }
    if let isa, !isa.isAvailable {
      throw ValidationError("--isa \(isa.rawValue): this processor does not have them.")
    }
  }

  /// What computes.
  ///
  /// - Throws: `OpenBLASError` where OpenBLAS is asked for and not installed.
  func engine() throws -> Engine {
    Engine(
      instructionSet: isa ?? .fastest,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
      products: try ProductMaker(named: products.rawValue))
  }
}

extension InstructionSet: ExpressibleByArgument {}
