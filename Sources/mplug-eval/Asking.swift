import Foundation
import Media
import Models
import Records
import Tensors

/// What came of one question, phrase or statement.
struct AskAnswer {
  /// What was asked.
  let subject: String
  /// The answer for a person.
  let text: String
  /// What came close, a line each.
  var others: [String] = []
  /// What is to be said of it.
  var remarks: [SampleRemark] = []
  /// The answer for a program.
  let record: JSONValue
}

/// Asks a model everything that the command line asks.
struct Asking {
  let model: any Model
  var media: AskedMedia
  let command: AskCommand
  var clock: StageClock
  private var seen: [String: VisualFeatures] = [:]

  init(model: any Model, media: AskedMedia, command: AskCommand, clock: StageClock) {
    self.model = model
    self.media = media
    self.command = command
    self.clock = clock
  }

  /// All answers, in the order in which the help names what can be asked.
  ///
  /// - Throws: `ModelError`, `MediaError`, `RecordError`.
  mutating func answers() throws -> [AskAnswer] {
    var answers: [AskAnswer] = []
    if !command.questions.isEmpty { answers += try questions() }
    if command.caption { answers += try captions() }
    if !command.box.isEmpty { answers += try boxes() }
    if !command.entails.isEmpty { answers += try judgements() }
    return answers
  }

  private mutating func questions() throws -> [AskAnswer] {
    let able: any QuestionAnswering = try conforming(.vqa)
    // A video's questions are ranked over a list in benchmarks; here there is none.
    let task = try settings(media.isVideo ? .videoQA : .vqa)
    let texts = try visualTexts(command.questions, task)
    let found = try able.answers(to: texts, task)
    clock.end("answer")
    return zip(command.questions, found).map { generated($0, $1, task) }
  }

  private mutating func captions() throws -> [AskAnswer] {
    let able: any Captioning = try conforming(.caption)
    let task = try settings(media.isVideo ? .videoCaption : .caption)
    let samples = try [VisualSample(sample: media.path, features(task))]
    let found = try able.captions(of: samples, task)
    clock.end("caption")
    return found.map { generated("caption", $0, task) }
  }

  private mutating func boxes() throws -> [AskAnswer] {
    let able: any Grounding = try conforming(.grounding)
    let task = try settings(.grounding)
    let found = try able.boxes(of: visualTexts(command.box, task), task)
    clock.end("box")
    return zip(command.box, found).map { phrase, found in
      let size = media.picture.map { ($0.width, $0.height) } ?? (1, 1)
      let box = found.pixels(width: size.0, height: size.1, task)
      let pixels = box.map { [$0.x, $0.y, $0.width, $0.height] } ?? []
      let square = [
        found.box.centerX, found.box.centerY, found.box.width, found.box.height,
      ]
      return AskAnswer(
        subject: phrase,
        text: pixels.map { String(format: "%.1f", $0) }.joined(separator: " "),
        remarks: found.remarks,
        record: record(
          phrase, task, found.remarks,
          [
            ("bbox", .array(pixels.map { .double($0) })),
            ("square", .array(square.map { .double(Double($0)) })),
          ]))
    }
  }

  private mutating func judgements() throws -> [AskAnswer] {
    let able: any Judging = try conforming(.entailment)
    let task = try settings(.entailment)
    let found = try able.entailments(of: visualTexts(command.entails, task), task)
    clock.end("judge")
    guard case .classes(let rule) = task.output else { return [] }
    return zip(command.entails, found).map { statement, found in
      AskAnswer(
        subject: statement, text: "\(found.label) (\(rule.convention)'s convention)",
        remarks: found.remarks,
        record: record(
          statement, task, found.remarks,
          [
            ("label", .string(found.label)), ("convention", .string(rule.convention)),
            (
              "logits",
              .object(
                JSONObject(zip(rule.labels, found.logits).map { ($0, .double(Double($1))) }))
            ),
          ]))
    }
  }

  private func generated(
    _ subject: String, _ found: GeneratedText, _ task: TaskProtocol
  ) -> AskAnswer {
    let shown = found.candidates.prefix(command.nBest)
    return AskAnswer(
      subject: subject, text: found.text,
      others: shown.count > 1
        ? shown.map { "\(String(format: "%8.4f", $0.score))  \($0.text)" } : [],
      remarks: found.remarks,
      record: record(
        subject, task, found.remarks,
        [
          ("answer", .string(found.text)),
          (
            "candidates",
            .array(
              shown.map {
                ["text": .string($0.text), "score": .double(Double($0.score))]
              })
          ),
        ]))
  }

  private func record(
    _ subject: String, _ task: TaskProtocol, _ remarks: [SampleRemark],
    _ members: [(String, JSONValue)]
  ) -> JSONValue {
    .object(
      JSONObject(
        [
          ("task", .string(task.task.rawValue)), ("text", .string(subject)),
          ("protocol", .string(task.signature)),
          ("remarks", .strings(remarks.map { "\($0)" })),
        ] + members))
  }

  /// The model's protocol with what the command line changes.
  private func settings(_ task: ModelTask) throws -> TaskProtocol {
    var settings = try model.taskProtocol(for: task)
    if task == .videoQA { settings = settings.generating }
    if let resolution = command.resolution { settings.resolution = resolution }
    if let beams = command.beams, case .text(var rule) = settings.output {
      rule.beams = beams
      settings.output = .text(rule)
    }
    return settings
  }

  /// The features that a task needs; those that two tasks share are made once.
  private mutating func features(_ task: TaskProtocol) throws -> VisualFeatures {
    let key = task.featureSignature
    if let known = seen[key] { return known }
    guard let features = try media.features(model, task).first else {
      throw ModelError.cannot(
        model: model.name, task: task.task.rawValue, reason: "nothing was seen of \(media.path)",
        remedy: "ask about a picture")
    }
    clock.end("see")
    seen[key] = features
    return features
  }

  private mutating func visualTexts(
    _ texts: [String], _ task: TaskProtocol
  ) throws -> [VisualText] {
    let features = try features(task)
    return texts.map { VisualText(TextInput(sample: $0, $0), about: features) }
  }

  private func conforming<Able>(_ task: ModelTask) throws -> Able {
    guard let able = model as? Able else {
      throw ModelError.cannot(
        model: model.name, task: task.rawValue, reason: "it has no such task",
        remedy: "`mplug-eval list models` shows what each model can do")
    }
    return able
  }
}
