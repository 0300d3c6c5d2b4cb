import Datasets
import Models
import Records

/// A sample with what was seen of its media, ready to be asked.
struct ReadySample {
  let sample: InputSample
  /// Two for a pair of images, else one.
  let seen: [SeenFeatures]
}

/// What a model has seen of one image or clip.
struct SeenFeatures {
  let features: VisualFeatures
  /// SHA-256 of the file.
  let sha256: String
  /// Of an image, in pixels, where a box is asked for.
  let size: (width: Int, height: Int)?
  /// What strict use would refuse.
  let remarks: [String]
}

/// Asks a model a batch of samples of one task, and writes the answers as prediction lines.
struct SampleQuestions: Sendable {
  let model: any Model
  let task: TaskProtocol
  let members: PredictionMembers
  /// Of a closed list, ready for ranking.
  private let candidates: Models.AnswerCandidates?

  /// - Parameter answers: The closed list of answers, in the order that decides ties.
  /// - Throws: `ModelError` for a list or a task that the model cannot do.
  init(_ job: RunJob, members: PredictionMembers) throws {
    (model, task, self.members) = (job.model, job.task, members)
    guard case .ranking = task.output, let answers = job.samples.answers else {
      candidates = nil
      return
    }
    let able: any QuestionAnswering = try Self.conforming(model, task)
    candidates = try able.candidates(answers.answers)
  }

  /// How long a sample is for the model: samples of a batch that are alike waste nothing.
  func length(of sample: InputSample) -> Int {
    (sample.text?.utf8.count ?? 0) + sample.ocr.reduce(0) { $0 + $1.utf8.count }
      + (sample.objects?.utf8.count ?? 0)
  }

  /// The lines of samples, in their order.
  ///
  /// - Throws: `ModelError`, and `GroundingPhraseError` for a phrase of no word.
  func lines(of samples: [ReadySample]) throws -> [PredictionLine] {
    switch task.task {
    case .vqa, .videoQA: try answers(to: samples)
    case .caption, .videoCaption: try captions(of: samples)
    case .grounding: try boxes(of: samples)
    case .entailment, .reasoning: try judgements(of: samples)
    case .retrieval, .videoRetrieval:
      throw ModelError.cannot(
        model: model.name, task: task.task.rawValue, reason: "its samples are not asked one by one",
        remedy: "this is a mistake of the runner: report it")
    }
  }

  private func answers(to samples: [ReadySample]) throws -> [PredictionLine] {
    let able: any QuestionAnswering = try Self.conforming(model, task)
    let texts = samples.map(visualText)
    guard let candidates else {
      return zip(samples, try able.answers(to: texts, task)).map(generated)
    }
    return zip(samples, try able.rankedAnswers(to: texts, among: candidates, task)).map {
      sample, ranked in
      line(
        sample, .string(ranked.text), remarks: ranked.remarks,
        [
          (
            "candidates",
            .array(
              ranked.candidates.prefix(5).map {
                ["score": .float($0.probability), "text": .string($0.text)]
              })
          )
        ])
    }
  }

  private func captions(of samples: [ReadySample]) throws -> [PredictionLine] {
    let able: any Captioning = try Self.conforming(model, task)
    let inputs = samples.map {
      VisualSample(sample: "\($0.sample.id)", $0.seen[0].features)
    }
    return zip(samples, try able.captions(of: inputs, task)).map(generated)
  }

  private func generated(_ sample: ReadySample, _ found: GeneratedText) -> PredictionLine {
    line(
      sample, .string(found.text), remarks: found.remarks,
      [
        (
          "candidates",
          .array(
            found.candidates.map { ["score": .float($0.score), "text": .string($0.text)] })
        )
      ])
  }

  private func boxes(of samples: [ReadySample]) throws -> [PredictionLine] {
    let able: any Grounding = try Self.conforming(model, task)
    return zip(samples, try able.boxes(of: samples.map(visualText), task)).map { sample, found in
      let size = sample.seen[0].size ?? (1, 1)
      let box = found.pixels(width: size.width, height: size.height, task)
      let numbers: [Double] = box.map { [$0.x, $0.y, $0.width, $0.height] } ?? [0, 0, 0, 0]
      return line(
        sample, .array(numbers.map { .double($0) }), remarks: found.remarks,
        [("tokens", .array(found.tokens.map { .int(Int($0)) }))])
    }
  }

  private func judgements(of samples: [ReadySample]) throws -> [PredictionLine] {
    let able: any Judging = try Self.conforming(model, task)
    let found =
      task.task == .entailment
      ? try able.entailments(of: samples.map(visualText), task)
      : try able.judgements(
        of: samples.map {
          PairText(textInput($0), about: $0.seen[0].features, $0.seen[1].features)
        }, task)
    return zip(samples, found).map { sample, found in
      line(
        sample, .string(found.label), remarks: found.remarks,
        [("logits", .array(found.logits.map { .float($0) }))])
    }
  }

  private func visualText(_ ready: ReadySample) -> VisualText {
    VisualText(textInput(ready), about: ready.seen[0].features)
  }

  private func textInput(_ ready: ReadySample) -> TextInput {
    TextInput(
      sample: "\(ready.sample.id)", ready.sample.text ?? "", ocr: ready.sample.ocr,
      objects: ready.sample.objects)
  }

  private func line(
    _ ready: ReadySample, _ prediction: JSONValue, remarks: [SampleRemark],
    _ others: [(String, JSONValue)]
  ) -> PredictionLine {
    PredictionLine(
      members, id: ready.sample.id, prediction: prediction, others: others,
      remarks: ready.seen.flatMap(\.remarks) + remarks.map { "\($0)" },
      media: ready.seen.map(\.sha256))
  }

  private static func conforming<Able>(_ model: any Model, _ task: TaskProtocol) throws -> Able {
    guard let able = model as? Able else {
      throw ModelError.cannot(
        model: model.name, task: task.task.rawValue, reason: "it has no such task",
        remedy: "`mplug-eval list models` shows what each model can do")
    }
    return able
  }
}
