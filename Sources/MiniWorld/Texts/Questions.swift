/// A question about a picture with ten people's answers.
public struct VisualQuestion: Sendable, Hashable {
  /// What is asked.
  public let query: Query
  /// The question as written.
  public let text: String
  /// The right answer in its usual words.
  public let answer: String
  /// Of ten people.
  public let answers: [HumanAnswer]

  /// `yes/no`, `number` or `other`.
  public var answerType: String { query.answerType }
  /// How the question begins, by VQA's list.
  public var questionType: String { QuestionType.of(text) }
}

/// Questions about a picture, all of different kinds as far as the picture has so many.
public struct Questions {
  private let scene: Scene
  private var numbers: SeededNumbers

  /// - Parameter seed: What choice and wording follow from.
  public init(about scene: Scene, seed: UInt64) {
    self.scene = scene
    numbers = SeededNumbers(seed: seed, name: "questions \(scene.id)")
  }

  /// As many questions.
  public mutating func callAsFunction(_ count: Int) -> [VisualQuestion] {
    var questions: [VisualQuestion] = []
    var kinds = numbers.shuffled(Kind.allCases)
    // Most people count, or ask for a colour.
    kinds.insert(numbers.pick([.color, .color, .shape, .relation]), at: 0)
    kinds.insert(numbers.pick([.count, .count, .exists]), at: 0)
    var round = 0
    while questions.count < count, round < 20 {
      for kind in kinds where questions.count < count {
        guard let query = query(kind), !questions.contains(where: { $0.query == query }),
          let answer = query.answer(in: scene)
        else { continue }
        let text = query.question(&numbers)
        guard !questions.contains(where: { $0.text == text }) else { continue }
        var humans = HumanAnswers(query: query, answer: answer, numbers: numbers)
        let answers = humans()
        numbers = humans.numbers
        questions.append(
          VisualQuestion(query: query, text: text, answer: answer, answers: answers))
      }
      round += 1
    }
    return questions
  }

  private enum Kind: CaseIterable {
    case exists, count, color, isColor, shape, material, isMaterial, background, isBackground
    case relation, neighbor, place, larger
  }

  /// A question of a kind; nil where the picture has nothing to ask so.
  private mutating func query(_ kind: Kind) -> Query? {
    switch kind {
    case .exists:
      let there = numbers.pick(scene.objects).usual
      return .exists(numbers.happens(1, of: 2) ? there : absent(like: there))
    case .count:
      let object = numbers.pick(scene.objects)
      return .count(
        numbers.pick([
          ObjectDescription(), ObjectDescription(shape: object.shape),
          ObjectDescription(color: object.color), object.usual, absent(like: object.usual),
        ]))
    case .color: return named { $0.color == nil }.map { .color($0.name) }
    case .isColor:
      return named { $0.color == nil }.map { name, object in
        .isColor(name, numbers.happens(1, of: 2) ? object.color : numbers.pick(NamedColor.allCases))
      }
    case .shape:
      let colors = scene.objects.map { ObjectDescription(color: $0.color) }
        .filter { scene.single($0) != nil }
      return colors.isEmpty ? nil : .shape(numbers.pick(colors))
    case .material: return named { $0.material == nil }.map { .material($0.name) }
    case .isMaterial:
      return named { $0.material == nil }.map { name, object in
        .isMaterial(
          name,
          object.material != .plain && numbers.happens(2, of: 3)
            ? object.material : numbers.pick([.striped, .dotted]))
      }
    case .background: return .background
    case .isBackground:
      return .isBackground(
        numbers.happens(1, of: 2) ? scene.background : numbers.pick(Background.allCases))
    case .relation:
      guard let (one, other) = pair() else { return nil }
      return .relation(one, numbers.pick(Relation.allCases), other)
    case .neighbor:
      return named { _ in true }.map { .neighbor(numbers.pick(Relation.allCases), $0.name) }
    case .place: return named { _ in true }.map { .place($0.name) }
    case .larger:
      guard let (one, other) = pair(where: { $0.size == nil }) else { return nil }
      return .larger(one, other)
    }
  }

  /// An object and a description that is true of it alone.
  private mutating func named(
    _ fits: (ObjectDescription) -> Bool
  ) -> (name: ObjectDescription, object: SceneObject)? {
    for object in numbers.shuffled(scene.objects) {
      if let name = scene.names(of: object).first(where: fits) { return (name, object) }
    }
    return nil
  }

  /// Two objects that can be named.
  private mutating func pair(
    where fits: (ObjectDescription) -> Bool = { _ in true }
  ) -> (ObjectDescription, ObjectDescription)? {
    let all = scene.objects.compactMap { scene.names(of: $0).first(where: fits) }
    let names = numbers.shuffled(all)
    return names.count < 2 ? nil : (names[0], names[1])
  }

  /// A kind of object that the picture has not, though near to one that it has.
  private mutating func absent(like there: ObjectDescription) -> ObjectDescription {
    for _ in 0..<20 {
      let other =
        numbers.happens(1, of: 2)
        ? ObjectDescription(shape: there.shape, color: numbers.pick(NamedColor.allCases))
        : ObjectDescription(shape: numbers.pick(Shape.allCases), color: there.color)
      if scene.objects(matching: other).isEmpty { return other }
    }
    return there
  }
}
