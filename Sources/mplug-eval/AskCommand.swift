import ArgumentParser
import Foundation
import Logging
import Media
import Models
import Records
import Reporting
import Tensors

/// `ask`: a checkpoint tried on a picture or a video.
struct AskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "Asks a checkpoint about a picture or a video.",
    discussion: """
      Answers questions, and with --caption, --box and --entails it describes, finds and judges, by \
      the protocols that benchmarks use; --format json states them. Of a video, questions and \
      captions can be asked for. Without --vocab, a vocab.txt beside the checkpoint is taken first.

      A box is left, top, width, height in pixels of the picture. Entailment follows ALBEF's \
      convention: the original has no code for it.
      """)

  @Option(name: .long, help: "The weights: .pth or .safetensors.")
  var checkpoint: String

  @Argument(help: "A picture (JPEG, PNG) or a video.")
  var image: String

  @Argument(help: "Questions.")
  var questions: [String] = []

  @Flag(name: .long, help: "Makes a caption.")
  var caption = false

  @Option(name: .long, help: "Finds what a phrase means; may be given several times.")
  var box: [String] = []

  @Option(name: .long, help: "Judges a statement; may be given several times.")
  var entails: [String] = []

  @Option(
    name: .long,
    help: "A name of `list models`, or a YAML or JSON file; by the weights' sizes if not given.")
  var model: String?

  @OptionGroup var vocabulary: VocabularyOptions

  @Option(name: .long, help: "The side of the square in pixels, instead of the model's.")
  var resolution: Int?

  @Option(name: .long, help: "Beams of questions and captions: 1 to 64.")
  var beams: Int?

  @Option(name: .customLong("n-best"), help: "Shows as many hypotheses, at most the beams.")
  var nBest = 1

  @Option(name: .long, help: "text or json.")
  var format = OutputFormat.text

  @OptionGroup var engine: EngineOptions
  @OptionGroup var logging: LogOptions

  func validate() throws {
    for (name, value) in [
      ("--checkpoint", checkpoint), ("IMAGE", image), ("--model", model),
    ] where value?.isEmpty == true {
      throw ValidationError("\(name) must not be empty.")
    }
    if questions.isEmpty && !caption && box.isEmpty && entails.isEmpty {
      throw ValidationError("Nothing is asked: give a question, --caption, --box or --entails.")
    }
    if let resolution, !(1...TaskProtocol.largestResolution).contains(resolution) {
      throw ValidationError("--resolution takes 1 to \(TaskProtocol.largestResolution).")
    }
    if let beams, !(1...64).contains(beams) { throw ValidationError("--beams takes 1 to 64.") }
    if !(1...64).contains(nBest) { throw ValidationError("--n-best takes 1 to 64.") }
    if let beams, nBest > beams {
      throw ValidationError("--n-best shows at most the \(beams) of --beams.")
    }
  }

  func run() throws {
    var clock = StageClock()
    let input = try AskedMedia(image)
    if input.isVideo, !box.isEmpty || !entails.isEmpty {
      throw UsageError(
        "\(image) is a video: --box and --entails take a picture; take one with `frames --output`")
    }
    let note = LateNote(isQuiet: logging.quiet) { [checkpoint] in "loading \(checkpoint)" }
    let loaded: any Model
    do {
      defer { note.end() }
      loaded = try ModelRegistry.load(
        ModelRequest(
          name: model, checkpoint: checkpoint,
          vocabulary: try vocabulary.path(besideCheckpoint: checkpoint),
          tasks: tasks(isVideo: input.isVideo), engine: try engine.engine()))
    }
    clock.end("load")
    var asking = Asking(model: loaded, media: input, command: self, clock: clock)
    let answers = try asking.answers()
    for remark in asking.media.remarks { logging.logger.warning("\(remark)") }
    for answer in answers {
      for remark in answer.remarks { logging.logger.warning("\(answer.subject): \(remark)") }
    }
    logging.logger.debug("\(asking.clock)")
    switch format {
    case .text: try Terminal.output(text(of: answers))
    case .json:
      try Terminal.output(
        JSONValue.object(
          JSONObject([
            ("file", .string(image)), ("checkpoint", .string(checkpoint)),
            ("model", .string(loaded.name)), ("answers", .array(answers.map(\.record))),
            ("isa", .string((engine.isa ?? .fastest).rawValue)),
            ("seconds", asking.clock.record),
            ("remarks", .strings(asking.media.remarks.map { "\($0)" })),
          ])
        ).line())
    }
  }

  /// What is asked for.
  private func tasks(isVideo: Bool) -> Set<ModelTask> {
    var tasks: Set<ModelTask> = []
    if !questions.isEmpty { tasks.insert(isVideo ? .videoQA : .vqa) }
    if caption { tasks.insert(isVideo ? .videoCaption : .caption) }
    if !box.isEmpty { tasks.insert(.grounding) }
    if !entails.isEmpty { tasks.insert(.entailment) }
    return tasks
  }

  /// One answer stands alone; of several each has what was asked before it.
  private func text(of answers: [AskAnswer]) -> String {
    answers.map { answer in
      let lines = [answers.count > 1 ? "\(answer.subject): \(answer.text)" : answer.text]
      return (lines + answer.others.map { "  \($0)" })
        .map { $0.withoutControls + "\n" }.joined()
    }.joined()
  }
}

/// How long the stages of a command take.
struct StageClock: CustomStringConvertible {
  private var started = Date()
  private var stages: [(name: String, seconds: Double)] = []

  /// Ends a stage; the next begins. The same name again adds to it.
  mutating func end(_ name: String) {
    let now = Date()
    let seconds = now.timeIntervalSince(started)
    started = now
    if let index = stages.firstIndex(where: { $0.name == name }) {
      stages[index].seconds += seconds
    } else {
      stages.append((name, seconds))
    }
  }

  var description: String {
    stages.map { "\($0.name) \(String(format: "%.2f s", $0.seconds))" }.joined(separator: ", ")
  }

  /// Seconds by stage.
  var record: JSONValue {
    .object(JSONObject(stages.map { ($0.name, .double(($0.seconds * 1000).rounded() / 1000)) }))
  }
}
