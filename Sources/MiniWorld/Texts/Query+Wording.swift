extension Query {
  /// The question as a person might put it.
  func question(_ numbers: inout SeededNumbers) -> String {
    switch self {
    case .exists(let what):
      return numbers.pick([
        "Is there \(what.one(&numbers))?", "Is there \(what.one(&numbers)) in the picture?",
        "Are there any \(what.phrase(2, &numbers))?", "Do you see \(what.one(&numbers))?",
      ])
    case .count(let what):
      return numbers.pick([
        "How many \(what.phrase(2, &numbers)) are there?",
        "How many \(what.phrase(2, &numbers)) are in the picture?",
        "How many \(what.phrase(2, &numbers)) do you see?",
      ])
    case .color(let what):
      return numbers.pick([
        "What color is \(what.the(&numbers))?", "What is the color of \(what.the(&numbers))?",
      ])
    case .isColor(let what, let color):
      return "Is \(what.the(&numbers)) \(numbers.pick(Words.names(color)))?"
    case .shape(let what):
      let questions = [
        "What shape is \(what.the(&numbers))?", "What is \(what.the(&numbers))?",
      ]
      let things = [what.the(&numbers), what.the(&numbers) + " in the picture"]
      return numbers.pick(questions + ["Which shape is \(numbers.pick(things))?"])
    case .material(let what):
      return numbers.pick([
        "What pattern is on \(what.the(&numbers))?",
        "What is the pattern of \(what.the(&numbers))?",
      ])
    case .isMaterial(let what, let material):
      return "Is \(what.the(&numbers)) \(numbers.pick(Words.names(material)))?"
    case .background:
      return numbers.pick([
        "What is in the background?", "What is behind the shapes?", "What are the shapes on?",
      ])
    case .isBackground(let background):
      let name = Words.names(background)[0]
      switch background {
      case .grass, .sand, .wood, .snow, .water: return "Is the background made of \(name)?"
      case .brickWall, .nightSky: return "Is this a \(name)?"
      }
    case .relation(let one, let relation, let other):
      return "Is \(one.the(&numbers)) \(relation.words(&numbers)) \(other.the(&numbers))?"
    case .neighbor(let relation, let what):
      return numbers.pick([
        "What is \(relation.words(&numbers)) \(what.the(&numbers))?",
        "What shape is \(relation.words(&numbers)) \(what.the(&numbers))?",
      ])
    case .place(let what):
      return numbers.pick([
        "Where is \(what.the(&numbers))?", "Where in the picture is \(what.the(&numbers))?",
      ])
    case .larger(let one, let other):
      return numbers.pick([
        "Is \(one.the(&numbers)) bigger than \(other.the(&numbers))?",
        "Is \(one.the(&numbers)) larger than \(other.the(&numbers))?",
      ])
    }
  }
}

/// VQA's kinds of questions: by how they begin.
enum QuestionType {
  /// Beginnings of VQA's list that questions of ours may have; the longest counts.
  private static let beginnings = [
    "are", "are the", "are there", "are there any", "do", "do you", "how", "how many", "is",
    "is the", "is there", "is there a", "is this", "is this a", "what", "what are", "what are the",
    "what color", "what color is the", "what is", "what is in the", "what is on the",
    "what is the", "what is the color of the", "where is the", "which",
  ]

  /// The beginning of a question that is on the list.
  static func of(_ question: String) -> String {
    let question = question.lowercased()
    let fitting = beginnings.filter { question.hasPrefix($0 + " ") }
    return fitting.max { $0.utf8.count < $1.utf8.count } ?? "none of the above"
  }
}
