import ArgumentParser
import MiniWorld

/// `data`: the set that the repository carries.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Writes the set of benchmarks/mini.")

  @Option(name: .long, help: "The folder.")
  var output: String

  @Option(name: .long, help: "What the set follows from.")
  var seed = MiniWorldData.standardSeed

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output must not be empty.") }
  }

  func run() throws {
    let data = MiniWorldData(seed: seed)
    try data.writeAnnotations(to: output)
    for series in data.media { try MediaWriter(folder: output).write(series) }
  }
}
