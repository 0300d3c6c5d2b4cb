import ArgumentParser
import Foundation
import MiniWorld

/// `train`: a training split of any size.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Writes a training split of any size, in the same formats.",
    discussion: """
      Of COCO (with VQA and RefCOCO), Flickr30K (with SNLI-VE) and NLVR2 there are as many pictures \
      as asked for, of MSR-VTT, MSVD and VATEX an eighth as many clips. What is being written says \
      so on standard error.
      """)

  @Option(name: .long, help: "The folder.")
  var output: String

  @Option(name: .long, help: "Pictures of each data set of pictures: 1 to 1000000.")
  var scenes: Int

  @Option(name: .long, help: "What the set follows from.")
  var seed = MiniWorldData.standardSeed

  @Flag(name: .long, help: "Says nothing.")
  var quiet = false

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output must not be empty.") }
    if !(1...1_000_000).contains(scenes) { throw ValidationError("--scenes takes 1 to 1000000.") }
  }

  func run() throws {
    let data = TrainingData(scenes: scenes, seed: seed)
    say("annotations of \(scenes) scenes")
    try data.writeAnnotations(to: output)
    let total = data.media.reduce(0) { $0 + $1.scenes.count }
    var done = 0
    for series in data.media {
      try MediaWriter(folder: output).write(series) {
        done += 1
        if done.isMultiple(of: 1000) || done == total { say("\(done) of \(total) files") }
      }
    }
  }

  private func say(_ text: String) {
    if !quiet { FileHandle.standardError.write(Data("mini-world: \(text)\n".utf8)) }
  }
}
