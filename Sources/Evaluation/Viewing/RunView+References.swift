import Datasets
import Metrics
import Records

extension RunView {
  /// For each line the place of its sample in the references: the lines have their order, and some
  /// references may have no line.
  ///
  /// - Throws: `EvaluationError.badRun` where a line's sample is not among them.
  static func places(of lines: ScoredLines, in references: ReferenceSet) throws -> [Int] {
    if case .retrieval(let retrieval) = references.content {
      return try queryPlaces(of: lines, in: retrieval)
    }
    let ids = references.ids
    var next = 0
    return try lines.ids.map { id in
      let start = next
      while next < ids.count, ids[next] != id { next += 1 }
      guard next < ids.count else {
        throw EvaluationError.badRun(
          path: lines.path,
          reason: ids[..<start].contains(id)
            ? "has the sample \(id) out of the order of the references"
            : "has the sample \(id), which the references do not have",
          remedy: StoredRun.remedy)
      }
      next += 1
      return next - 1
    }
  }

  /// What people said of the sample at a place.
  func references(at place: Int) -> [String] {
    guard let data, let place = referencePlaces?[place] else { return [] }
    switch data.references.content {
    case .answers(let answers):
      if let human = answers.humanAnswers { return human.answers(of: place) }
      return answers.softLabels?.answers(to: place).map(\.answer) ?? []
    case .exactAnswers(let answers): return [answers.answers[place]]
    case .captions(let captions): return captions.captions[place]
    case .labels(let labels): return [labels.labels[place]]
    case .boxes(let boxes): return [Self.text(of: boxes.boxes[place])]
    case .retrieval, .hidden: return []
    }
  }

  /// The question of references that have the questions.
  func question(at place: Int) -> String? {
    guard let data, let place = referencePlaces?[place],
      case .exactAnswers(let answers) = data.references.content
    else { return nil }
    return answers.questions[place]
  }

  /// The annotated box of the sample at a place.
  func box(at place: Int) -> PixelBox? {
    guard let data, let place = referencePlaces?[place],
      case .boxes(let boxes) = data.references.content
    else { return nil }
    return boxes.boxes[place]
  }

  /// The box that a prediction is.
  static func box(_ prediction: SamplePrediction) -> PixelBox? {
    guard case .numbers(let numbers) = prediction, numbers.count == 4 else { return nil }
    return PixelBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }

  /// A prediction as text.
  static func text(of prediction: SamplePrediction) -> String {
    switch prediction {
    case .text(let text): text
    case .numbers(let numbers): "[\(numbers.map { "\($0)" }.joined(separator: ", "))]"
    case .ranking(let ids): ids.first?.description ?? ""
    }
  }

  private static func text(of box: PixelBox) -> String {
    text(of: .numbers([box.x, box.y, box.width, box.height]))
  }
}
