import ArgumentParser

/// Makes the mini world's data sets and checkpoints.
@main
struct MiniWorldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mini-world",
    abstract: "Makes the mini world: pictures and clips of shapes, and all that is said of them.",
    subcommands: [DataCommand.self, TrainCommand.self, CheckpointCommand.self])
}
